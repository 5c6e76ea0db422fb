"""Who writes for a side: the contact, whether the address is theirs, and the links."""

from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils import timezone

from registrations.models.history import HistoryEntry
from registrations.models.letter import Letter
from registrations.models.link import PersonalLink
from registrations.models.locking import is_side, renew

# Nobody gets links more often than this, whoever asks for them.
PAUSE_BETWEEN_LINKS = timedelta(minutes=5)


def recent_links(at=None):
    """The letters for which a next one with a link has to wait."""
    since = (at or timezone.now()) - PAUSE_BETWEEN_LINKS
    return Letter.objects.filter(kind__in=Letter.Kind.of_links(), written_at__gt=since)


class ContactVerbs(models.Model):
    """What can be done with the contact of one side."""

    confirmed_at: datetime | None
    invited_at: datetime | None

    class Meta:
        abstract = True

    def confirm_by(self, token: str) -> bool:
        """The contact has followed a link from a letter and pressed the button.

        Who changes the address at this moment was first, and the link is dead, or
        comes after it, and the new address is not confirmed.
        """
        with self._changing():
            links = PersonalLink.objects.opened_by(token).filter(side=self)
            return links.confirming().exists() and self.confirm()

    def confirm(self) -> bool:
        """The address is the contact's own, as far as we know."""
        with self._changing():
            if self.confirmed_at is not None:
                return False
            self.confirmed_at = timezone.now()
            self.save(update_fields=["confirmed_at"])
            self._now_known()
            self.delegation.history.record(
                self.delegation, HistoryEntry.Verb.CONFIRM, by=self
            )
            self.delegation.invite_partner(by=self)
            self.delegation.inform_people()
        return True

    def change_contact(self, *, by, **contact) -> str | None:
        """Take over what the contact wrote; a new address begins anew.

        A new address is not confirmed, the old links die, and a letter with a new
        one goes to it. Returns the token of a link for the page of this side that
        is open now, or None where the old ones still hold.
        """
        with self._changing():
            old = type(self).objects.select_for_update().get(pk=self.pk)
            self.delegation.touch()
            if all(getattr(old, name) == value for name, value in contact.items()):
                return None
            for name, value in contact.items():
                setattr(self, name, value)
            moved = old.contact_email.casefold() != self.contact_email.casefold()
            if moved:
                self.contact_by = HistoryEntry.ActorKind.of(by)
                self.confirmed_at = None if is_side(by) else timezone.now()
                self.invited_at = None
            begun_anew = ["contact_by", "confirmed_at", "invited_at"]
            self.save(update_fields=[*contact, *begun_anew])
            self._now_known()
            self.delegation.history.record(
                self.delegation,
                HistoryEntry.Verb.CHANGE_CONTACT,
                by=by,
                changes=self._for_the_other(by),
            )
            return self._begin_anew(by) if moved else None

    def _begin_anew(self, by) -> str | None:
        """The links of the old address die; who acts for itself keeps its page."""
        self.links.all().revoke()
        if self.is_german:
            Letter.objects.write(self, self._kind_of_link_letter())
        self.delegation.invite_partner(by=by)
        self.delegation.inform_people()
        is_partner_of_by = not self.is_german and not self._is_own_act(by)
        return None if is_partner_of_by else self.mint_link()

    def _now_known(self) -> None:
        """The delegation knows this side as it is now, in its own object too."""
        renew(self.delegation.side(self.which), self)

    @transaction.atomic
    def send_link(self, *, by=None) -> None:
        """Write a letter with a fresh link; the older ones still open the door."""
        Letter.objects.write(self, self._kind_of_link_letter())
        self.delegation.history.record(
            self.delegation,
            HistoryEntry.Verb.SEND_LINK,
            by=by,
            changes=self._for_the_other(by),
        )

    @transaction.atomic
    def send_link_again(self, *, by, at=None) -> bool:
        """As often as the contact could ask for it. False: it went out just now."""
        side = type(self).objects.select_for_update().written_to().filter(pk=self.pk)
        if not side.exists() or recent_links(at).filter(side=self).exists():
            return False
        self.send_link(by=by)
        return True

    def _kind_of_link_letter(self) -> Letter.Kind:
        if not self.is_german:
            return Letter.Kind.PARTNER_NEW_LINK
        is_draft = self.delegation.is_draft
        return Letter.Kind.CONTINUE_LINK if is_draft else Letter.Kind.NEW_LINK
