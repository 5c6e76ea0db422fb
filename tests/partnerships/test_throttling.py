"""How often one may do something: counted for all machines, without an address."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from partnerships import throttling
from partnerships.models import ThrottleCount, ThrottleKey
from partnerships.models.throttle import forget_throttles
from partnerships.throttling import Limit, TooOften, pass_or_refuse
from tests.registrations.test_at_once import at_once, kinds

AT = datetime(2027, 5, 31, 12, 3, tzinfo=UTC)
TWICE = Limit("twice", 2, timedelta(minutes=10))
HERE, THERE = "198.51.100.7", "198.51.100.8"


def times_passed(who, times, limit=TWICE, at=AT):
    """How many of so many attempts pass."""
    passed = 0
    for _time in range(times):
        try:
            pass_or_refuse(limit, who, at)
        except TooOften:
            continue
        passed += 1
    return passed


@pytest.mark.django_db
def test_no_more_pass_than_the_limit_says():
    assert times_passed(HERE, 5) == 2


@pytest.mark.django_db
def test_another_address_is_not_hit():
    times_passed(HERE, 5)

    assert times_passed(THERE, 2) == 2


@pytest.mark.django_db
def test_another_purpose_is_not_hit():
    times_passed(HERE, 5)

    assert times_passed(HERE, 2, Limit("other", 2, TWICE.span)) == 2


@pytest.mark.django_db
def test_all_addresses_of_one_ipv6_network_count_as_one():
    found = [times_passed(f"2001:db8::{number}", 1) for number in range(1, 5)]

    assert found == [1, 1, 0, 0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "passed"),
    [
        (datetime(2027, 5, 31, 12, 9, 59, tzinfo=UTC), 0),
        (datetime(2027, 5, 31, 12, 10, tzinfo=UTC), 2),
    ],
    ids=["last second", "next span"],
)
def test_the_next_span_begins_anew(at, passed):
    times_passed(HERE, 5)

    assert times_passed(HERE, 2, at=at) == passed


@pytest.mark.django_db
def test_the_refusal_says_when_it_is_possible_again():
    times_passed(HERE, 2)

    with pytest.raises(TooOften, match="in 7 minutes") as refused:
        pass_or_refuse(TWICE, HERE, AT)

    assert refused.value.seconds == 420


@pytest.mark.django_db
def test_no_address_is_kept():
    pass_or_refuse(TWICE, HERE, AT)
    pass_or_refuse(TWICE, "erika@example.org", AT)

    kept = [str(row) for row in ThrottleCount.objects.values_list()]
    assert len(kept) == 2
    assert not any(HERE in row or "erika" in row for row in kept)


@pytest.mark.django_db
def test_the_hash_of_an_address_is_another_one_tomorrow():
    for days in (0, 1):
        pass_or_refuse(TWICE, HERE, AT + timedelta(days=days))

    assert len(set(ThrottleCount.objects.values_list("who", flat=True))) == 2


@pytest.mark.django_db
def test_counts_go_with_the_key_of_their_day():
    for days in (0, 1, 2):
        pass_or_refuse(TWICE, HERE, AT + timedelta(days=days))

    gone = forget_throttles(AT + timedelta(days=2, minutes=1))

    left = set(ThrottleKey.objects.values_list("day", flat=True))
    begun = {row.begins_at.date() for row in ThrottleCount.objects.all()}
    assert gone == 3
    assert left == {AT.date() + timedelta(days=1), AT.date() + timedelta(days=2)}
    assert begun == {AT.date() + timedelta(days=2)}


@pytest.mark.django_db
def test_tests_can_raise_all_limits(settings):
    settings.THROTTLE_TIMES = 3

    assert times_passed(HERE, 10) == 6


def test_a_town_hall_with_sixty_clerks_passes():
    assert throttling.REGISTRATIONS.most >= 60
    assert throttling.REGISTRATIONS.span == timedelta(minutes=10)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_many_at_the_same_moment_no_more_pass():
    outcomes = at_once(*[lambda: pass_or_refuse(TWICE, HERE, AT) for _one in range(12)])

    assert kinds(outcomes) == ["NoneType"] * 2 + ["TooOften"] * 10


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_the_first_that_come_at_the_same_moment_none_is_refused():
    """Whoever finds no count may find one a moment later, of somebody else."""
    outcomes = []
    for number in range(12):
        at = AT + timedelta(hours=number)
        ask = partial(pass_or_refuse, replace(TWICE, most=6), HERE, at)
        outcomes += at_once(*[ask for _one in range(6)])

    assert kinds(outcomes) == ["NoneType"] * 72
