"""Two people do something at the same moment: nothing is lost, doubled or oversold.

Each race is forced, not hoped for: who has looked waits until the other has looked
as well. Where a lock holds, the other cannot come, and the first goes on alone.
"""

import threading

import pytest
from django.db import connection
from django.test import Client

from partnerships.models import Municipality
from registrations import merging, places
from registrations.models import (
    Delegation,
    EditionPlaces,
    Letter,
    Request,
)
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    GermanyFactory,
    MunicipalityFactory,
    PartnershipFactory,
    submitted,
)
from tests.registrations.answers import CONTACT, begin_address
from tests.registrations.offered import turn_down

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
State = Delegation.State
# How long the first waits for one whom a lock keeps out.
PATIENCE = 0.25


@pytest.fixture
def meet(monkeypatch):
    """Callers of the named functions wait for one another, having looked."""
    barrier = threading.Barrier(2)

    def wait():
        try:
            barrier.wait(PATIENCE)
        except threading.BrokenBarrierError:
            return

    def at(owner, name, *, before=False):
        real = getattr(owner, name)

        def meeting(*args, **kwargs):
            if before:
                wait()
            found = real(*args, **kwargs)
            if not before:
                wait()
            return found

        monkeypatch.setattr(owner, name, meeting, raising=False)

    return at


def at_once(*verbs):
    """What each verb returned or raised, each in a thread and connection of its own."""
    outcomes = [None] * len(verbs)

    def run(number, verb):
        try:
            outcomes[number] = verb()
        except Exception as error:
            outcomes[number] = error
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=numbered) for numbered in enumerate(verbs)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def kinds(outcomes):
    return sorted(type(outcome).__name__ for outcome in outcomes)


def again(delegation):
    """The row as another process reads it."""
    return Delegation.objects.get(pk=delegation.pk)


def states(*delegations):
    return sorted(again(delegation).state for delegation in delegations)


def test_two_submit_for_the_last_places(meet):
    edition = EditionFactory(capacity_people=2)
    first, second = (
        DelegationFactory(edition=edition, partner__planned=0) for _ in "12"
    )
    meet(places, "fit")

    outcomes = at_once(first.submit, second.submit)

    assert outcomes == [None, None]
    assert states(first, second) == [State.SUBMITTED, State.WAITING]
    assert places.held(edition).people == 2


def test_two_that_wait_get_different_numbers(meet):
    edition = EditionFactory(capacity_people=0)
    first, second = DelegationFactory.create_batch(2, edition=edition)
    meet(places, "next_queue_number")

    at_once(first.submit, second.submit)

    numbers = edition.delegations.waiting().values_list("queue_number", flat=True)
    assert list(numbers) == [1, 2]


def test_the_same_draft_is_submitted_once(meet):
    draft = DelegationFactory()
    meet(places, "fit")

    at_once(again(draft).submit, again(draft).submit)

    assert states(draft) == [State.SUBMITTED]
    assert draft.history.filter(verb="submit").count() == 1
    assert Letter.objects.filter(kind="submitted").count() == 1


def test_the_same_first_form_makes_one_draft(meet):
    edition = EditionFactory()
    page = Client().get(begin_address(edition))
    answers = {**CONTACT, "form_key": page.context["form"]["form_key"].value()}
    meet(type(Delegation.objects.all()), "create", before=True)

    def post():
        return Client().post(begin_address(edition), answers).status_code

    outcomes = at_once(post, post)

    assert outcomes == [302, 302]
    assert Delegation.objects.count() == 1
    assert Letter.objects.count() == 1


def test_of_two_drafts_of_a_partnership_the_second_is_told(meet):
    first = DelegationFactory()
    second = DelegationFactory(edition=first.edition, partnership=first.partnership)
    meet(Delegation, "twin")

    outcomes = at_once(first.submit, second.submit)

    assert kinds(outcomes) == ["AlreadyRegistered", "NoneType"]
    assert states(first, second) == [State.DRAFT, State.SUBMITTED]
    assert Letter.objects.filter(kind="second_delegation").count() == 1


def test_two_sides_bring_one_more_where_one_place_is_left(meet):
    edition = EditionFactory(capacity_people=5)
    sides = [submitted(edition).german_side for _number in range(2)]
    meet(places, "fit")

    outcomes = at_once(
        lambda: sides[0].change_planned(3, by=sides[0]),
        lambda: sides[1].change_planned(3, by=sides[1]),
    )

    assert kinds(outcomes) == ["NoneType", "Refused"]
    assert places.held(edition).people == 5


