from django.utils.translation import gettext_lazy as _

from conferences.models import Edition


class EditionQuestions(Edition):
    """An edition as those see it who decide what it asks."""

    class Meta:
        proxy = True
        verbose_name = _("questions of a conference")
        verbose_name_plural = _("questions of the conferences")
