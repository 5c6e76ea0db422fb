"""The released programme of the demonstration: invented sessions and people."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

from conferences import release
from conferences.models import Contribution, Edition, Room, Session, Speaker
from partnerships import spelling
from partnerships.masterdata import Report, Row, rows
from partnerships.models import Goal

DATA = Path(__file__).parent / "data" / "demonstration"
TEXTS = ["title_de", "title_en", "abstract_de", "abstract_en"]
PLAIN = ["slug", "kind", "languages", "interpretation"]
COLUMNS = ["day", "starts", "ends", "room", "goals", "capacity"]
YES_OR_NO = ["is_public", "is_by_choice"]
PEOPLE = {
    "speakers": Contribution.Role.SPEAKER,
    "moderators": Contribution.Role.MODERATOR,
}


def add_programme(edition: Edition) -> None:
    """Rooms, people and sessions on the days of an edition, all released."""
    rooms = {row["key"]: room for row, room in _rooms(edition)}
    speakers = {speaker.name: speaker for speaker in _speakers(edition)}
    goals = {goal.number: goal for goal in Goal.objects.all()}
    columns = [*TEXTS, *PLAIN, *COLUMNS, *YES_OR_NO, *PEOPLE]
    for row in rows(DATA / "sessions.csv", columns, Report()):
        session = Session.objects.create(
            edition=edition,
            starts_at=_at(edition, row, "starts"),
            ends_at=_at(edition, row, "ends"),
            room=rooms.get(row["room"]),
            capacity=int(row["capacity"]) if row["capacity"] else None,
            **{name: row[name] == "yes" for name in YES_OR_NO},
            **{name: row[name] for name in (*TEXTS, *PLAIN)},
        )
        session.goals.set(goals[int(word)] for word in row["goals"].split())
        for column, role in PEOPLE.items():
            for name in row.listed(column):
                session.contributions.create(speaker=speakers[name], role=role)
    changes = release.changes(release.prepared(edition))
    release.release(edition, has_seen=release.seen(changes))


def _rooms(edition):
    found = rows(DATA / "rooms.csv", ["key", "name_de", "name_en"], Report())
    for order, row in enumerate(found, start=1):
        names = {"name_de": row["name_de"], "name_en": row["name_en"]}
        yield row, Room.objects.create(edition=edition, order=order, **names)


def _speakers(edition):
    columns = ["name", "function_de", "function_en", "organisation"]
    columns += ["about_de", "about_en"]
    for row in rows(DATA / "speakers.csv", columns, Report()):
        values = {name: row[name] for name in columns}
        slug = spelling.as_slug(row["name"])
        yield Speaker.objects.create(edition=edition, slug=slug, **values)


def _at(edition: Edition, row: Row, column: str) -> datetime:
    """Day 1 is the first of the conference, day 0 its eve."""
    on = date.fromisoformat(str(edition.starts_on)) + timedelta(int(row["day"]) - 1)
    return datetime.combine(on, time.fromisoformat(row[column]), edition.zone)
