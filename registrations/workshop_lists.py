"""Who takes part in a session for choice, as staff see it and as a table."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations, groupby

from django.utils.translation import gettext as _

from conferences import programme, slots
from conferences.programme import Item
from registrations import allotment, allotment_words, choice, export
from registrations.models import Participant, Seat, Wish


@dataclass(frozen=True)
class Row:
    """A person with a place, or with a number of the waiting order, and why."""

    person: Participant
    waiting: int | None
    why: str


@dataclass
class Workshop:
    """One session for choice: what was wished, and who gets it."""

    item: Item
    wishes: dict[int, int] = field(default_factory=dict)  # by rank
    seated: list[Row] = field(default_factory=list)
    waiting: list[Row] = field(default_factory=list)

    @property
    def title(self) -> str:
        return choice.title_of(self.item)

    @property
    def first_wishes(self) -> int:
        return self.wishes.get(Wish.Rank.FIRST, 0)

    @property
    def second_wishes(self) -> int:
        return self.wishes.get(Wish.Rank.SECOND, 0)

    @property
    def free(self) -> int:
        return max((self.item.capacity or 0) - len(self.seated), 0)

    @property
    def is_over_full(self) -> bool:
        return len(self.seated) > (self.item.capacity or 0)


@dataclass
class Overview:
    """All sessions for choice of a conference, by slot, and what is amiss.

    `lost`: sessions in which people have places, but which are not offered any more.
    """

    slots: list[tuple[str, list[Workshop]]]
    lost: list[Workshop]
    people_who_wished: int
    people_who_may: int

    @property
    def workshops(self) -> list[Workshop]:
        return [one for _when, found in self.slots for one in found]

    @property
    def with_lost(self) -> list[Workshop]:
        return [*self.workshops, *self.lost]

    def of(self, person) -> list[tuple[Workshop, Row]]:
        """What one person has, or waits for."""
        return [
            (one, row)
            for one in self.with_lost
            for row in (*one.seated, *one.waiting)
            if row.person == person
        ]

    @property
    def can_fill(self) -> bool:
        """Whether somebody waits beside a free place, which a release has added."""
        return any(one.free and one.waiting for one in self.workshops)

    @property
    def worries(self) -> list[str]:
        full = [
            _("“%(title)s” has %(places)d places now, and %(people)d people have one.")
            % {
                "title": one.title,
                "places": one.item.capacity,
                "people": len(one.seated),
            }
            for one in self.workshops
            if one.is_over_full
        ]
        return full + self._clashes()

    def _clashes(self) -> list[str]:
        """Who is needed twice at a time, since a release has moved a session."""
        theirs: dict[Participant, list[Workshop]] = defaultdict(list)
        for one in self.workshops:
            for row in one.seated:
                theirs[row.person].append(one)
        return [
            _("%(person)s has two places at one time: “%(first)s” and “%(second)s”.")
            % {"person": person, "first": first.title, "second": second.title}
            for person, own in theirs.items()
            for first, second in combinations(own, 2)
            if first.item.starts_at < second.item.ends_at
            and second.item.starts_at < first.item.ends_at
        ]


def overview(edition, results: list[allotment.Result] | None = None) -> Overview:
    """As it stands; with `results`, as giving the places would make it."""
    items = programme.released(edition)
    coming = {one.pk: one for one in Participant.objects.coming_to(edition)}
    wishes = Wish.objects.filter(participant__in=list(coming), session__edition=edition)
    count = Counter(wishes.order_by().values_list("session", "rank"))
    rows = _rows(edition, coming, results)

    def workshop(item):
        ranks = {rank: count[item.pk, rank] for rank in Wish.Rank.values}
        own = rows.get(item.pk, [])
        waiting = [row for row in own if row.waiting]
        return Workshop(item, ranks, [r for r in own if not r.waiting], waiting)

    found = slots.of(items)
    offered = {item.pk for slot in found for item in slot.items}
    return Overview(
        [(choice.when(slot), [workshop(i) for i in slot.items]) for slot in found],
        [workshop(i) for i in items if i.pk in rows and i.pk not in offered],
        wishes.order_by().values("participant").distinct().count(),
        len(coming),
    )


def _rows(edition, coming, results) -> dict[int, list[Row]]:
    """By session: places by name, then who waits by number."""
    rows = [
        (
            seat.session_id,
            Row(coming[seat.participant_id], seat.waiting_number, seat.why),
        )
        for seat in Seat.objects.of(edition)
        if seat.participant_id in coming
        and (results is None or seat.how == Seat.How.STAFF)
    ]
    for one in results or ():
        why = allotment_words.why(
            one.how, lot=one.lot, last=one.last, came_forward=one.came_forward
        )
        rows.append((one.session, Row(coming[one.person], one.waiting, why)))
    rows.sort(
        key=lambda pair: (pair[0], pair[1].waiting or 0, _by_name(pair[1].person))
    )
    return {
        session: [row for _session, row in group]
        for session, group in groupby(rows, key=lambda pair: pair[0])
    }


def _by_name(person) -> tuple[str, str, int]:
    return person.family_name.casefold(), person.given_names.casefold(), person.pk


def attendance(edition, session) -> bytes:
    """Who has a place in a session, by name, and then who waits, as a table."""
    person = Participant._meta.get_field
    names = ["family_name", "given_names", "organisation", "function"]
    header = [
        *(str(person(name).verbose_name) for name in names),  # type: ignore[union-attr]  # real columns
        _("municipality"),
        _("reference"),
        _("place"),
    ]
    coming = Participant.objects.coming_to(edition).select_related(
        "side__delegation__german_municipality",
        "side__delegation__partnership__partner",
    )
    found = _rows(edition, {one.pk: one for one in coming}, None)
    return export.table(
        [header, *(_cells(row, names) for row in found.get(session.pk, []))]
    )


def _cells(row: Row, names: list[str]) -> list[str]:
    waits = _("waits, number %(number)d") % {"number": row.waiting or 0}
    return [
        *(getattr(row.person, name) for name in names),
        str(row.person.side.town or ""),
        row.person.side.delegation.reference,
        waits if row.waiting else _("yes"),
    ]
