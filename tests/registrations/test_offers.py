"""Freed places are offered to the first that waits."""

import pytest

from registrations import places
from registrations.models import EditionPlaces, Letter, Participant
from tests.factories import BERLIN, DelegationFactory, EditionFactory, berlin, submitted
from tests.registrations.offered import (
    full,
    held,
    raise_capacity,
    renewed,
    states,
    take,
    turn_down,
)

pytestmark = pytest.mark.django_db


def person(name):
    return Participant(family_name=name, organisation_kind="administration")


def withdraw(delegation):
    delegation.withdraw(by=delegation.german_side)


def take_one_out(delegation):
    side = delegation.german_side
    one = person("One")
    side.save_person(one, by=side)
    side.take_out(one, by=side)


FREEING = {
    "withdrawn": (withdraw, (2, 1)),
    "fewer planned": (
        lambda row: row.german_side.change_planned(1, by=row.german_side),
        (2, 1),
    ),
    "taken out": (take_one_out, (1, 0)),
    "capacity raised": (lambda row: raise_capacity(row.edition, 6), (1, 1)),
}


@pytest.mark.parametrize(("free", "offered"), FREEING.values(), ids=FREEING)
def test_freed_places_are_offered_to_the_first_that_waits(free, offered):
    holding, first, second = full(4, (2, 1), (2, 0))

    free(holding)

    assert states(first) == ["offered"]
    assert held(first) == offered
    assert places.held(renewed(first).edition).people <= 6
    assert states(second) in (["waiting"], ["offered"])


def test_a_declined_decision_frees_its_places(admin_user):
    holding, first = full(4, (2, 1))

    holding.decline(by=admin_user, reason="No.")

    assert (states(first), held(first)) == (["offered"], (2, 1))


def test_what_is_left_is_offered_to_the_next():
    holding, first, second, third = full(4, (2, 1), (2, 0), (1, 0))

    withdraw(holding)

    assert states(first, second, third) == ["offered", "offered", "waiting"]
    assert (held(first), held(second)) == ((2, 1), (1, 0))


@pytest.mark.parametrize(
    ("free", "wanted", "offered"),
    [
        (1, (3, 3), (1, 0)),
        (2, (3, 3), (1, 1)),
        (3, (3, 3), (2, 1)),
        (5, (1, 3), (1, 3)),
        (3, (3, 0), (3, 0)),
        (9, (3, 3), (3, 3)),
    ],
)
def test_places_are_shared_by_turns(free, wanted, offered):
    holding, first = full(9, wanted)

    raise_capacity(holding.edition, 9 + free)

    assert held(first) == offered


@pytest.mark.parametrize(
    ("capacities", "offered"),
    [
        ({"german": 1}, (1, 2)),
        ({"partner": 1}, (2, 1)),
        ({"german": 1, "partner": 1}, (1, 1)),
        ({"german": 0}, (0, 0)),
        ({"delegations": 0}, (0, 0)),
        ({}, (2, 2)),
    ],
)
def test_every_unit_limits_what_is_offered(capacities, offered):
    edition = EditionFactory(capacity_people=0)
    first = submitted(edition, german=2, partner=2)

    EditionPlaces.objects.get(pk=edition.pk).change_capacity(people=None, **capacities)

    assert held(first) == offered


def test_withdrawing_a_waiting_delegation_promotes_nobody():
    edition = EditionFactory(capacity_people=2)
    big, small = submitted(edition, german=3), submitted(edition, german=2)

    withdraw(big)

    assert states(small) == ["waiting"]


def test_declining_a_waiting_delegation_promotes_nobody(admin_user):
    edition = EditionFactory(capacity_people=2)
    big, small = submitted(edition, german=3), submitted(edition, german=2)

    big.decline(by=admin_user, reason="No.")

    assert states(small) == ["waiting"]


