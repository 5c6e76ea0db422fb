"""What the board of staff shows: the delegations of an edition and what each owes."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from partnerships import plain_text
from registrations import missing
from registrations.missing import Missing, What
from registrations.models import Delegation, Side

PER_PAGE = 50
NOTHING = "nothing"
HANDED_IN = [one for one in Delegation.State if one != Delegation.State.DRAFT]
# Each filter of the address with the values that it knows; others choose nothing.
FILTERS: dict[str, list] = {
    "owes": [*Side.Which, NOTHING],
    "what": [*What],
    "overdue": ["yes"],
    "state": HANDED_IN,
}


@dataclass(frozen=True)
class Line:
    """One delegation on the board of staff."""

    delegation: Delegation
    found: list[Missing]

    @property
    def sides(self) -> list[list[Missing]]:
        """What is missing by the German side, and by the partner side."""
        return [
            [one for one in self.found if one.by.which == which] for which in Side.Which
        ]

    @property
    def name(self) -> str:
        return self.delegation.names or _("Guests")


class StaffBoard:
    """All delegations of an edition that staff look for, and how many owe what.

    What is missing is known by Python only, so all of them are loaded, by the same few
    queries however many they are; the page shows a part.
    """

    def __init__(self, edition, query: QueryDict):
        self.edition = edition
        self.chosen = {
            name: value if (value := query.get(name, "")) in known else ""
            for name, known in FILTERS.items()
        }
        self.text = plain_text.as_query(query.get("q", ""))
        self.page_wanted = query.get("page")

    @cached_property
    def _everything(self) -> list[Line]:
        rows = Delegation.objects.handed_in()
        if self.text:
            rows = rows.found(self.text)
        delegations = missing.loaded(rows, self.edition)
        found = missing.of_all(delegations)
        lines = [Line(one, found[one.pk]) for one in delegations]
        return sorted(
            lines, key=lambda line: (line.name.casefold(), line.delegation.pk)
        )

    @cached_property
    def _in_state(self) -> list[Line]:
        """Of the state that was chosen; else all that are still coming."""
        if state := self.chosen["state"]:
            return [row for row in self._everything if row.delegation.state == state]
        return [row for row in self._everything if row.delegation.is_live]

    @cached_property
    def lines(self) -> list[Line]:
        if self.chosen["owes"] == NOTHING:
            return [line for line in self._in_state if not line.found]
        asked = [self.chosen[name] for name in ("owes", "what", "overdue")]
        if not any(asked):
            return self._in_state
        return [line for line in self._in_state if any(map(self._fits, line.found))]

    def _fits(self, one: Missing) -> bool:
        owes, what = self.chosen["owes"], self.chosen["what"]
        return (
            (not owes or one.by.which == owes)
            and (not what or one.what == what)
            and (not self.chosen["overdue"] or one.is_overdue)
        )

    @cached_property
    def page(self):
        return Paginator(self.lines, PER_PAGE).get_page(self.page_wanted)

    @property
    def query(self) -> str:
        query = QueryDict(mutable=True)
        chosen = {**self.chosen, "q": self.text}
        query.update({name: value for name, value in chosen.items() if value})
        return query.urlencode()

    @property
    def choices(self) -> list[tuple[str, str, list[tuple[str, str, int]]]]:
        """Each filter with its choices, and how many delegations each would show."""
        counts = self._counts
        sides = [(which.value, str(which.label)) for which in Side.Which]
        states = Counter(row.delegation.state for row in self._everything)
        return [
            (
                "owes",
                _("Who owes something"),
                _counted(counts, [*sides, (NOTHING, _("nobody"))]),
            ),
            ("what", _("What is missing"), _counted(counts, What.choices)),
            ("overdue", _("Time"), _counted(counts, [("yes", _("overdue"))])),
            (
                "state",
                _("State"),
                [(one.value, str(one.label), states[one]) for one in HANDED_IN],
            ),
        ]

    @property
    def _counts(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for line in self._in_state:
            counts[NOTHING] += not line.found
            counts.update({str(one.by.which) for one in line.found})
            counts.update({str(one.what) for one in line.found})
            counts["yes"] += any(one.is_overdue for one in line.found)
        return counts


def _counted(counts, choices) -> list[tuple[str, str, int]]:
    return [(value, str(label), counts[value]) for value, label in choices]
