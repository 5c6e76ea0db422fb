"""Every change of a delegation's state: lock the edition, count, write, tell."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from registrations import places, questions, rules
from registrations.models import offering, seating, twins
from registrations.models.history import HistoryEntry
from registrations.models.letter import Letter
from registrations.models.locking import (
    AlreadyRegistered,
    Refused,
    is_side,
    locked,
)
from registrations.models.offer import Offer
from registrations.models.prepared import PreparedDecision
from registrations.models.second_stage import VisaData
from registrations.places import Places

Verb = HistoryEntry.Verb


class DelegationVerbs(models.Model):
    """What can be done with a delegation. `by`: a Side, or a user of the admin."""

    class Meta:
        abstract = True

    def readers(self, kind) -> list:
        """The sides whose contacts get the letter that tells of a change of state."""
        if kind in Letter.Kind.of_offers():
            return [self.german_side]
        partner = self.partner_side
        has_been_written_to = partner.invited_at is not None and partner.planned > 0
        return [self.german_side, *([partner] if has_been_written_to else [])]

    def planned_places(self) -> Places:
        return Places(self.german_side.planned, self.partner_side.planned, 1)

    def submit(self, *, by=None, at=None) -> None:
        """Hold the planned places of both sides, or wait, as a whole.

        Submitting twice is submitting once. Raises Refused where registration is
        not open, a rule is broken, or somebody was first.
        """
        by = by or self.german_side
        refusal = None
        with locked(self) as edition:
            if not self.is_draft:
                return
            refusal = self._why_not_submit(edition, by, at)
            if refusal is None:
                fits = self._take_places_or_wait(edition)
                self._written(Verb.SUBMIT, by=by, letter=Letter.Kind(self.state))
                self._ask_if_it_waits_for_others(edition, fits)
            elif isinstance(refusal, AlreadyRegistered):
                self.tell_the_first(refusal.first)
        if refusal is not None:
            raise refusal

    def approve(self, *, by, reason="") -> None:
        """Staff say yes. A waiting delegation takes its places now, if they fit.

        Raises Refused where the address is not confirmed, places are missing, or
        somebody waits longer and no reason is given.
        """
        with locked(self) as edition:
            if why := self.why_not_approve(edition, reason):
                raise Refused(why)
            if self.state == self.State.WAITING:
                self.hold(self.planned_places())
                self.passed_over_at = None
            self.state = self.State.APPROVED
            self._written(
                Verb.APPROVE, by=by, reason=reason, letter=Letter.Kind.APPROVED
            )
            offering.keep_marks_low(edition)

    def decline(self, *, by, reason) -> None:
        """Staff say no, with a reason that the letter names; places come free."""
        with locked(self) as edition:
            if why := self.why_not_decline(reason):
                raise Refused(why)
            frees = self._end(self.State.DECLINED)
            self._written(
                Verb.DECLINE, by=by, reason=reason, letter=Letter.Kind.DECLINED
            )
            if frees:
                offering.offer_freed_places(edition)

    def why_not_approve(self, edition, reason, *, taken=None, first=None) -> str:
        """What stands against approving it; empty where nothing does.

        Who looks ahead says what is `taken` and who waits `first` by then.
        """
        if why := self.why_state_forbids_approving():
            return why
        if self.german_side.confirmed_at is None:
            return _("The contact has not confirmed the address yet.")
        if self.state != self.State.WAITING:
            return ""
        if not places.fit(edition, self.planned_places(), taken):
            return _("There are not enough free places: raise the capacity first.")
        first = first or edition.delegations.waiting().first()
        if first != self and not reason:
            return _("%(reference)s has waited longer: please give a reason.") % {
                "reference": first.reference
            }
        return ""

    def why_not_decline(self, reason) -> str:
        """What stands against declining it; empty where nothing does."""
        if why := self.why_state_forbids_declining():
            return why
        return "" if reason.strip() else _("The reason is missing.")

    def why_state_forbids_approving(self) -> str:
        if self.state in (self.State.SUBMITTED, self.State.WAITING):
            return ""
        return _("Only what is submitted or waits can be approved.")

    def why_state_forbids_declining(self) -> str:
        if self.is_live and self.state != self.State.OFFERED:
            return ""
        return _("Only what is submitted, waits or is approved can be declined.")

    def withdraw(self, *, by, reason="") -> bool:
        """The German side or staff take the delegation back; places come free.

        Withdrawing twice is withdrawing once. False: it was withdrawn before.
        """
        with locked(self) as edition:
            if self.state == self.State.WITHDRAWN:
                return False
            if not self.is_live:
                raise Refused(_("Only a registered delegation can be withdrawn."))
            if is_side(by) and not by.is_german:
                raise Refused(_("Only the German side can withdraw the delegation."))
            frees = self._end(self.State.WITHDRAWN)
            self._written(
                Verb.WITHDRAW, by=by, reason=reason, letter=Letter.Kind.WITHDRAWN
            )
            if frees:
                offering.offer_freed_places(edition)
        return True

    def reopen(self, *, by, reason) -> None:
        """Staff take a declined or withdrawn delegation in again, as if new."""
        with locked(self) as edition:
            if self.state not in (self.State.DECLINED, self.State.WITHDRAWN):
                raise Refused(_("Only what was declined or withdrawn can be reopened."))
            if first := self.twin():
                raise AlreadyRegistered(first)
            fits = self._take_places_or_wait(edition)
            self._written(
                Verb.REOPEN, by=by, reason=reason, letter=Letter.Kind.REOPENED
            )
            self._ask_if_it_waits_for_others(edition, fits)

    def change_numbers(self, planned: dict[str, int], *, by, online=None) -> None:
        """How many people come from each side: all these numbers, or none.

        `online`: how many take part from afar, who need no places.

        Fewer people first, since their places come free. Raises Refused, with the
        side's word as `which`, where the places do not fit, somebody waits, an offer
        runs, or named people would lose their place.
        """
        with locked(self) as edition:
            held = self._held().people
            changes = self._planned_anew(edition, planned, by)
            for which, count in (online or {}).items():
                before = self.side(which).online
                if self.side(which).plan_online(edition, count, by=by):
                    changes[f"{which}_online"] = [before, count]
            if changes:
                self.changed(by, Verb.CHANGE_NUMBER, changes)
            if self._held().people < held:
                offering.offer_freed_places(edition)

    def _planned_anew(self, edition, planned: dict[str, int], by) -> dict:
        changes = {}
        for side in sorted(
            map(self.side, planned),
            key=lambda side: planned[side.which] - side.planned,
        ):
            before = side.planned
            try:
                if side.plan(edition, planned[side.which], by=by):
                    changes[f"{side.which}_planned"] = [before, side.planned]
            except Refused as refusal:
                refusal.which = side.which
                raise
        return changes

    def changed(self, by, verb, changes, reason="") -> None:
        """Write down what a side or staff changed, under the lock."""
        self.touch_and_mark(by, changes)
        if not self.is_draft:
            self.history.record(self, verb, by=by, changes=changes, reason=reason)
        self.inform_people()
        seating.fill(self.edition)

    def twin(self):
        """The live delegation that came first for the same partnership, if any."""
        return twins.first_of(self)

    def tell_the_first(self, first) -> None:
        """A letter to the contact who was first, once for each that comes second."""
        letters = Letter.objects.filter(
            side=first.german_side,
            kind=Letter.Kind.SECOND_DELEGATION,
            context__second=self.pk,
        )
        if not letters.exists():
            Letter.objects.write(
                first.german_side, Letter.Kind.SECOND_DELEGATION, second=self.pk
            )
            first.history.record(first, Verb.SECOND)

    def _why_not_submit(self, edition, by, at) -> Refused | None:
        if is_side(by) and not edition.is_open(at):
            return Refused(_("Registration for this conference is not open."))
        if missing := self.unanswered():
            return Refused(" ".join(missing))
        if first := self.twin():
            return AlreadyRegistered(first)
        on = timezone.localdate(at) if at else None
        if found := rules.broken(self, on):
            return Refused(" ".join(one.message for one in found))
        return None

    def unanswered(self) -> list[str]:
        """What must still be answered before the delegation can be submitted."""
        missing = []
        if self.kind != self.Kind.GUESTS and self.german_municipality_id is None:
            missing.append(_("Please choose your municipality."))
        if self.kind == self.Kind.PARTNERSHIP and self.partnership_id is None:
            missing.append(_("Please choose your partnership."))
        elif self.lacks_partner_contact:
            missing.append(_("Please name the contact of your partner."))
        if self.german_side.planned == 0:
            missing.append(_("Please say how many people will come."))
        return missing + [
            item.reminder for item in questions.missing_for_submission(self)
        ]

    def _take_places_or_wait(self, edition) -> bool:
        """Whether its places are free; it waits all the same where others wait."""
        self.submitted_at = timezone.now()
        fits = places.fit(edition, self.planned_places())
        if fits and not places.somebody_waits(edition):
            self.state = self.State.SUBMITTED
            self.hold(self.planned_places())
        else:
            self.state = self.State.WAITING
            self.queue_number = places.next_queue_number(edition)
        return fits

    def _ask_if_it_waits_for_others(self, edition, fits: bool) -> None:
        """It fits, and waits for none but those that are passed over: it is asked."""
        if fits and self.state == self.State.WAITING:
            offering.offer_at_once(edition, self)

    def _end(self, state) -> bool:
        """It comes no more, and no passport is kept. Whether places are free now."""
        held = self.holds_places
        if offer := self.running_offer:
            offer.end(Offer.Outcome.GONE)
        VisaData.objects.filter(participant__side__delegation=self).delete()
        self.state = state
        self.passed_over_at = None
        self.hold(Places())
        seating.leave(self)
        return held

    def _written(self, verb, *, by, reason="", letter, changes=None) -> None:
        self.save()
        changes = {"state": self.state, **(changes or {})}
        if self.state == self.State.WAITING:
            changes["queue_number"] = self.queue_number
        self.history.record(self, verb, by=by, reason=reason, changes=changes)
        for side in self.readers(letter):
            Letter.objects.write(side, letter, reason=reason)
        self.invite_partner()
        self.inform_people()
        if self.state in (self.State.APPROVED, *self.ENDED):
            PreparedDecision.objects.filter(delegation=self).delete()