def test_withdrawing_an_offered_delegation_frees_what_the_offer_held():
    holding, first, second = full(2, (2, 0), (2, 0))
    withdraw(holding)

    withdraw(renewed(first))

    assert states(first, second) == ["withdrawn", "offered"]
    assert first.offers.get().outcome == "gone"


def test_lowering_a_capacity_below_an_offer_is_refused():
    holding, _first = full(2, (2, 0))
    withdraw(holding)

    with pytest.raises(Exception, match="2 places are held already"):
        raise_capacity(holding.edition, 1)


def test_a_new_delegation_waits_while_somebody_waits():
    holding, first = full(4, (5, 0))
    holding.german_side.change_planned(3, by=holding.german_side)
    turn_down(first)

    second = submitted(holding.edition, german=2)

    assert states(first, second) == ["waiting", "waiting"]


def test_a_new_delegation_waits_while_an_offer_runs():
    holding, first = full(4, (2, 0))
    withdraw(holding)

    second = submitted(holding.edition, german=1)

    assert states(first, second) == ["offered", "waiting"]


def test_a_number_is_not_raised_while_an_offer_runs():
    edition = EditionFactory(capacity_people=6)
    staying, holding = submitted(edition, german=2), submitted(edition, german=4)
    submitted(edition, german=2)
    withdraw(holding)

    with pytest.raises(Exception, match="There are no places left"):
        staying.german_side.change_planned(3, by=staying.german_side)

    assert held(staying) == (2, 0)


def test_a_newcomer_is_asked_at_once_where_all_before_it_are_passed_over():
    holding, first = full(4, (2, 0))
    withdraw(holding)
    turn_down(first)

    second = submitted(holding.edition, german=4)

    assert states(first, second) == ["waiting", "offered"]


def test_a_newcomer_that_fits_only_in_part_waits_as_a_whole():
    holding, first = full(4, (2, 0))
    withdraw(holding)
    turn_down(first)

    second = submitted(holding.edition, german=5)

    assert states(first, second) == ["waiting", "waiting"]


def test_the_others_are_asked_when_an_offer_has_been_taken():
    holding, first = full(4, (2, 0))
    withdraw(holding)
    second = submitted(holding.edition, german=1)

    take(first, 2)

    assert states(first, second) == ["submitted", "offered"]


def test_nobody_is_asked_once_the_conference_has_begun(time_machine):
    holding, first = full(2, (2, 0))
    time_machine.move_to(berlin("2100-09-06 00:01"))

    withdraw(holding)

    assert states(first) == ["waiting"]


def test_an_offer_is_one_letter_with_its_figures():
    holding, first = full(4, (3, 3))

    withdraw(holding)

    letter = Letter.objects.get(kind="offer")
    assert letter.side == first.german_side
    offer = first.offers.get()
    assert letter.context == {
        "state": "offered",
        "position": None,
        "offered_german": 2,
        "offered_partner": 2,
        "expires_at": offer.expires_at.astimezone(BERLIN).isoformat(),
    }


def test_an_offer_is_a_line_of_the_history():
    holding, first = full(4, (3, 3))

    withdraw(holding)

    line = first.history.last()
    assert (line.verb, line.actor_kind, line.changes) == (
        "offer",
        "system",
        {"state": "offered", "german_held": 2, "partner_held": 2},
    )


def test_a_delegation_that_lost_its_place_begins_anew(admin_user):
    holding, first, second = full(2, (2, 0), (2, 0))
    withdraw(holding)
    turn_down(first)
    first = renewed(first)
    withdraw(first)
    first.reopen(by=admin_user, reason="A mistake.")

    withdraw(renewed(second))

    assert states(first) == ["offered"]


def test_the_database_lets_one_offer_run():
    delegation = DelegationFactory(state="offered")
    values = {
        "german": 1,
        "partner": 0,
        "made_at": berlin("2027-01-01 12:00"),
        "expires_at": berlin("2027-01-02 12:00"),
    }
    delegation.offers.create(**values)

    with pytest.raises(Exception, match=r"(?i)unique"):
        delegation.offers.create(**values)
