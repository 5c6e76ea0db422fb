from django.db import transaction
from django.utils.translation import gettext_lazy, ngettext

from conferences.models import Edition
from partnerships.models import raise_content_version
from registrations import places
from registrations.models import offering
from registrations.models.locking import Refused


class EditionPlaces(Edition):
    """An edition as those see it who watch over its places."""

    class Meta:
        proxy = True
        verbose_name = gettext_lazy("places of a conference")
        verbose_name_plural = gettext_lazy("places of the conferences")

    @transaction.atomic
    def change_capacity(self, **capacities) -> None:
        """Set capacities by unit (`people=80`); None is unlimited.

        What comes free is offered to those that wait.

        Raises Refused, and changes nothing, below what is held.
        """
        edition = Edition.objects.select_for_update().get(pk=self.pk)
        taken = places.held(edition)
        for unit, limit in capacities.items():
            if limit is not None and limit < getattr(taken, unit):
                raise Refused(_too_few(getattr(taken, unit)))
            setattr(edition, f"capacity_{unit}", limit)
        edition.save(update_fields=[f"capacity_{unit}" for unit in capacities])
        offering.offer_freed_places(edition)
        self.refresh_from_db()
        raise_content_version()


def _too_few(held: int) -> str:
    return ngettext(
        "%(held)d place is held already: it cannot be fewer.",
        "%(held)d places are held already: it cannot be fewer.",
        held,
    ) % {"held": held}
