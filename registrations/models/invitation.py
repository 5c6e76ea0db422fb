"""What the partner's contact and each person hear of a delegation, and when."""

from django.db import models
from django.utils import timezone

from registrations.models.history import HistoryEntry
from registrations.models.letter import Letter
from registrations.models.locking import is_side


class Invitation(models.Model):
    """The letters to those who did not register the delegation, but are in it."""

    class Meta:
        abstract = True

    def invite_partner(self, *, by=None) -> bool:
        """Under the lock: the first letter to the partner's contact, written once.

        It waits until the delegation is live, the partner has an address and the
        German contact's is confirmed, so that nobody can send letters in the name
        of others. Every verb that may make the last of these true calls it.
        """
        partner = self.partner_side
        if not (self.is_live and self.has_partner and partner.contact_email):
            return False
        if partner.invited_at is not None or not self._is_vouched_for(by):
            return False
        partner.invited_at = timezone.now()
        partner.save(update_fields=["invited_at"])
        self.history.record(self, HistoryEntry.Verb.INVITE)
        Letter.objects.write(partner, Letter.Kind.PARTNER_LINK)
        return True

    def tell_partner(self, kind, *, reason="") -> None:
        """Under the lock: what became of the delegation, to a partner that comes.

        Who has not been written to is not told either, or gets its first letter now.
        """
        partner = self.partner_side
        if self.invite_partner():
            return
        if partner.invited_at is not None and partner.planned:
            Letter.objects.write(partner, kind, reason=reason)

    def inform_people(self) -> None:
        """Under the lock: a letter to each person with an address, written once.

        Only where the conference has pages for persons, and, as for the partner, not
        before the German contact's address is confirmed.
        """
        if not (self.edition.has_person_pages and self.is_live):
            return
        if self.german_side.confirmed_at is None:
            return
        for side in (self.german_side, self.partner_side):
            for person in side.participants.uninformed():
                person.side = side
                person.inform()

    def _is_vouched_for(self, by) -> bool:
        """A partner that hands over was written to before, whoever is German now."""
        is_partner = is_side(by) and not by.is_german
        return is_partner or self.german_side.confirmed_at is not None
