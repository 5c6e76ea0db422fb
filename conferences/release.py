"""Staff prepare a programme, see what a release would change, and release it."""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from operator import attrgetter

from django.db import transaction
from django.utils import timezone

from conferences.models import Edition, Room, Session, Speaker

PARTS = (
    "title",
    "abstract",
    "kind",
    "starts_at",
    "ends_at",
    "room",
    "languages",
    "interpretation",
    "goals",
    "capacity",
    "is_by_choice",
    "is_public",
    "is_cancelled",
    "people",
)


@dataclass(frozen=True)
class Change:
    """One session that a release would publish anew, and what is other about it."""

    session: Session
    parts: list[str]  # names of its fields

    @property
    def is_new(self) -> bool:
        return not self.session.is_released


@dataclass(frozen=True)
class Overlap:
    """Two sessions at the same time in one room, or with one person."""

    what: str
    first: Session
    second: Session


@dataclass(frozen=True)
class Stray:
    """A session with a room or a person of another conference."""

    what: str
    session: Session


def prepared(edition) -> list[Session]:
    """The sessions as staff have them now, in order, with all that a release copies."""
    sessions = edition.sessions.select_related("room", "edition__series")
    return list(sessions.prefetch_related("goals", "contributions__speaker"))


def changes(sessions: list[Session]) -> list[Change]:
    """What a release would publish. What was cancelled before it was public is not."""
    return [
        Change(session, _other_parts(session))
        for session in sessions
        if session.released != session.as_prepared()
        and (session.is_released or not session.is_cancelled)
    ]


def seen(found: list[Change]) -> str:
    """A fingerprint of changes: who releases has seen these, and no others."""
    now = [[change.session.pk, change.session.as_prepared()] for change in found]
    return hashlib.sha256(json.dumps(now, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def release(edition, *, has_seen: str) -> int | None:
    """Publish what is prepared; returns how many sessions changed.

    None, and nothing is published, where something else is prepared now than was
    seen, or a room or a person is of another conference: the public pages would leave
    it out. Addresses stay; calendars are told of each change.
    """
    Edition.objects.select_for_update().only("pk").get(pk=edition.pk)
    sessions = prepared(edition)
    found = changes(sessions)
    if strays(sessions) or seen(found) != has_seen:
        return None
    now = timezone.now()
    for change in found:
        session = change.session
        session.sequence += 0 if change.is_new else 1
        session.released, session.released_at = session.as_prepared(), now
        session.save(update_fields=["released", "released_at", "sequence"])
    return len(found)


def strays(sessions: list[Session]) -> list[Stray]:
    """Rooms and people of other conferences; the forms of the admin take none."""
    rooms = [
        Stray(str(session.room), session)
        for session in sessions
        if session.has_foreign_room
    ]
    people = [
        Stray(str(one.speaker), session)
        for session in sessions
        for one in session.contributions.all()
        if one.is_foreign
    ]
    return rooms + people


def overlaps(sessions: list[Session]) -> list[Overlap]:
    """Where a room or a person is needed twice at a time. sessions: as prepared."""
    there: dict[Room | Speaker, list[Session]] = defaultdict(list)
    for session in sessions:
        if session.is_cancelled:
            continue
        if session.room:
            there[session.room].append(session)
        for one in session.contributions.all():
            there[one.speaker].append(session)
    return [
        overlap
        for what, its_sessions in there.items()
        for overlap in _overlapping(str(what), its_sessions)
    ]


def _overlapping(what: str, sessions: list[Session]):
    """Each with the one that ends last of those before it."""
    last = sessions[0]
    for session in sessions[1:]:
        if session.starts_at < last.ends_at:
            yield Overlap(what, last, session)
        last = max(last, session, key=attrgetter("ends_at"))


def _other_parts(session: Session) -> list[str]:
    """The fields that differ from what is public; one of several languages is one."""
    before, after = session.released, session.as_prepared()
    if before is None:
        return []
    other = [name for name in after if before.get(name) != after[name]]
    fields = {_field(name) for name in other}
    return sorted(fields, key=PARTS.index)


def _field(name: str) -> str:
    """The field of a value of the copy: of the columns of all languages one."""
    return next(part for part in PARTS if name == part or name.startswith(f"{part}_"))
