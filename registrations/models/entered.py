from django.utils.translation import gettext_lazy as _

from partnerships.models import Municipality


class EnteredMunicipality(Municipality):
    """A municipality that a visitor typed, for staff to check or merge."""

    class Meta:
        proxy = True
        verbose_name = _("entered municipality")
        verbose_name_plural = _("entered municipalities")
