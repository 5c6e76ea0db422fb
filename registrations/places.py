"""The arithmetic of places: what an edition's delegations hold, and what still fits.

Who writes after asking here holds the lock of the edition's row; the figures are
true only under it.
"""

import math
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Count, Q, Sum

from partnerships.statement import Statement


@dataclass(frozen=True)
class Places:
    """Counts of places, in people of either side and in delegations."""

    german: int = 0
    partner: int = 0
    delegations: int = 0

    @property
    def people(self) -> int:
        return self.german + self.partner

    def __add__(self, other: "Places") -> "Places":
        return Places(
            self.german + other.german,
            self.partner + other.partner,
            self.delegations + other.delegations,
        )


UNITS = ("people", "german", "partner", "delegations")
WAITING = "waiting"
OFFERED = "offered"
SETTLED = ("submitted", "approved")
HOLDING = (*SETTLED, OFFERED)
IN_LINE = (WAITING, OFFERED)


def _delegations():
    """Of one edition, for statements that are made once."""
    rows = apps.get_model("registrations.Delegation").objects
    return rows.filter(edition=0).order_by()


def held(edition) -> Places:
    """What all delegations of the edition hold now."""
    return _held_in(HOLDING, _by_state(edition))


def _by_state(edition) -> list[tuple[str, str, int, int]]:
    """State, side, people that it holds places for, delegations: of all live ones."""
    return _BY_STATE.ask(edition.pk, *HOLDING, WAITING)


_BY_STATE = Statement(
    lambda: (
        _delegations()
        .live()
        .values_list("state", "sides__which")
        .annotate(Sum("sides__held"), Count("pk"))
    )
)


def _held_in(states, rows) -> Places:
    """Of rows of `_by_state`; every delegation has both sides."""
    counted = Places()
    for state, which, people, delegations in rows:
        if state in states and which == "german":
            counted += Places(german=people, delegations=delegations)
        elif state in states and which == "partner":
            counted += Places(partner=people)
    return counted


def capacity(edition, unit: str) -> int | None:
    """How many there are of a unit; None: unlimited."""
    return getattr(edition, f"capacity_{unit}")


def free(edition) -> dict[str, int | None]:
    """What is left in each unit; None: unlimited."""
    return _left(edition, held(edition))


def not_settled(edition) -> dict[str, int | None]:
    """What is left, together with what is offered and not answered yet."""
    return _left(edition, _held_in(SETTLED, _by_state(edition)))


def _left(edition, taken: Places) -> dict[str, int | None]:
    left: dict[str, int | None] = {}
    for unit in UNITS:
        limit = capacity(edition, unit)
        left[unit] = None if limit is None else limit - getattr(taken, unit)
    return left


def fit(edition, wanted: Places, taken: Places | None = None) -> bool:
    """Whether the wanted places, on top of what is held, break no capacity.

    `taken`: what will be held by then, for who looks ahead.
    """
    total = (held(edition) if taken is None else taken) + wanted
    return all(
        getattr(wanted, unit) == 0
        or capacity(edition, unit) is None
        or getattr(total, unit) <= capacity(edition, unit)
        for unit in UNITS
    )


def share(free: dict[str, int | None], wanted: Places) -> Places:
    """What of the wanted places is free: one by one, by turns, German first.

    Nothing at all where not even one German person has a place.
    """
    most = {unit: math.inf if left is None else left for unit, left in free.items()}
    german = partner = 0
    for _turn in range(max(wanted.german, wanted.partner)):
        most_german = min(wanted.german, most["german"])
        if german < most_german and german + partner < most["people"]:
            german += 1
        most_partner = min(wanted.partner, most["partner"])
        if partner < most_partner and german + partner < most["people"]:
            partner += 1
    if german == 0 or most["delegations"] < 1:
        return Places()
    return Places(german, partner, 1)


def without(free: dict[str, int | None], part: Places) -> dict[str, int | None]:
    """What is left when a part of what is free has been given away."""
    return {
        unit: None if left is None else left - getattr(part, unit)
        for unit, left in free.items()
    }


def room(free: dict[str, int | None]) -> int | None:
    """For how many more people there is room, as one number; None: unlimited.

    Where people are unlimited and delegations are not, it counts delegations.
    """
    limits = [limit for limit in (free["people"], _of_both(free)) if limit is not None]
    return min(limits) if limits else free["delegations"]


def size(free: dict[str, int | None], people: int) -> int:
    """What one delegation of so many people takes of the `room`."""
    in_people = free["people"] is not None or _of_both(free) is not None
    return people if in_people else 1


def _of_both(free) -> int | None:
    german, partner = free["german"], free["partner"]
    return None if german is None or partner is None else german + partner


def somebody_waits(edition) -> bool:
    """Whether whoever comes now has to stand behind others.

    Who is asked at the moment is still in line: it may get fewer than it wants.
    """
    return bool(_FIRST_IN_LINE.ask(edition.pk, *IN_LINE))


_FIRST_IN_LINE = Statement(lambda: _delegations().in_line().values_list("pk")[:1])


def is_full(edition) -> bool:
    """Whether even one German person who registers now would have to wait.

    One query, since public pages ask.
    """
    rows = _by_state(edition)
    waits = any(state in IN_LINE for state, *_counts in rows)
    one_more = Places(german=1, delegations=1)
    return waits or not fit(edition, one_more, _held_in(HOLDING, rows))


def next_queue_number(edition) -> int:
    """The next number of the waiting list: 1, 2, 3 …, never one twice.

    Numbers are never taken from a delegation, and delegations that had one are
    never erased before the edition is, so one more than the largest is new.
    """
    ((largest,),) = _LARGEST_NUMBER.ask(edition.pk) or [(0,)]
    return largest + 1


_LARGEST_NUMBER = Statement(
    lambda: (
        _delegations()
        .filter(queue_number__isnull=False)
        .order_by("-queue_number")
        .values_list("queue_number")[:1]
    )
)


def position(delegation) -> int | None:
    """Its place in the waiting list, from 1; None: it does not wait."""
    if delegation.state != delegation.State.WAITING:
        return None
    key, number = delegation.edition_id, delegation.queue_number
    ((_edition, earlier),) = _EARLIER.ask(key, WAITING, number) or [(key, 0)]
    return earlier + 1


_EARLIER = Statement(
    lambda: (
        _delegations()
        .waiting()
        .filter(queue_number__lt=0)
        .order_by()
        .values_list("edition")
        .annotate(Count("pk"))
    )
)


def counted(editions):
    """Editions with what is held of each unit and how many wait, in one query."""
    holds = Q(delegations__state__in=HOLDING)
    german = holds & Q(delegations__sides__which="german")
    partner = holds & Q(delegations__sides__which="partner")
    held_places = "delegations__sides__held"
    return editions.annotate(
        held_people=Sum(held_places, filter=holds, default=0),
        held_german=Sum(held_places, filter=german, default=0),
        held_partner=Sum(held_places, filter=partner, default=0),
        held_delegations=Count("delegations", filter=holds, distinct=True),
        waiting_delegations=Count(
            "delegations", filter=Q(delegations__state=WAITING), distinct=True
        ),
    )
