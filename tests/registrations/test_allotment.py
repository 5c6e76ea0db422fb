"""Places by lot: fair, within the places, and the same again each time."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.allotment import How, Slot, Wished, allot

SEED = "a seed"
A, B, C, D = 1, 2, 3, 4


def got(results):
    """Who has a place where; without those who wait."""
    return {one.person: one.session for one in results if one.how != How.WAITS}


def waiting(results, session):
    """People who wait for a session, in their order."""
    rows = [one for one in results if one.session == session and one.waiting]
    assert [one.waiting for one in sorted(rows, key=lambda one: one.waiting)] == list(
        range(1, len(rows) + 1)
    )
    return [one.person for one in sorted(rows, key=lambda one: one.waiting)]


def wishes(*lists):
    """Of person 1, 2 and so on: sessions, the dearest first."""
    return [
        Wished(person, session, rank)
        for person, sessions in enumerate(lists, start=1)
        for rank, session in enumerate(sessions, start=1)
    ]


def test_everybody_gets_the_first_wish_where_there_is_room():
    results = allot(SEED, [Slot(A, {A: 2, B: 2})], wishes([A, B], [A, B], [B, A]))

    assert got(results) == {1: A, 2: A, 3: B}
    assert {one.how for one in results} == {How.FIRST}


def test_a_first_wish_goes_before_any_second_one():
    results = allot(SEED, [Slot(A, {A: 1, B: 1})], wishes([A, B], [A, B], [B]))

    assert got(results)[3] == B


def test_who_gets_neither_wish_waits_for_both_first_wishes_before_second_ones():
    results = allot(SEED, [Slot(A, {A: 1, B: 1})], wishes([A, B], [A, B], [B, A], [B]))

    seated = got(results)
    [waits_for_a] = {1, 2} - set(seated)
    [waits_for_b] = {3, 4} - set(seated)
    assert waiting(results, A)[0] == waits_for_a
    assert waiting(results, B) == [waits_for_b, waits_for_a]


def test_who_misses_the_first_wish_gets_the_second_and_waits_for_nothing():
    results = allot(SEED, [Slot(A, {A: 1, B: 1})], wishes([A, B], [A, B]))

    assert sorted(got(results).values()) == [A, B]
    assert waiting(results, A) == []
    [second] = [one for one in results if one.how == How.SECOND]
    assert (second.lot, second.last) == (2, 1)


def test_who_got_nothing_before_goes_before_who_got_the_second_wish():
    first = [[A], [A], [A, B]]
    later = [[C], [C], [C]]
    slots = [Slot(A, {A: 1, B: 1}), Slot(C, {C: 2})]

    for seed in map(str, range(20)):
        results = allot(seed, slots, [*wishes(*first), *wishes(*later)])

        lots = {one.person: one.lot for one in results if one.session == C}
        nothing = {1, 2, 3} - set(got([one for one in results if one.session != C]))
        seconds = {one.person for one in results if one.how == How.SECOND}
        firsts = {one.person for one in results if one.session == A and not one.waiting}
        order = [lots[who] for group in (nothing, seconds, firsts) for who in group]
        assert max(lots[who] for who in nothing) <= len(nothing)
        assert max(order) == lots[next(iter(firsts))]
        assert all(
            one.came_forward == (one.person not in firsts)
            for one in results
            if one.session == C
        )


def test_a_place_that_staff_gave_counts_and_its_person_gets_no_other():
    slots = [Slot(A, {A: 1, B: 1})]

    results = allot(SEED, slots, wishes([A], [B]), kept=[(2, A)])

    assert got(results) == {}
    assert waiting(results, A) == [1]
    assert results[0].last is None


def test_a_wish_for_what_is_not_offered_any_more_is_left_out():
    results = allot(SEED, [Slot(A, {A: 1})], wishes([B, A]))

    assert got(results) == {1: A}


def test_each_gets_the_first_lot_about_as_often():
    """A fair coin: 400 draws, and nobody is far from a quarter of them."""
    slots = [Slot(A, {A: 1})]
    people = wishes([A], [A], [A], [A])

    winners = Counter(
        next(iter(got(allot(str(seed), slots, people)))) for seed in range(400)
    )

    assert sorted(winners) == [1, 2, 3, 4]
    assert min(winners.values()) > 70


SESSIONS = {0: (1, 2, 3), 1: (4, 5), 2: (6,)}


@st.composite
def situations(draw):
    places = {
        session: draw(st.integers(0, 4))
        for sessions in SESSIONS.values()
        for session in sessions
    }
    slots = [
        Slot(min(sessions), {session: places[session] for session in sessions})
        for sessions in SESSIONS.values()
    ]
    rows = []
    for person in range(1, draw(st.integers(1, 9)) + 1):
        for sessions in SESSIONS.values():
            chosen = draw(st.lists(st.sampled_from(sessions), max_size=2, unique=True))
            rows += [Wished(person, one, rank) for rank, one in enumerate(chosen, 1)]
    kept = []
    for session, free in places.items():
        if free and draw(st.booleans()):
            kept.append((100 + session, session))
    return draw(st.text(max_size=5)), slots, rows, kept


@given(situations(), st.randoms(use_true_random=False))
def test_whatever_is_wished_the_places_are_given_by_the_rules(situation, shuffled):
    seed, slots, rows, kept = situation

    results = allot(seed, slots, rows, kept)

    again = random.Random(shuffled.random()).sample(rows, len(rows))  # noqa: S311
    assert allot(seed, slots, again, reversed(kept)) == results
    ranks = {(one.person, one.session): one.rank for one in rows}
    for slot in slots:
        here = [one for one in results if one.session in slot.places]
        seated = [one for one in here if one.how != How.WAITS]
        assert len({one.person for one in seated}) == len(seated)
        assert not {one.person for one in seated} & {
            o.person for o in here if o.waiting
        }
        taken = Counter([one.session for one in seated])
        taken.update(session for _who, session in kept if session in slot.places)
        assert all(taken[one] <= places for one, places in slot.places.items())
        wished = {one.person for one in rows if one.session in slot.places}
        assert {one.person for one in here} == wished
        for session in slot.places:
            check_line(here, session, ranks, slot.places[session] - taken[session])


def check_line(here, session, ranks, left):
    """Nobody waits beside a free place; first wishes by lot, then second ones."""
    line = [one for one in here if one.session == session and one.waiting]
    assert not (line and left)
    line.sort(key=lambda one: one.waiting)
    assert [one.waiting for one in line] == list(range(1, len(line) + 1))
    keys = [(min(ranks[one.person, session], 2), one.lot) for one in line]
    assert keys == sorted(keys)
    firsts = [one for one in here if one.session == session and one.how == How.FIRST]
    for one in firsts:
        assert not [
            other
            for other in line
            if ranks[other.person, session] == 1 and other.lot < one.lot
        ]


@pytest.mark.parametrize("seed", ["x", "y"])
def test_another_seed_is_another_line(seed):
    people = wishes(*[[A]] * 12)

    def line(seed):
        return waiting(allot(seed, [Slot(A, {A: 0})], people), A)

    assert line(seed) == line(seed)
    assert line("x") != line("y")
