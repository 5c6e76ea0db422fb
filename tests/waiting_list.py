"""A property test of the waiting list: any verbs in any order, and the clock."""

from datetime import timedelta

import time_machine
from django.contrib.auth import get_user_model
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)

from registrations.models import Delegation, EditionPlaces, Offer, Refused
from tests.factories import DelegationFactory, EditionFactory, berlin
from tests.waiting_list_claims import UNITS, Claims

MOST_DELEGATIONS = 9


class WaitingList(Claims, RuleBasedStateMachine):
    steps = 0
    starts_at = berlin("2027-03-22 09:00")

    def __init__(self):
        super().__init__()
        self.clock = time_machine.travel(self.starts_at, tick=False)
        self.traveller = self.clock.start()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.staff = get_user_model().objects.create_user("staff")

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
        self.clock.stop()

    @initialize(people=st.integers(2, 8))
    def open_an_edition(self, people):
        self.edition = EditionFactory(capacity_people=people, changes_until=None)

    # The steps.

    @precondition(lambda self: len(self.seen) < MOST_DELEGATIONS)
    @rule(german=st.integers(1, 4), partner=st.integers(0, 3))
    def submit(self, german, partner):
        draft = DelegationFactory(
            edition=self.edition, german__planned=german, partner__planned=partner
        )
        self.do(draft.submit)

    @precondition(lambda self: self.any("submitted", "waiting", "offered", "approved"))
    @rule(which=st.integers(0), german=st.integers(1, 5), partner=st.integers(0, 4))
    def change_numbers(self, which, german, partner):
        row = self.one(which, "submitted", "waiting", "offered", "approved")
        held = sum(self.seen[row.pk].held)
        planned = {"german": german, "partner": partner}
        self.frees = held > german + partner
        self.do(row.change_numbers, planned, by=row.german_side)

    @precondition(lambda self: self.any("submitted", "waiting", "offered", "approved"))
    @rule(which=st.integers(0))
    def withdraw(self, which):
        row = self.one(which, "submitted", "waiting", "offered", "approved")
        self.frees = row.holds_places
        self.do(row.withdraw, by=row.german_side)

    @precondition(lambda self: self.any("submitted", "waiting", "approved"))
    @rule(which=st.integers(0))
    def decline(self, which):
        row = self.one(which, "submitted", "waiting", "approved")
        self.frees = row.holds_places
        self.do(row.decline, by=self.staff, reason="No.")

    @precondition(lambda self: self.any("submitted", "waiting"))
    @rule(which=st.integers(0))
    def approve(self, which):
        self.by_hand = True
        row = self.one(which, "submitted", "waiting")
        self.do(row.approve, by=self.staff, reason="Yes.")

    @precondition(lambda self: self.any("declined", "withdrawn"))
    @rule(which=st.integers(0))
    def reopen(self, which):
        row = self.one(which, "declined", "withdrawn")
        self.do(row.reopen, by=self.staff, reason="Yes, after all.")

    @precondition(lambda self: self.any("offered"))
    @rule(which=st.integers(0))
    def take_all(self, which):
        row = self.one(which, "offered")
        german, partner = self.seen[row.pk].held
        self.frees = True
        self.do(row.take_offer, german, partner, by=row.german_side)

    @precondition(lambda self: self.any("offered"))
    @rule(which=st.integers(0), german=st.integers(1, 4), partner=st.integers(0, 3))
    def take_fewer(self, which, german, partner):
        row = self.one(which, "offered")
        self.do(row.take_offer, german, partner, by=row.german_side)

    @precondition(lambda self: self.any("offered"))
    @rule(which=st.integers(0))
    def decline_offer(self, which):
        row = self.one(which, "offered")
        self.frees = True
        self.do(row.decline_offer, by=row.german_side)

    @precondition(lambda self: self.any("offered"))
    @rule(days=st.integers(0, 9))
    def let_expire(self, days):
        self.traveller.shift(timedelta(days=days))
        self.frees = Offer.objects.overdue().exists()
        self.do(Offer.objects.expire)

    @precondition(lambda self: self.any("offered"))
    @rule(days=st.integers(1, 9))
    def wait(self, days):
        self.traveller.shift(timedelta(days=days))
        self.do(lambda: None)

    @precondition(lambda self: self.any("offered"))
    @rule(which=st.integers(0))
    def withdraw_offer(self, which):
        row = self.one(which, "offered")
        self.frees = True
        self.do(row.withdraw_offer, by=self.staff, reason="They called.")

    @precondition(lambda self: self.any("waiting"))
    @rule(which=st.integers(0), verb=st.sampled_from(["pass_over", "ask_again"]))
    def pass_over(self, which, verb):
        row = self.one(which, "waiting")
        self.frees = verb == "pass_over" and not self.seen[row.pk].is_past
        self.do(getattr(row, verb), by=self.staff, reason="Later.")

    @precondition(lambda self: self.any("waiting"))
    @rule(which=st.integers(0))
    def offer_by_hand(self, which):
        self.by_hand = True
        row = self.one(which, "waiting")
        self.do(row.offer_places, by=self.staff, reason="They agreed.")

    @rule(unit=st.sampled_from(UNITS), limit=st.integers(0, 12))
    def change_capacity(self, unit, limit):
        places = EditionPlaces.objects.get(pk=self.edition.pk)
        before = getattr(places, f"capacity_{unit}")
        self.frees = before is not None and limit > before
        self.do(places.change_capacity, **{unit: limit})

    # What all of them do.

    def do(self, verb, *args, **kwargs):
        """One step at its own second; a refusal is an answer like any other."""
        type(self).steps += 1
        self.traveller.shift(timedelta(seconds=1))
        try:
            with transaction.atomic():
                verb(*args, **kwargs)
        except Refused:
            self.frees = False
        self.check()
        self.frees = self.by_hand = False

    def any(self, *states):
        return any(one.state in states for one in self.seen.values())

    def one(self, which, *states):
        keys = sorted(key for key, one in self.seen.items() if one.state in states)
        return Delegation.objects.get(pk=keys[which % len(keys)])
