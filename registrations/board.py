"""The status board of one delegation, as one of its sides reads it."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from registrations import missing
from registrations.missing import PAGES_OF_PERSONS, Missing, What


@dataclass(frozen=True)
class Task:
    """Something that the reader owes, with the page that mends it."""

    missing: Missing
    address: str


@dataclass
class Row:
    """The contact of a side, one of its people, or the places without a name.

    Or, with nothing missing, all people who lack nothing.
    """

    who: str
    about: str = ""
    missing: list[Missing] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """One side of the board. `is_own`: the reader's."""

    name: str
    is_own: bool
    rows: list[Row]


class Board:
    """Both sides with their people and what is missing; the reader's tasks first.

    A side that has nobody to bring and owes nothing does not stand on it.
    """

    def __init__(self, reader, token: str):
        self.reader = reader
        self.token = token
        delegation = reader.delegation
        self.found = missing.of(delegation)
        sides = [delegation.german_side, delegation.partner_side]
        self.parts = [
            part
            for side in sorted(sides, key=lambda side: side.which != reader.which)
            if (part := self._part(side)).rows
        ]

    @property
    def tasks(self) -> list[Task]:
        return [
            Task(one, self._address(one))
            for one in self.found
            if one.by.which == self.reader.which
        ]

    @property
    def is_complete(self) -> bool:
        return not self.found

    def _address(self, one: Missing) -> str:
        if one.fragment:
            return f"#{one.fragment}"
        is_about_person = one.person and one.page in PAGES_OF_PERSONS
        arguments = [self.token, *([one.person.pk] if is_about_person else [])]
        return reverse(f"registrations:{one.page}", args=arguments)

    def _part(self, side) -> Part:
        found = [one for one in self.found if one.side.which == side.which]
        return Part(_name(side), side.which == self.reader.which, rows_of(side, found))


def rows_of(side, found: list[Missing]) -> list[Row]:
    """What is missing row by row, and in one more all people who lack nothing."""
    about_side = [one for one in found if one.person is None and not _is_name(one)]
    names = [one for one in found if _is_name(one)]
    rows = [Row(side.contact_name or _("Contact"), _("Contact"), about_side)]
    for person in side.people:
        theirs = [one for one in found if one.person == person]
        rows.append(Row(person.full_name, _about(person), theirs))
    rows.append(Row(_("Name follows"), "", names))
    complete = [row.who for row in rows[1:-1] if not row.missing]
    open_rows = [row for row in rows if row.missing]
    return [*open_rows, Row(", ".join(complete))] if complete else open_rows


def _is_name(one: Missing) -> bool:
    return one.what == What.NAMES


def _about(person) -> str:
    """What both sides may read of a person: no address, nothing sensitive."""
    kind = person.get_organisation_kind_display()
    return ", ".join(
        part for part in (kind, person.organisation, person.function) if part
    )


def _name(side) -> str:
    delegation = side.delegation
    town = delegation.german_municipality
    if not side.is_german and delegation.partnership:
        town = delegation.partnership.partner
    return str(town or _("Guests"))
