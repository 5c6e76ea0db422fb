"""When who declined an offer is asked again, where not only people are limited."""

import pytest

from registrations.models import EditionPlaces
from tests.factories import berlin, submitted
from tests.registrations.offered import (
    full,
    held,
    raise_capacity,
    renewed,
    states,
    turn_down,
)

pytestmark = pytest.mark.django_db


def freed(*wanted, people=2, **values):
    """The places are free again, and the first that waits for them declines them."""
    holding, first, *others = full(people, *wanted, **values)
    holding.withdraw(by=holding.german_side)
    turn_down(first)
    return first.edition, first, *others


def german_only(*wanted):
    """The same where only German people are limited, and two of them have places."""
    holding, first, *others = full(2, *wanted, capacity_german=2)
    raise_capacity(first.edition, None)
    holding.withdraw(by=holding.german_side)
    turn_down(first)
    return first.edition, first, *others


def test_who_declined_is_asked_again_for_more_people_wherever_they_come_free():
    holding, first = full(2, (4, 0), capacity_german=2)
    raise_capacity(first.edition, 20)
    holding.withdraw(by=holding.german_side)
    turn_down(first)

    EditionPlaces.objects.get().change_capacity(german=3)

    assert (states(first), held(first)) == (["offered"], (3, 0))


def test_who_declined_is_passed_over_where_people_are_not_counted_together():
    _edition, first, second = german_only((2, 0), (2, 0))

    assert states(first, second) == ["waiting", "offered"]


def test_who_declined_is_asked_again_once_people_are_unlimited():
    edition, first = freed((2, 0))
    assert states(first) == ["waiting"]

    raise_capacity(edition, None)

    assert states(first) == ["offered"]


def test_a_limit_that_came_later_says_from_when_on_more_is_free():
    edition, first = german_only((2, 0))

    raise_capacity(edition, 4)
    assert states(first) == ["waiting"]
    raise_capacity(edition, 5)

    assert states(first) == ["offered"]


def test_places_without_a_limit_are_no_mark(admin_user):
    edition, first = freed((2, 0))
    renewed(first).pass_over(by=admin_user, reason="Comes another time.")

    raise_capacity(edition, None)

    assert states(first) == ["waiting"]
    assert first.offers.get().asked_above == 2


def test_who_is_reopened_after_the_conference_has_begun_is_not_asked_at_once(
    time_machine, admin_user
):
    edition, first = freed((2, 0), people=4)
    last = submitted(edition, german=2)
    last.withdraw(by=last.german_side)
    time_machine.move_to(berlin("2100-09-06 00:01"))

    renewed(last).reopen(by=admin_user, reason="A mistake.")

    assert states(first, last) == ["waiting", "waiting"]


def test_a_newcomer_does_not_overtake_one_that_could_be_asked():
    edition = full(1)[0].edition
    raise_capacity(edition, 4)
    big, small = submitted(edition, german=4), submitted(edition, german=2)
    big.withdraw(by=big.german_side)

    last = submitted(edition, german=1)

    assert states(small, last) == ["waiting", "waiting"]


def test_who_declined_twice_is_measured_by_the_last_offer():
    edition, first = freed((4, 0))
    raise_capacity(edition, 3)

    turn_down(first)

    assert first.offers.count() == 2
    assert states(first) == ["waiting"]


def test_who_declined_holds_no_places():
    _edition, first = freed((2, 0))

    assert (states(first), held(first)) == (["waiting"], (0, 0))


def test_an_offer_by_hand_ends_being_passed_over(admin_user):
    holding, first = full(2, (2, 0))
    first.pass_over(by=admin_user, reason="Comes another time.")
    holding.withdraw(by=holding.german_side)

    renewed(first).offer_places(by=admin_user, reason="They called.")

    assert states(first) == ["offered"]
    assert renewed(first).passed_over_at is None
