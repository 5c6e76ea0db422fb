"""Two act on one choice at the same moment: each place is given once."""

import pytest

from registrations.models import (
    Letter,
    Refused,
    Seat,
    Side,
    Wish,
    edition_choice,
    seating,
    side_choice,
)
from tests.factories import staff
from tests.registrations.test_at_once import again, at_once, meet
from tests.registrations.workshops import (
    choice_of,
    close,
    coming,
    edition,
    given,
    places,
    wish,
    workshop,
    workshops,
)

__all__ = ["meet"]
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def wished(count=2):
    """So many people who all wish for the one place."""
    here = edition()
    [session] = workshops(here, 1)
    people = [coming(here)[0] for _number in range(count)]
    for person in people:
        wish(person, session)
    return here, session, people


def test_two_members_of_staff_draw_the_lots(meet):
    here, _session, _people = wished()
    close(here)
    meet(edition_choice.EditionChoice, "_check_closed")

    outcomes = at_once(*[choice_of(here).draw for _time in range(2)])

    assert sorted(outcomes) == [False, True]


def test_two_members_of_staff_give_the_places(meet):
    here, session, _people = wished()
    close(here).draw()
    seen = choice_of(here).outlook().seen
    meet(edition_choice.EditionChoice, "outlook")

    outcomes = at_once(
        *[lambda: choice_of(here).give_places(has_seen=seen) for _time in range(2)]
    )

    assert sorted(map(str, outcomes)) == ["1", "None"]
    assert Seat.objects.filter(session=session).taken().count() == 1


def test_two_members_of_staff_send_the_letters(meet):
    here, _session, _people = wished()
    given(here)
    meet(seating, "standings")

    outcomes = at_once(*[lambda: choice_of(here).tell_all() for _time in range(2)])

    assert sorted(outcomes) == [0, 2]
    assert Letter.objects.filter(kind="workshops").count() == 2


def test_two_who_leave_at_once_let_two_others_move_up(meet):
    here = edition()
    [session] = workshops(here, 1, places=2)
    people = [coming(here)[0] for _number in range(4)]
    for person in people:
        wish(person, session)
    given(here, tell=True)
    leaving = [who for who in people if places(who) == {session.slug: None}]
    staying = [who for who in people if who not in leaving]
    meet(seating, "_fill_slot", before=True)

    def leave(person):
        delegation = again(person.side.delegation)
        delegation.withdraw(by=delegation.german_side)

    outcomes = at_once(*[lambda who=who: leave(who) for who in leaving])

    assert outcomes == [None, None]
    assert [places(who) for who in staying] == [{session.slug: None}] * 2
    assert Letter.objects.filter(kind="workshops").count() == 6


def test_two_members_of_staff_give_the_last_place(meet):
    here, session, people = wished()
    member = staff()
    meet(edition_choice.EditionChoice, "_slot_of")

    outcomes = at_once(
        *[
            lambda who=who: choice_of(here).seat(who, session, by=member, reason="x")
            for who in people
        ]
    )

    assert sorted(type(one) for one in outcomes if one is not None) == [Refused]
    assert Seat.objects.taken().count() == 1


def test_two_members_of_staff_give_one_person_two_places_at_one_time(meet):
    here, session, [person] = wished(1)
    other = workshop(here)
    workshops(here, 0)
    member = staff()
    meet(edition_choice.EditionChoice, "_in_the_way")

    at_once(
        *[
            lambda one=one: choice_of(here).seat(person, one, by=member, reason="x")
            for one in (session, other)
        ]
    )

    assert Seat.objects.filter(participant=person).count() == 1


def test_person_and_side_choose_at_once(meet):
    here = edition()
    first, second = workshops(here)
    [person] = coming(here)
    sides = [Side.objects.get(pk=person.side_id) for _number in range(2)]
    meet(side_choice, "_fit")

    outcomes = at_once(
        *[
            lambda side=side, one=one: side.choose(person, {one.pk: 1}, by=side)
            for side, one in zip(sides, (first, second), strict=True)
        ]
    )

    assert outcomes == [None, None]
    assert Wish.objects.filter(participant=person).count() == 1
