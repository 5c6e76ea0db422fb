"""Places in sessions as they come free, and whom the letters about them reach.

All of this is done under the lock of the edition's row.
"""

from collections import defaultdict
from collections.abc import Iterable

from conferences import slots
from partnerships.statement import Statement
from registrations.models.history import HistoryEntry
from registrations.models.letter import Letter
from registrations.models.participant import Participant
from registrations.models.seat import Allotment, Seat, Wish

Verb = HistoryEntry.Verb
_MADE = Statement(lambda: Allotment.objects.made().filter(edition=0).order_by())
# By person: sessions with the position in the waiting order, None for a place.
Standings = dict[int, list[tuple[int, int | None]]]


def standings(edition) -> Standings:
    """What everybody has and waits for, in one query."""
    found: Standings = defaultdict(list)
    waiting: dict[int, int] = defaultdict(int)
    rows = Seat.objects.of(edition).order_by("session", "waiting_number")
    for person, session, number in rows.values_list(
        "participant", "session", "waiting_number"
    ):
        waiting[session] += number is not None
        position = waiting[session] if number is not None else None
        found[person].append((session, position))
    return found


def leave(delegation) -> None:
    """A delegation comes no more: its people's places go to who waits."""
    Seat.objects.filter(participant__side__delegation=delegation).delete()
    fill(delegation.edition)


def fill(edition) -> list[Participant]:
    """Give free places to who waits first, with a letter; returns who moved up.

    Nothing is given before the allotment. Until its letters are sent, nobody is told.
    """
    if edition.choice_closes_at is None or edition.is_over():
        return []
    allotments = _MADE.ask(edition.pk)
    if not allotments:
        return []
    moved = [
        person for slot in slots.of_edition(edition) for person in _fill_slot(slot)
    ]
    if allotments[0].sent_at:
        tell(edition, moved)
    return moved


def _fill_slot(slot) -> list[Participant]:
    """One place after the other; who heads two lines gets the dearer session."""
    free = {item.pk: item.capacity for item in slot.items}
    rows = list(
        Seat.objects.filter(session__in=list(free))
        .select_related("session", "participant__side__delegation")
        .order_by("waiting_number")
    )
    seated = {row.participant_id for row in rows if not row.waits}
    for row in rows:
        free[row.session_id] -= not row.waits
    waiting = [row for row in rows if row.waits and row.participant_id not in seated]
    ranks = _ranks(waiting)
    moved = []
    while heads := [row for row in waiting if free[row.session_id] > 0]:
        first = min(heads, key=lambda row: (ranks.get(key(row), 2), row.waiting_number))
        free[first.session_id] -= 1
        _move_up(first, slot)
        moved.append(first.participant)
        waiting = [row for row in waiting if row.participant_id != first.participant_id]
    return moved


def key(row) -> tuple[int, int]:
    return row.participant_id, row.session_id


def _ranks(rows) -> dict[tuple[int, int], int]:
    people = {row.participant_id for row in rows}
    wishes = Wish.objects.filter(participant__in=people)
    return {key(wish): wish.rank for wish in wishes}


def _move_up(row: Seat, slot) -> None:
    row.waiting_number = None
    row.how = Seat.How.MOVED_UP
    row.save(update_fields=["waiting_number", "how"])
    sessions = [item.pk for item in slot.items]
    others = Seat.objects.filter(participant=row.participant, session__in=sessions)
    others.exclude(pk=row.pk).delete()
    record(row, Verb.SEAT)


def record(row: Seat, verb, *, by=None, reason="") -> None:
    delegation = row.participant.side.delegation
    delegation.history.record(
        delegation, verb, by=by, reason=reason, changes={"session": row.session.slug}
    )


def reader(person: Participant) -> tuple:
    """The side that gets a letter about a person, and the person, if it reads it.

    Who has no address of its own, or no own page, is told by the side's contact.
    """
    side = person.side
    delegation = side.delegation
    if delegation.edition.has_person_pages and person.email:
        return side, person
    is_reached = side.is_german or side.invited_at is not None
    if not (is_reached and side.contact_email):
        side = delegation.german_side
    return side, None


def tell(edition, people: Iterable[Participant], reason="") -> int:
    """Write to these people, or once to the contact for several, how they stand now."""
    theirs: dict[tuple, list[Participant]] = defaultdict(list)
    for person in people:
        person.side.delegation.edition = edition
        theirs[reader(person)].append(person)
    if not theirs:
        return 0
    stand = standings(edition)
    for (side, participant), group in theirs.items():
        Letter.objects.write(
            side,
            Letter.Kind.WORKSHOPS,
            participant=participant,
            reason=reason,
            workshops={str(one.pk): stand.get(one.pk, []) for one in group},
        )
    return len(theirs)
