"""The programme as schedule JSON, in the form that apps of conferences read."""

from datetime import datetime, timedelta

import pytest
from django.utils import translation

from conferences.models import Room
from tests.conferences import schedule_form
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


@pytest.fixture
def document(client, edition):
    """Two days, two rooms, two people, and a reception until after midnight."""
    session = SessionFactory(edition=edition, room=RoomFactory(edition=edition))
    for _number in range(2):
        session.contributions.create(speaker=SpeakerFactory(edition=edition))
    SessionFactory(edition=edition, starts_at=at(edition, 9, 1), slug="A_")
    SessionFactory(edition=edition, starts_at=at(edition, 1, 2), slug="a")
    let_out(edition)
    return client.get(path("schedule", edition)).json()


def test_it_has_the_form_that_is_published(document):
    assert schedule_form.faults(document) == []
    found = document["schedule"]["conference"]
    assert [len(day["rooms"]) for day in found["days"]] == [1, 1]
    assert len(events(found)) == 3


def test_words_of_addresses_in_capitals_have_the_form_too(client):
    edition = EditionFactory(slug="2100-Extra", series__slug="Africa")
    released(edition, slug="B-")

    document = client.get(path("schedule", edition)).json()

    assert schedule_form.faults(document) == []


def test_a_schedule_without_sessions_has_the_form_too(client, edition):
    session = released(edition)
    session.is_cancelled = True
    session.save()
    let_out(edition)

    assert schedule_form.faults(client.get(path("schedule", edition)).json()) == []


def parts(document):
    """One of each kind of part, by the name that faults use."""
    conference = document["schedule"]["conference"]
    event = next(one for one in events(conference) if one["persons"])
    return {
        "schedule": document["schedule"],
        "conference": conference,
        "day": conference["days"][0],
        "event": event,
        "person": event["persons"][0],
    }


def test_a_key_that_is_missing_wrong_or_new_is_seen(document):
    """The check itself is tried: each key of each part, broken in three ways."""
    unseen = []
    for where, part in parts(document).items():
        for name in list(part):
            right = part.pop(name)
            if schedule_form.faults(document) != [f"{where}.{name}"]:
                unseen.append(f"{where}.{name} is missing")
            part[name] = [True] if not isinstance(right, list) else "x"
            if schedule_form.faults(document) != [f"{where}.{name}"]:
                unseen.append(f"{where}.{name} is wrong")
            part[name] = right
        part["new"] = 1
        if schedule_form.faults(document) != [f"{where}.new"]:
            unseen.append(f"{where}.new")
        del part["new"]

    assert unseen == []
    assert schedule_form.faults(document) == []


@pytest.mark.parametrize(
    ("where", "name", "value", "fault"),
    [
        ("event", "date", "2100-09-06T10:00:00", "event.date"),
        ("event", "date", "2100-09-07T10:00:00+02:00", "each event within its day"),
        ("event", "start", "10:00:00", "event.start"),
        ("event", "start", "11:00", "start by the clocks of its date"),
        ("event", "duration", "60", "event.duration"),
        ("event", "guid", "1", "event.guid"),
        ("event", "id", 0, "event.id"),
        ("event", "slug", "Water", "event.slug"),
        ("event", "url", "/en/", "event.url"),
        ("event", "room", "Elsewhere", "each event in its room"),
        ("day", "date", "6 September", "day.date"),
        ("day", "day_start", "2100-09-06T04:00:00", "day.day_start"),
        ("day", "index", 2, "days numbered from one"),
        ("conference", "acronym", "Africa 2100", "conference.acronym"),
        ("conference", "daysCount", 3, "as many days as counted"),
        ("conference", "start", "2100-09-05", "from the first day to the last"),
        ("conference", "time_zone_name", "CEST", "conference.time_zone_name"),
    ],
)
def test_a_value_of_another_form_is_seen(document, where, name, value, fault):
    parts(document)[where][name] = value

    assert schedule_form.faults(document) == [fault]


def test_two_events_of_one_guid_are_seen(document):
    first, *others = events(document["schedule"]["conference"])
    others[0]["guid"] = first["guid"]

    assert schedule_form.faults(document) == ["each guid once"]


def test_what_begins_after_midnight_belongs_to_the_evening_before(client, edition):
    released(edition, starts_at=at(edition, 3, 1))
    released(edition, starts_at=at(edition, 4, 1))

    days = conference(client, edition)["days"]

    assert [day["date"] for day in days] == ["2100-09-06", "2100-09-07"]
    assert [one["start"] for one in events({"days": days})] == ["03:00", "04:00"]


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


def test_a_session_of_which_no_language_is_known_has_that_of_its_address(
    client, edition
):
    released(edition, languages="")

    languages = [
        events(conference(client, edition, language))[0]["language"]
        for language in ("de", "en")
    ]

    assert languages == ["de", "en"]


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
