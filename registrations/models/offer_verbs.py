"""What becomes of offers: taken, taken with fewer, declined, expired, withdrawn."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations import places
from registrations.models import offering
from registrations.models.history import HistoryEntry
from registrations.models.letter import Letter
from registrations.models.locking import Refused, is_side, locked
from registrations.models.offer import Offer
from registrations.places import Places

Verb = HistoryEntry.Verb
Outcome = Offer.Outcome


class OfferVerbs(models.Model):
    """The part of a delegation's life between the waiting list and its places."""

    class Meta:
        abstract = True

    @property
    def is_offered(self) -> bool:
        return self.state == self.State.OFFERED

    @property
    def running_offer(self) -> Offer | None:
        return self.offers.running().first()

    def take_offer(self, german: int, partner: int, *, by, at=None) -> None:
        """Take all places of the offer or fewer: so many people are then planned.

        Taking twice is taking once. Raises Refused, with the side's word as `which`,
        where that cannot be, and where the time to answer is over.
        """
        with locked(self) as edition:
            if self._has_taken():
                return
            refusal, offer = self._answered(by, at)
            if offer:
                part = Places(german, partner, 1)
                self._check_part(part)
                outcome = Outcome.TAKEN
                if part.people < self._held().people:
                    outcome = Outcome.TAKEN_FEWER
                self._take(part, by=by)
                offer.end(outcome)
                self._written(
                    Verb.TAKE_OFFER,
                    by=by,
                    letter=Letter.Kind.OFFER_TAKEN,
                    changes=self._numbers(),
                )
                offering.offer_freed_places(edition)
        if refusal:
            raise refusal

    def decline_offer(self, *, by, at=None) -> None:
        """Go on waiting under the same number; the next are asked."""
        with locked(self) as edition:
            refusal, offer = self._answered(by, at)
            if offer:
                self._wait_again(
                    offer, Outcome.DECLINED, Letter.Kind.OFFER_DECLINED, by=by
                )
                offering.offer_freed_places(edition)
        if refusal:
            raise refusal

    def expire_offer(self, *, at=None) -> bool:
        """Nobody has answered in time. False: it has ended before, or still runs.

        Whoever ends all that is overdue calls `ask_the_next` then.
        """
        with locked(self):
            offer = self.running_offer
            if offer is None or not offer.is_overdue(at):
                return False
            self._expire(offer)
        return True

    def ask_the_next(self) -> None:
        """Offer what is free to those whose turn it is."""
        with locked(self) as edition:
            offering.offer_freed_places(edition)

    def withdraw_offer(self, *, by, reason) -> None:
        """Staff take an offer back, with a reason that the letter names."""
        with locked(self) as edition:
            offer = self.running_offer
            if offer is None:
                raise Refused(_("No offer runs for this delegation."))
            self._wait_again(
                offer,
                Outcome.WITHDRAWN,
                Letter.Kind.OFFER_WITHDRAWN,
                by=by,
                reason=reason,
            )
            offering.offer_freed_places(edition)

    def offer_places(self, *, by, reason="") -> None:
        """Staff offer what is free by hand, to one that it is not the turn of.

        Raises Refused where nothing is free, or others wait longer and no reason is
        given.
        """
        with locked(self) as edition:
            self._check_waiting()
            if edition.has_begun():
                raise Refused(_("The conference has begun."))
            part = places.share(places.free(edition), self.planned_places())
            if part.german == 0:
                raise Refused(_("There are no free places that could be offered."))
            self._check_turn(edition, reason)
            offering.make(self, part, by=by, reason=reason)
            offering.keep_marks_low(edition)

    def pass_over(self, *, by, reason) -> bool:
        """Staff let others be asked first, until they take that back.

        False: it is passed over already.
        """
        with locked(self) as edition:
            self._check_waiting()
            if self.passed_over_at is not None:
                return False
            self._mark_passed_over(timezone.now(), Verb.PASS_OVER, by, reason)
            offering.offer_freed_places(edition)
        return True

    def ask_again(self, *, by, reason="") -> bool:
        """Its turn comes again by itself. False: staff had not passed it over."""
        with locked(self):
            self._check_waiting()
            if self.passed_over_at is None:
                return False
            self._mark_passed_over(None, Verb.ASK_AGAIN, by, reason)
        return True

    def hold(self, part: Places) -> None:
        """Under the lock: both sides hold these places, and no others."""
        for side in (self.german_side, self.partner_side):
            side.held = getattr(part, side.which)
            side.save(update_fields=["held"])

    def _held(self) -> Places:
        return Places(self.german_side.held, self.partner_side.held, 1)

    def _has_taken(self) -> bool:
        """Whether the last thing that happened was that its offer was taken."""
        taken = (Outcome.TAKEN, Outcome.TAKEN_FEWER)
        last = self.offers.first()
        is_taken = last is not None and last.outcome in taken
        return is_taken and self.state == self.State.SUBMITTED

    def _answered(self, by, at) -> tuple[Refused | None, Offer | None]:
        """The offer that a side answers now; or why it cannot, which is then written.

        The refusal is for after the transaction: an overdue offer ends here.
        """
        if is_side(by) and not by.is_german:
            return Refused(_("Only the German side can answer the offer.")), None
        offer = self.running_offer
        if offer is None:
            return Refused(_("This offer has ended.")), None
        if not offer.is_overdue(at):
            return None, offer
        self._expire(offer)
        offering.offer_freed_places(self.edition)
        why = _("The time to answer the offer is over. Your delegation waits on.")
        return Refused(why), None

    def _check_part(self, part: Places) -> None:
        for side in (self.german_side, self.partner_side):
            count = getattr(part, side.which)
            refusal = None
            if count > side.held:
                refusal = Refused(
                    ngettext(
                        "The offer holds %(count)d place here.",
                        "The offer holds %(count)d places here.",
                        side.held,
                    )
                    % {"count": side.held}
                )
            elif count < side.participants.count():
                refusal = Refused(
                    _("More people are named than that: please take one out by name.")
                )
            elif side.is_german and count == 0:
                refusal = Refused(_("At least one person comes from the German side."))
            if refusal:
                refusal.which = side.which
                raise refusal

    def _take(self, part: Places, *, by) -> None:
        for side in (self.german_side, self.partner_side):
            before = side.planned
            side.planned = side.held = getattr(part, side.which)
            side.save(update_fields=["planned", "held"])
            side.answer_by_number(before, by=by)
        self.state = self.State.SUBMITTED

    def _numbers(self) -> dict[str, int]:
        sides = (self.german_side, self.partner_side)
        return {f"{side.which}_planned": side.planned for side in sides}

    def _expire(self, offer) -> None:
        self._wait_again(offer, Outcome.EXPIRED, Letter.Kind.OFFER_EXPIRED)

    def _wait_again(self, offer, outcome, letter, *, by=None, reason="") -> None:
        self.state = self.State.WAITING
        self.save(update_fields=["state"])
        offering.end_passing(self, offer, outcome)
        verb = {
            Outcome.DECLINED: Verb.DECLINE_OFFER,
            Outcome.EXPIRED: Verb.EXPIRE_OFFER,
            Outcome.WITHDRAWN: Verb.WITHDRAW_OFFER,
        }[outcome]
        self._written(verb, by=by, reason=reason, letter=letter)

    def _mark_passed_over(self, at, verb, by, reason) -> None:
        self.passed_over_at = at
        self.save(update_fields=["passed_over_at"])
        self.history.record(self, verb, by=by, reason=reason)

    def _check_waiting(self) -> None:
        if self.state != self.State.WAITING:
            raise Refused(_("Only for a delegation that waits."))

    def _check_turn(self, edition, reason) -> None:
        first = edition.delegations.waiting().first()
        if first != self and not reason:
            raise Refused(
                _("%(reference)s has waited longer: please give a reason.")
                % {"reference": first.reference}
            )
