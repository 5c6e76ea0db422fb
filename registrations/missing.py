"""What a delegation still owes: about whom, what, by which side, and until when.

The one place that says so: the pages of both sides, the board of staff and the
reminders ask here.
"""

from collections.abc import Iterable

from registrations.missing_sources import (
    PAGES_OF_PERSONS,
    SOURCES,
    Missing,
    What,
    last_day_for_changes,
)

__all__ = [
    "PAGES_OF_PERSONS",
    "Missing",
    "What",
    "by",
    "last_day_for_changes",
    "loaded",
    "of",
    "of_all",
]


def of_all(delegations: Iterable) -> dict[int, list[Missing]]:
    """What each of these delegations owes, by its key; those that ended owe nothing.

    First what is about the German side, then its people, then the partner's.
    """
    delegations = list(delegations)
    sides = [
        side
        for delegation in delegations
        if delegation.is_live
        for side in (delegation.german_side, delegation.partner_side)
    ]
    found: dict[int, list[Missing]] = {one.pk: [] for one in delegations}
    for source in SOURCES:
        for one in source(sides):
            found[one.side.delegation_id].append(one)
    for rows in found.values():
        rows.sort(key=_in_order)
    return found


def of(delegation) -> list[Missing]:
    return of_all([delegation])[delegation.pk]


def by(side) -> list[Missing]:
    """What one side owes, about itself or the other."""
    return [one for one in of(side.delegation) if one.by.which == side.which]


def loaded(rows, edition) -> list:
    """Delegations of one conference, with their people: three queries."""
    delegations = list(
        rows.filter(edition=edition)
        .select_related(
            "german_municipality", "partnership__german", "partnership__partner"
        )
        .prefetch_related("sides__participants")
    )
    for delegation in delegations:
        delegation.edition = edition
    return delegations


def _in_order(one: Missing) -> tuple:
    return one.side.which, one.person.pk if one.person else 0
