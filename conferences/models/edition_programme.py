from django.utils.translation import gettext_lazy as _

from conferences.models.edition import Edition


class EditionProgramme(Edition):
    """An edition as those see it who release its programme."""

    class Meta:
        proxy = True
        verbose_name = _("release of the programme")
        verbose_name_plural = _("releases of the programmes")
