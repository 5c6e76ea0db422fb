from django.utils.translation import gettext_lazy as _

from conferences.models import Edition
from registrations.models.verbs import CapacityVerbs


class EditionPlaces(CapacityVerbs, Edition):
    """An edition as those see it who watch over its places."""

    class Meta:
        proxy = True
        verbose_name = _("places of a conference")
        verbose_name_plural = _("places of the conferences")
