"""Which sessions a side or one of its people wishes for."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from conferences import slots
from registrations.models.history import HistoryEntry
from registrations.models.locking import Refused, locked, renew
from registrations.models.seat import Allotment, Wish


class ChoiceVerbs(models.Model):
    """What a person would like, said by itself or by its side."""

    # Of the Side that this is a part of.
    delegation: Any
    which: Any
    participants: Any

    class Meta:
        abstract = True

    def choose(self, person, wishes: dict[int, int], *, by, at=None) -> None:
        """The wishes of one person, by session 1 or 2, instead of those before.

        Raises Refused where the time for choosing is over, and where the sessions are
        no longer those that were chosen from.
        """
        with locked(self.delegation) as edition:
            renew(self, self.delegation.side(self.which))
            if not self.participants.filter(pk=person.pk).exists():
                raise Refused(_("This person is no longer part of your delegation."))
            if why := self.delegation.why_not_choose(edition, at):
                raise Refused(why)
            if not _fit(slots.of_edition(edition), wishes):
                raise Refused(
                    _("The programme was changed meanwhile. Please choose once more.")
                )
            Wish.objects.filter(participant=person).delete()
            Wish.objects.bulk_create(
                Wish(participant=person, session_id=session, rank=rank)
                for session, rank in wishes.items()
            )
            self.delegation.history.record(
                self.delegation, HistoryEntry.Verb.CHOOSE, by=by
            )


class Choosing(models.Model):
    """Whether the people of a delegation may say what they wish for."""

    state: str

    class Meta:
        abstract = True

    def why_not_choose(self, edition, at=None) -> str:
        """What stands against choosing now; empty where nothing does."""
        if self.state != "approved":
            return _("This is asked only once your delegation is approved.")
        if not edition.has_choice_begun(at):
            return _("Workshops cannot be chosen yet.")
        if not edition.choice_is_open(at):
            return _("The time for choosing workshops is over.")
        if Allotment.objects.made().filter(edition=edition).exists():
            return _("The places are given already. Please ask the organiser.")
        return ""


def _fit(found, wishes: dict[int, int]) -> bool:
    """Whether each is on offer, and at most one of each rank in each slot."""
    slot_of = {item.pk: slot.key for slot in found for item in slot.items}
    if not wishes.keys() <= slot_of.keys() or not set(wishes.values()) <= {1, 2}:
        return False
    ranks = [(slot_of[session], rank) for session, rank in wishes.items()]
    return len(ranks) == len(set(ranks))