def test_two_that_wait_are_approved_for_the_last_places(meet, admin_user):
    edition = EditionFactory(capacity_people=0)
    waiting = [submitted(edition) for _number in range(2)]
    EditionPlaces.objects.get().change_capacity(people=2)
    for delegation in waiting:
        turn_down(delegation)
    meet(places, "fit")

    outcomes = at_once(
        *(
            lambda row=row: again(row).approve(by=admin_user, reason="Needed.")
            for row in waiting
        )
    )

    assert kinds(outcomes) == ["NoneType", "Refused"]
    assert states(*waiting) == [State.APPROVED, State.WAITING]
    assert places.held(edition).people == 2


def test_a_capacity_is_lowered_while_somebody_submits(meet):
    edition = EditionFactory(capacity_people=2)
    draft = DelegationFactory(edition=edition, partner__planned=0)
    capacity = EditionPlaces.objects.get()
    meet(places, "held")

    at_once(draft.submit, lambda: capacity.change_capacity(people=0))

    capacity.refresh_from_db()
    assert places.held(edition).people <= capacity.capacity_people


def test_a_delegation_is_withdrawn_while_staff_approve(monkeypatch, admin_user):
    row = submitted(EditionFactory())
    approving, withdrawn = threading.Event(), threading.Event()
    written = Delegation._written

    def held_up(self, verb, **values):
        if verb == "approve":
            approving.set()
            withdrawn.wait(PATIENCE)
        written(self, verb, **values)

    def withdraw():
        approving.wait()
        again(row).withdraw(by=row.german_side)
        withdrawn.set()

    monkeypatch.setattr(Delegation, "_written", held_up)

    outcomes = at_once(lambda: again(row).approve(by=admin_user), withdraw)

    assert outcomes == [None, None]
    assert states(row) == [State.WITHDRAWN]
    assert places.held(row.edition) == places.Places()


def test_a_request_is_answered_once(meet, admin_user):
    side = DelegationFactory().german_side
    asked = Request.objects.ask(side, Request.Kind.CHANGE, "Please.")
    meet(type(Request.objects.all()), "filter")

    outcomes = at_once(
        lambda: asked.answer(granted=True, reason="Yes.", by=admin_user),
        lambda: asked.answer(granted=False, reason="No.", by=admin_user),
    )

    assert sorted(outcomes) == [False, True]
    assert Letter.objects.count() == 1


def test_two_towns_become_one_while_the_second_registers(meet, admin_user):
    first = submitted(EditionFactory())
    other = PartnershipFactory(partner=first.partnership.partner)
    second = DelegationFactory(edition=first.edition, partnership=other)
    meet(merging, "_move_names")
    meet(Delegation, "twin")

    outcomes = at_once(
        second.submit,
        lambda: merging.merge(other.german, first.partnership.german, by=admin_user),
    )

    refused = [outcome for outcome in outcomes if outcome is not None]
    assert kinds(refused) in (["AlreadyRegistered"], ["Refused"])
    towns = Municipality.objects.filter(pk=other.german.pk).count()
    assert (again(second).is_draft, towns) in [(True, 0), (False, 1)]


def test_a_town_goes_while_a_draft_chooses_it(meet, admin_user):
    town, into = MunicipalityFactory.create_batch(2)
    draft = DelegationFactory(partnership=None, german_municipality=None)
    DelegationFactory(edition=draft.edition, partnership=None, german_municipality=town)
    meet(merging, "_move_names")
    meet(Delegation, "twin")

    outcomes = at_once(
        lambda: draft.choose_municipality(town),
        lambda: merging.merge(town, into, by=admin_user),
    )

    assert kinds(outcomes) in (["NoneType", "NoneType"], ["NoneType", "Refused"])
    assert again(draft).german_municipality_id in (None, into.pk)
    assert not Municipality.objects.filter(pk=town.pk).exists()


def test_two_visitors_enter_towns_of_one_name(meet):
    germany = GermanyFactory()
    meet(type(Municipality.objects.all()), "free_slug")

    outcomes = at_once(
        *(
            lambda kreis=kreis: (
                Municipality.objects.enter(
                    country=germany, name="Neustadt", kind="town", kreis=kreis
                ).slug
            )
            for kreis in ("Nord", "Süd")
        )
    )

    assert sorted(outcomes) == ["neustadt", "neustadt-2"]
