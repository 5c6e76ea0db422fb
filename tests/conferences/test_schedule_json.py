"""The programme as schedule JSON, in the form that apps of conferences read."""

import re
import uuid
from datetime import datetime, timedelta

import pytest
from django.utils import translation

from conferences.models import Room
from tests.conferences.sessions import (
    RoomFactory,
    SessionFactory,
    SpeakerFactory,
    at,
    let_out,
    path,
    released,
)
from tests.factories import EditionFactory

pytestmark = pytest.mark.django_db

# What the published schema demands of an event, and of which type.
EVENT = {
    "id": int,
    "guid": str,
    "date": str,
    "start": str,
    "duration": str,
    "room": str,
    "slug": str,
    "url": str,
    "title": str,
    "subtitle": type(None),
    "track": type(None),
    "type": str,
    "language": str,
    "abstract": str,
    "description": type(None),
    "persons": list,
    "links": list,
}
# And how it wants words to look.
PATTERNS = {
    "slug": r"[a-z0-9_-]+[a-z0-9]",
    "duration": r"[0-9]+:[0-9]{2}",
    "start": r"[0-9]{2}:[0-9]{2}",
}
ACRONYM = r"[a-z0-9_-][a-z0-9_]{3,}(-2[0-9]{3}-[a-z]+)?"


@pytest.fixture
def edition():
    return EditionFactory()


def conference(client, edition, language="en"):
    response = client.get(path("schedule", edition, language=language))
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    return response.json()["schedule"]["conference"]


def events(found):
    return [
        event
        for day in found["days"]
        for room in day["rooms"].values()
        for event in room
    ]


def test_every_event_has_what_the_schema_demands(client, edition):
    session = SessionFactory(edition=edition, room=RoomFactory(edition=edition))
    session.contributions.create(speaker=SpeakerFactory(edition=edition))
    SessionFactory(edition=edition, starts_at=at(edition, 9, 1))
    let_out(edition)

    found = conference(client, edition)

    assert re.fullmatch(ACRONYM, found["acronym"])
    assert found["daysCount"] == len(found["days"]) == 2
    assert len(events(found)) == 2
    for event in events(found):
        assert {name: type(value) for name, value in event.items()} == EVENT
        for name, pattern in PATTERNS.items():
            assert re.fullmatch(pattern, event[name])
        assert uuid.UUID(event["guid"]).version == 5


def test_an_event_says_when_where_and_who(client, edition):
    room = RoomFactory(edition=edition, name_en="Hall")
    until = at(edition, 10) + timedelta(minutes=95)
    session = SessionFactory(
        edition=edition, room=room, title_en="Water", languages="es de", ends_at=until
    )
    speaker = SpeakerFactory(edition=edition, name="Paula Muster")
    session.contributions.create(speaker=speaker)
    let_out(edition)

    found = conference(client, edition)
    [event] = events(found)

    assert list(found["days"][0]["rooms"]) == ["Hall"]
    assert datetime.fromisoformat(event["date"]) == at(edition, 10)
    assert (event["start"], event["duration"]) == ("10:00", "01:35")
    assert (event["title"], event["language"]) == ("Water", "es")
    assert event["persons"] == [{"id": speaker.pk, "name": "Paula Muster"}]


def test_it_speaks_the_language_of_its_address(client, edition):
    released(edition, title_de="Wasser", title_en="Water")

    titles = [
        events(conference(client, edition, language))[0]["title"]
        for language in ("de", "en")
    ]

    assert titles == ["Wasser", "Water"]


def test_a_cancelled_session_is_left_out(client, edition):
    session = released(edition)
    session.is_cancelled = True
    session.save()
    let_out(edition)

    found = conference(client, edition)

    assert (found["days"], found["start"]) == ([], "2100-09-06")


def test_sessions_without_a_room_are_in_all_rooms(client, edition):
    released(edition)

    [day] = conference(client, edition)["days"]

    assert list(day["rooms"]) == ["All rooms"]


def test_an_event_keeps_its_guid(client, edition):
    session = released(edition)
    [before] = events(conference(client, edition))
    with translation.override("en"):
        Room.objects.create(edition=edition, name="Hall")
    session.title_en = "Another title"
    session.save()
    let_out(edition)

    [after] = events(conference(client, edition, "de"))

    assert after["guid"] == before["guid"]


def test_what_is_only_prepared_has_no_schedule(client, edition):
    SessionFactory(edition=edition)

    assert client.get(path("schedule", edition)).status_code == 404
