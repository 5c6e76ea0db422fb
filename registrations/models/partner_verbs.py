"""What the partner side decides itself: whether it comes, and who writes for it."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from registrations.models import offering
from registrations.models.history import HistoryEntry
from registrations.models.letter import Letter
from registrations.models.locking import Refused

Verb = HistoryEntry.Verb


class PartnerVerbs(models.Model):
    """The partner's answer, which agrees with its number; and handing over."""

    confirmed_at: datetime | None

    class Meta:
        abstract = True

    def come(self, *, by) -> bool:
        """The partner says that it comes. False: it has said so before."""
        with self._changing():
            self._check_asked()
            if self.planned == 0:
                raise Refused(_("Please say first how many people will come."))
            if self.answer == self.Answer.COMING:
                return False
            self.delegation.history.record(self.delegation, Verb.COME, by=by)
            self._answer(self.Answer.COMING, Letter.Kind.PARTNER_COMING)
        return True

    def decline_to_come(self, *, by, reason="") -> bool:
        """Nobody comes from the partner: its people and places go, the state stays.

        Coming back is a raise of the number. False: it has said so before. Raises
        Refused while an offer runs.
        """
        with self._changing():
            self._check_asked()
            if self.answer == self.Answer.NOT_COMING:
                return False
            if self.delegation.state == self.delegation.State.OFFERED:
                raise Refused(
                    _("Your partner is answering an offer of places now: please wait.")
                )
            held = self.held
            self.participants.all().delete()
            self.planned = self.held = 0
            self.save(update_fields=["planned", "held"])
            self.delegation.changed(
                by, Verb.DECLINE_TO_COME, {"partner_planned": 0}, reason=reason
            )
            self._answer(
                self.Answer.NOT_COMING, Letter.Kind.PARTNER_DECLINED, reason=reason
            )
            if held:
                offering.offer_freed_places(self.delegation.edition)
        return True

    def answer_by_number(self, before: int, *, by) -> None:
        """Under the lock, after `planned` changed: none come any more, or some again.

        Where the German side or staff write the number, the partner is asked anew.
        """
        if self.is_german or not self.delegation.is_live:
            return
        if (before == 0) == (self.planned == 0):
            return
        if not self._is_own_act(by):
            self._answer("")
        elif self.planned:
            self._answer(self.Answer.COMING, Letter.Kind.PARTNER_COMING)
        else:
            self._answer(self.Answer.NOT_COMING, Letter.Kind.PARTNER_DECLINED)

    def hand_over(self, *, by, **contact) -> None:
        """A colleague writes for this side from now on, with a link of its own.

        All older links die, also where both read the same letter box.
        """
        with self._changing():
            token = self.change_contact(by=by, contact_phone="", **contact)
            if token is None:
                self.confirmed_at = None
                self.save(update_fields=["confirmed_at"])
                self.send_link(by=by)
            self.links.all().revoke()
            self.delegation.history.record(self.delegation, Verb.HAND_OVER, by=by)

    def _check_asked(self) -> None:
        if self.is_german or not self.delegation.is_live:
            raise Refused(_("This delegation is no longer coming."))

    def _answer(self, answer, letter=None, **context) -> None:
        self.answer = answer
        self.save(update_fields=["answer"])
        if letter:
            Letter.objects.write(self.delegation.german_side, letter, **context)
