"""Every change of a delegation's state and places: lock the edition, count, write.

The edition's row is locked before anything is counted, so two delegations that ask
for the last places at the same moment cannot both get them. On SQLite the IMMEDIATE
transaction is that lock.
"""

from contextlib import contextmanager

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conferences.models import Edition
from partnerships.models import raise_content_version
from registrations import places, rules
from registrations.models.history import HistoryEntry
from registrations.models.letter import Letter
from registrations.places import Places

Verb = HistoryEntry.Verb


class Refused(Exception):
    """A verb that may not be done now; the message says why, to a person."""


class AlreadyRegistered(Refused):
    """Another live delegation comes for the same partnership or municipality."""

    def __init__(self, first):
        self.first = first
        super().__init__(
            _("%(names)s is already registered as %(reference)s.")
            % {"names": first.names, "reference": first.reference}
        )


@contextmanager
def locked(delegation):
    """Hold the edition's row; the delegation is read afresh under the lock."""
    with transaction.atomic():
        edition = Edition.objects.select_for_update().get(pk=delegation.edition_id)
        delegation.refresh_from_db()
        delegation.forget_sides()
        delegation.edition = edition
        yield edition


def is_side(actor) -> bool:
    return hasattr(actor, "which")


class DelegationVerbs(models.Model):
    """What can be done with a delegation. `by`: a Side, or a user of the admin."""

    class Meta:
        abstract = True

    def forget_sides(self):
        self.__dict__.pop("_sides", None)

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
                self._take_places_or_wait(edition)
                self._written(Verb.SUBMIT, by=by, letter=Letter.Kind(self.state))
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
            if self.state not in (self.State.SUBMITTED, self.State.WAITING):
                raise Refused(_("Only what is submitted or waits can be approved."))
            if self.german_side.confirmed_at is None:
                raise Refused(_("The contact has not confirmed the address yet."))
            if self.state == self.State.WAITING:
                self._take_places_out_of_the_queue(edition, reason)
            self.state = self.State.APPROVED
            self._written(
                Verb.APPROVE, by=by, reason=reason, letter=Letter.Kind.APPROVED
            )

    def decline(self, *, by, reason) -> None:
        """Staff say no, with a reason that the letter names; places come free."""
        with locked(self):
            if not self.is_live or self.state == self.State.OFFERED:
                raise Refused(
                    _("Only what is submitted, waits or is approved can be declined.")
                )
            self._end(self.State.DECLINED)
            self._written(
                Verb.DECLINE, by=by, reason=reason, letter=Letter.Kind.DECLINED
            )

    def withdraw(self, *, by, reason="") -> None:
        """The German side or staff take the delegation back; places come free.

        Withdrawing twice is withdrawing once.
        """
        with locked(self):
            if self.state == self.State.WITHDRAWN:
                return
            if not self.is_live:
                raise Refused(_("Only a registered delegation can be withdrawn."))
            if is_side(by) and not by.is_german:
                raise Refused(_("Only the German side can withdraw the delegation."))
            self._end(self.State.WITHDRAWN)
            self._written(
                Verb.WITHDRAW, by=by, reason=reason, letter=Letter.Kind.WITHDRAWN
            )

    def reopen(self, *, by, reason) -> None:
        """Staff take a declined or withdrawn delegation in again, as if new."""
        with locked(self) as edition:
            if self.state not in (self.State.DECLINED, self.State.WITHDRAWN):
                raise Refused(_("Only what was declined or withdrawn can be reopened."))
            if first := self.twin():
                raise AlreadyRegistered(first)
            self._take_places_or_wait(edition)
            self._written(
                Verb.REOPEN, by=by, reason=reason, letter=Letter.Kind.REOPENED
            )

    def twin(self):
        """The live delegation that came first for the same partnership, if any."""
        return type(self).objects.twins_of(self).first()

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
        if self.kind != self.Kind.GUESTS and self.german_municipality is None:
            missing.append(_("Please choose your municipality."))
        if self.kind == self.Kind.PARTNERSHIP and self.partnership is None:
            missing.append(_("Please choose your partnership."))
        if self.german_side.planned == 0:
            missing.append(_("Please say how many people will come."))
        return missing

    def _take_places_or_wait(self, edition) -> None:
        self.submitted_at = timezone.now()
        nobody_waits = not edition.delegations.waiting().exists()
        if nobody_waits and places.fit(edition, self.planned_places()):
            self.state = self.State.SUBMITTED
            self._hold_planned()
        else:
            self.state = self.State.WAITING
            self.queue_number = places.next_queue_number(edition)

    def _take_places_out_of_the_queue(self, edition, reason) -> None:
        if not places.fit(edition, self.planned_places()):
            raise Refused(
                _("There are not enough free places: raise the capacity first.")
            )
        first = edition.delegations.waiting().first()
        if first != self and not reason:
            raise Refused(
                _("%(reference)s has waited longer: please give a reason.")
                % {"reference": first.reference}
            )
        self._hold_planned()

    def _hold_planned(self) -> None:
        for side in (self.german_side, self.partner_side):
            side.held = side.planned
            side.save(update_fields=["held"])

    def _end(self, state) -> None:
        self.state = state
        for side in (self.german_side, self.partner_side):
            side.held = 0
            side.save(update_fields=["held"])

    def _written(self, verb, *, by, reason="", letter) -> None:
        self.save()
        changes = {"state": self.state}
        if self.state == self.State.WAITING:
            changes["queue_number"] = self.queue_number
        self.history.record(self, verb, by=by, reason=reason, changes=changes)
        Letter.objects.write(self.german_side, letter, reason=reason)
        raise_content_version()


