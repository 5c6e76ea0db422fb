"""Every change of a side's number of people and of the people themselves."""

from collections import Counter
from contextlib import contextmanager
from copy import copy

from django.db import models
from django.utils.translation import gettext as _

from registrations import places, rules
from registrations.models import offering, reviewing
from registrations.models.history import HistoryEntry
from registrations.models.locking import Refused, is_side, is_staff, locked, renew
from registrations.models.participant import Participant
from registrations.places import Places

Verb = HistoryEntry.Verb


class SideVerbs(models.Model):
    """What can be done with the number and the people of one side."""

    class Meta:
        abstract = True

    def change_planned(self, planned: int, *, by) -> None:
        """Bring more or fewer people; see `Delegation.change_numbers`."""
        self.delegation.change_numbers({self.which: planned}, by=by)
        renew(self, self.delegation.side(self.which))

    def plan(self, edition, planned: int, *, by) -> bool:
        """Under the lock: another number of people, and whether it is another."""
        if planned == self.planned:
            return False
        self._check_time(by)
        self._check_planned(planned, by)
        before, self.planned = self.planned, planned
        if self.delegation.holds_places:
            self._hold(edition, planned - before)
        self.save(update_fields=["planned", "held"])
        self.answer_by_number(before, by=by)
        return True

    def plan_online(self, edition, count: int, *, by) -> bool:
        """Under the lock: how many take part from afar, and whether it is another."""
        if count == self.online:
            return False
        self._check_time(by)
        if count and is_side(by) and not edition.offers_both:
            raise Refused(_("Nobody can take part online in this conference."))
        self.online = count
        self.save(update_fields=["online"])
        return True

    def take_out(self, participant, *, by) -> None:
        """One person does not come; the side brings one fewer."""
        with self._changing():
            if not self.participants.filter(pk=participant.pk).exists():
                return
            self._check_time(by)
            if self.delegation.is_live and self.is_german and self.planned == 1:
                raise Refused(
                    _("If nobody is coming any more, please withdraw the delegation.")
                )
            self._bring_one_fewer(participant, by=by)

    def let_go(self, participant, *, by) -> None:
        """One person is erased; the place comes free where others can still take it.

        It does not after the conference has begun, nor for the last of a German side,
        whose delegation would come without anybody.
        """
        with self._changing():
            delegation = self.delegation
            is_last = delegation.is_live and self.is_german and self.planned == 1
            is_coming = delegation.is_live or delegation.is_draft
            if is_coming and not is_last and not delegation.edition.has_begun():
                self._bring_one_fewer(participant, by=by)
            else:
                participant.delete()
                self._changed_people(by, Counter(people_taken_out=1), {})

    def _bring_one_fewer(self, participant, *, by) -> None:
        participant.delete()
        before, held = self.planned, self.held
        self.planned -= 1
        self.held = min(self.held, self.planned)
        self.save(update_fields=["planned", "held"])
        self.answer_by_number(before, by=by)
        changes = {f"{self.which}_planned": [before, self.planned]}
        self._changed_people(by, Counter(people_taken_out=1), changes)
        if self.held < held:
            offering.offer_freed_places(self.delegation.edition)

    def save_person(self, participant, *, by, is_other=False) -> None:
        """Name a person, or another in that place; never more than are planned.

        Sending the same new person twice is naming one. `is_other`: somebody else
        comes, who is told anew. What another person has answered is forgotten.
        """
        with self._changing():
            if participant.pk is None and self._names_already(participant):
                return
            self._check_time(by)
            named = self.participants.in_bulk()
            if participant.pk is not None and participant.pk not in named:
                raise Refused(_("This person has been taken out meanwhile."))
            old = named.pop(participant.pk, None)
            others = len(named)
            if others + 1 > self.planned:
                raise Refused(_("All places of your side have a name already."))
            if old and (is_other or participant.is_another_than(old)):
                old.forget_answers()
                participant.become_another()
            participant.side = self
            participant.entered_by = HistoryEntry.ActorKind.of(by)
            self._know_reader(participant, is_other)
            participant.save()
            what = reviewing.of_person(old, participant)
            self._changed_people(by, what, {"people": others + 1})

    def leave_open(self, participant, *, by) -> None:
        """The person does not come, the place stays: its name follows."""
        with self._changing():
            self._check_time(by)
            if self.participants.filter(pk=participant.pk).delete()[0]:
                left = self.participants.count()
                self._changed_people(by, Counter(people_taken_out=1), {"people": left})

    def name_people(self, answers: list[dict | None], *, by) -> None:
        """Name people in their order, all at once; None: the name follows.

        The first answer is for who was named first, and so on: the same page sent
        twice names nobody twice.
        """
        with self._changing():
            self._check_time(by)
            named = list(self.participants.order_by("pk"))
            rest = len(named[len(answers) :])
            wanted = [answer for answer in answers if answer is not None]
            if len(wanted) + rest > self.planned:
                raise Refused(_("All places of your side have a name already."))
            what: Counter[str] = Counter()
            for number, answer in enumerate(answers):
                person = named[number] if number < len(named) else None
                what += reviewing.of_person(person, self._name(person, answer, by))
            self._changed_people(by, what, {"people": len(wanted) + rest})

    def _changed_people(self, by, what: Counter[str], changes: dict) -> None:
        """Write down how many people are others now, and not who they are."""
        counts = {name: count for name, count in what.items() if count}
        found = {"side": self.which, **counts, **changes, **self._for_the_other(by)}
        self.delegation.changed(by, Verb.CHANGE_PEOPLE, found)

    def _is_own_act(self, by) -> bool:
        return is_side(by) and by.which == self.which

    def _for_the_other(self, by) -> dict[str, str]:
        """What the history adds where one side acts for the other."""
        if not is_side(by) or by.which == self.which:
            return {}
        return {"on_behalf": self.which}

    def _know_reader(self, participant, is_other) -> None:
        """Whether this row's letters still go to whom they went before."""
        if participant.pk is None:
            return
        before = self.participants.select_for_update().filter(pk=participant.pk).first()
        if before is None:
            return
        participant.informed_at = before.informed_at
        if is_other or before.email.casefold() != participant.email.casefold():
            participant.begin_anew()

    def _name(self, old, answer: dict | None, by) -> Participant | None:
        """Who stands there now; None: nobody."""
        if answer is None:
            if old is not None:
                old.delete()
            return None
        person = copy(old) if old is not None else Participant()
        for field, value in answer.items():
            setattr(person, field, value)
        if old is not None and person.is_another_than(old):
            old.forget_answers()
            person.become_another()
        person.side = self
        self._know_reader(person, False)
        person.entered_by = HistoryEntry.ActorKind.of(by)
        person.save()
        return person

    def _names_already(self, participant) -> bool:
        fields = [f.attname for f in Participant._meta.concrete_fields]
        same = {
            name: getattr(participant, name)
            for name in fields
            if name not in ("id", "side_id", "entered_by", "informed_at", "key")
        }
        return self.participants.filter(**same).exists()

    @contextmanager
    def _changing(self):
        """Hold the edition's row; this side is read afresh under the lock."""
        with locked(self.delegation):
            renew(self, self.delegation.side(self.which))
            yield
            self.forget_people()

    def _check_time(self, by) -> None:
        """Sides and people change until the day of the edition; staff decide later."""
        delegation = self.delegation
        if delegation.state in (delegation.State.DECLINED, delegation.State.WITHDRAWN):
            raise Refused(_("This delegation is no longer coming."))
        if not is_staff(by) and not delegation.can_change():
            raise Refused(_("The time for changes is over: please ask the organiser."))

    def _check_planned(self, planned, by) -> None:
        delegation = self.delegation
        if delegation.state == delegation.State.OFFERED:
            if not self.is_german and self._is_own_act(by):
                raise Refused(
                    _("Your partner is answering an offer of places now: please wait.")
                )
            raise Refused(_("Please answer the offer of places first."))
        if planned < self.participants.count():
            raise Refused(
                _("More people are named than that: please take one out by name.")
            )
        if delegation.is_live and self.is_german and planned == 0:
            raise Refused(
                _("If nobody is coming any more, please withdraw the delegation.")
            )
        raised = planned > self.planned and is_side(by) and not delegation.is_draft
        rule = f"{self.which}_most"
        message = rules.too_many(delegation.edition, self.which, planned)
        if raised and message and not rules.is_admitted(delegation, rule):
            raise Refused(message)

    def _hold(self, edition, more: int) -> None:
        if more > 0:
            wanted = Places(**{self.which: more})
            if places.somebody_waits(edition) or not places.fit(edition, wanted):
                raise Refused(
                    _("There are no places left for more people. Nothing was changed.")
                )
        self.held = self.planned
