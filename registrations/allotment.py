"""Who gets a place in which workshop: by lot, fair, and the same again each time.

Plain data in, plain data out: no row is read or written here. The same wishes, places
and seed give the same result, in whatever order they come.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

# Who got nothing in an earlier slot goes before who got the second wish there.
NOTHING, ONLY_SECOND = 2, 1


class How(StrEnum):
    """How the allotment came to a result."""

    FIRST = "first"
    SECOND = "second"
    WAITS = "waits"


@dataclass(frozen=True)
class Slot:
    """Sessions at one time, with the places of each; a person gets one of them."""

    key: int
    places: dict[int, int]


@dataclass(frozen=True)
class Wished:
    person: int
    session: int
    rank: int  # 1: would like it best


@dataclass(frozen=True)
class Result:
    """What one person gets, or waits for, and why.

    `lot`: the place in the line of this slot, from 1. `last`: the last lot that still
    got a place in the session wished first; None where there were none to give.
    """

    person: int
    session: int
    how: How
    lot: int
    waiting: int | None = None  # its number in the waiting order of the session
    last: int | None = None
    came_forward: bool = False  # for what an earlier slot did not give


@dataclass
class _Slot:
    """One slot while its places are given away."""

    free: dict[int, int]
    line: list[int]  # people, in the order of their lots
    wishes: dict[int, list[int]]
    got: dict[int, tuple[int, How]] = field(default_factory=dict)
    last: dict[int, int] = field(default_factory=dict)

    def give(self, rank: int) -> None:
        """One round: who has nothing yet gets the wish of this rank, by lot."""
        for lot, person in enumerate(self.line, start=1):
            wished = self.wishes[person][rank - 1 : rank]
            if person in self.got or not wished or self.free[wished[0]] < 1:
                continue
            self.free[wished[0]] -= 1
            self.got[person] = (wished[0], How.FIRST if rank == 1 else How.SECOND)
            if rank == 1:
                self.last[wished[0]] = lot


def allot(
    seed: str,
    slots: Iterable[Slot],
    wishes: Iterable[Wished],
    kept: Iterable[tuple[int, int]] = (),
) -> list[Result]:
    """Give the places of each slot: all first wishes, then the second ones.

    `slots` come in the order of time. `kept`: people with the sessions in which staff
    gave them a place; they count, and get nothing else in that slot.
    """
    wishes, kept = list(wishes), sorted(set(kept))
    missed: dict[int, int] = defaultdict(int)
    results: list[Result] = []
    for slot in slots:
        seated = [(who, what) for who, what in kept if what in slot.places]
        own = _wishes_in(slot, wishes, {who for who, _what in seated})
        free = dict(slot.places)
        for _who, what in seated:
            free[what] -= 1
        state = _Slot(free, _line(seed, slot, own, missed), own)
        state.give(1)
        state.give(2)
        results += _results(state, missed)
        for person in own:
            how = state.got.get(person, (0, How.WAITS))[1]
            missed[person] += {How.FIRST: 0, How.SECOND: ONLY_SECOND}.get(how, NOTHING)
    return results


def _wishes_in(slot, wishes, without) -> dict[int, list[int]]:
    """Each person's sessions of this slot, the dearest first; at most two."""
    found: dict[int, list[int]] = defaultdict(list)
    for one in sorted(wishes, key=lambda one: (one.person, one.rank, one.session)):
        if one.session in slot.places and one.person not in without:
            found[one.person].append(one.session)
    return {person: list(dict.fromkeys(own))[:2] for person, own in found.items()}


def _line(seed, slot, people, missed) -> list[int]:
    """By lot; who missed more before draws among those who did, ahead of the others."""
    return sorted(people, key=lambda who: (-missed[who], _draw(seed, slot.key, who)))


def _draw(seed: str, slot: int, person: int) -> tuple[str, int]:
    drawn = hashlib.sha256(f"{seed}/{slot}/{person}".encode()).hexdigest()
    return drawn, person


def _results(slot: _Slot, missed) -> list[Result]:
    """In the order of the lots; who has nothing waits for each of the own wishes."""
    numbers: dict[tuple[int, int], int] = {}
    waiting: dict[int, int] = defaultdict(int)
    for rank in (1, 2):
        for person in slot.line:
            for session in slot.wishes[person][rank - 1 : rank]:
                if person not in slot.got:
                    waiting[session] += 1
                    numbers[person, session] = waiting[session]
    results = []
    for lot, person in enumerate(slot.line, start=1):
        own = slot.wishes[person]
        drawn = Result(
            person,
            own[0],
            How.WAITS,
            lot=lot,
            last=slot.last.get(own[0]),
            came_forward=missed[person] > 0,
        )
        if person in slot.got:
            session, how = slot.got[person]
            results.append(replace(drawn, session=session, how=how))
            continue
        results += [
            replace(drawn, session=session, waiting=numbers[person, session])
            for session in own
        ]
    return results