class SideVerbs(models.Model):
    """What can be done with the number and the people of one side."""

    class Meta:
        abstract = True

    def change_planned(self, planned: int, *, by) -> None:
        """Bring more or fewer people. What is above what is held must fit now.

        Raises Refused, and nothing changes, where the places do not fit, somebody
        waits, an offer runs, or named people would lose their place.
        """
        delegation = self.delegation
        with locked(delegation) as edition:
            self.refresh_from_db()
            if planned == self.planned:
                return
            self._check_planned(planned, by)
            before, self.planned = self.planned, planned
            if delegation.holds_places:
                self._hold(edition, planned - before)
            self.save(update_fields=["planned", "held"])
            self._changed(by, Verb.CHANGE_NUMBER, {f"{self.which}_planned": planned})
            self.__dict__.pop("people", None)

    def take_out(self, participant, *, by) -> None:
        """One person does not come; the side brings one fewer."""
        delegation = self.delegation
        with locked(delegation):
            self.refresh_from_db()
            if not self.participants.filter(pk=participant.pk).exists():
                return
            if delegation.is_live and self.is_german and self.planned == 1:
                raise Refused(
                    _("If nobody comes any more, please withdraw the delegation.")
                )
            participant.delete()
            self.planned -= 1
            self.held = min(self.held, self.planned)
            self.save(update_fields=["planned", "held"])
            self._changed(
                by, Verb.CHANGE_PEOPLE, {f"{self.which}_planned": self.planned}
            )
            self.__dict__.pop("people", None)

    def save_person(self, participant, *, by) -> None:
        """Name a person, or another in that place; never more than are planned."""
        delegation = self.delegation
        with locked(delegation):
            self.refresh_from_db()
            others = self.participants.exclude(pk=participant.pk).count()
            if others + 1 > self.planned:
                raise Refused(_("All places of your side have a name already."))
            participant.side = self
            participant.save()
            self._changed(by, Verb.CHANGE_PEOPLE, {"people": others + 1})
            self.__dict__.pop("people", None)

    def _check_planned(self, planned, by) -> None:
        delegation = self.delegation
        states = delegation.State
        if delegation.state in (states.DECLINED, states.WITHDRAWN):
            raise Refused(_("This delegation does not come any more."))
        if delegation.state == states.OFFERED:
            raise Refused(_("Please answer the offer of places first."))
        if planned < self.participants.count():
            raise Refused(
                _("More people are named than that: please take one out by name.")
            )
        if delegation.is_live and self.is_german and planned == 0:
            raise Refused(
                _("If nobody comes any more, please withdraw the delegation.")
            )
        raised = planned > self.planned and is_side(by) and not delegation.is_draft
        rule = f"{self.which}_most"
        message = rules.too_many(delegation.edition, self.which, planned)
        if raised and message and not rules.is_admitted(delegation, rule):
            raise Refused(message)

    def _hold(self, edition, more: int) -> None:
        if more > 0:
            wanted = Places(**{self.which: more})
            waiting = edition.delegations.waiting().exists()
            if waiting or not places.fit(edition, wanted):
                raise Refused(
                    _("There are no places left for more people. Nothing was changed.")
                )
        self.held = self.planned

    def _changed(self, by, verb, changes) -> None:
        delegation = self.delegation
        delegation.saved_at = timezone.now()
        fields = ["saved_at"]
        if delegation.is_live and is_side(by):
            delegation.needs_review_since = timezone.now()
            fields.append("needs_review_since")
        delegation.save(update_fields=fields)
        if not delegation.is_draft:
            delegation.history.record(delegation, verb, by=by, changes=changes)
            raise_content_version()


class CapacityVerbs(models.Model):
    """What can be done with the places of an edition."""

    class Meta:
        abstract = True

    @transaction.atomic
    def change_capacity(self, **capacities) -> None:
        """Set capacities by unit (`people=80`); None is unlimited.

        Raises Refused, and changes nothing, below what is held.
        """
        edition = Edition.objects.select_for_update().get(pk=self.pk)
        taken = places.held(edition)
        for unit, limit in capacities.items():
            if limit is not None and limit < getattr(taken, unit):
                raise Refused(
                    _("%(held)d places are held already: it cannot be fewer.")
                    % {"held": getattr(taken, unit)}
                )
            setattr(edition, f"capacity_{unit}", limit)
        edition.save(update_fields=[f"capacity_{unit}" for unit in capacities])
        self.refresh_from_db()
        raise_content_version()
