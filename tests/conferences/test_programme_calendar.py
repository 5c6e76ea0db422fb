"""The programme as files for calendars, and as a feed that they subscribe to."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from tests.conferences.sessions import RoomFactory, at, let_out, path, released
from tests.factories import EditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return EditionFactory()


def entries(client, *where, query=""):
    response = client.get(path(*where) + query)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_a_session_is_an_entry_in_the_time_zone_of_the_conference(client, edition):
    room = RoomFactory(edition=edition, name_en="Hall")
    session = released(edition, title_en="Water", abstract_en="Wells.", room=room)

    [entry] = entries(client, "session-calendar", edition, session.slug)

    assert str(entry["SUMMARY"]) == "Water"
    assert str(entry["DESCRIPTION"]) == "Wells."
    assert str(entry["LOCATION"]) == "Hall, Musterstadt"
    assert entry["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert entry["DTSTART"].dt == at(edition, 10)
    assert str(entry["STATUS"]) == "CONFIRMED"


def test_an_entry_says_only_what_is_known(client):
    edition = EditionFactory(city="", venue="")
    session = released(edition)

    [entry] = entries(client, "session-calendar", edition, session.slug)

    assert not {"LOCATION", "DESCRIPTION"} & set(entry)


def test_an_entry_leads_to_its_page_and_names_its_release(client, edition, settings):
    settings.SITE_ADDRESS = "https://example.org"
    session = released(edition)

    [entry] = entries(client, "session-calendar", edition, session.slug)

    there = path("session", edition, session.slug)
    assert str(entry["URL"]) == f"https://example.org{there}"
    assert str(entry["UID"]).endswith("@example.org")
    moments = [entry[name].dt for name in ("DTSTAMP", "LAST-MODIFIED")]
    assert moments == [session.released_at.replace(microsecond=0)] * 2


def test_a_text_names_the_language_that_it_has(client, edition):
    session = released(
        edition, title_de="Wasser", title_en="", abstract_en="Wells.", abstract_de=""
    )

    [entry] = entries(client, "session-calendar", edition, session.slug)

    assert entry["SUMMARY"].params["LANGUAGE"] == "de"
    assert entry["DESCRIPTION"].params["LANGUAGE"] == "en"


def test_the_calendar_has_the_name_of_the_conference(client, edition):
    released(edition)

    whole = Calendar.from_ical(client.get(path("programme-calendar", edition)).content)

    assert str(whole["X-WR-CALNAME"]) == edition.name
    assert str(whole["VERSION"]) == "2.0"
    assert whole["PRODID"]


def test_the_file_explains_its_time_zone(client, edition):
    released(edition)

    body = client.get(path("programme-calendar", edition)).content

    assert body.count(b"BEGIN:VTIMEZONE") == 1
    assert b"TZID:Europe/Berlin" in body
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H" in body


def test_an_entry_keeps_its_uid_and_counts_its_changes(client, edition):
    session = released(edition)
    [before] = entries(client, "programme-calendar", edition)
    session.starts_at += timedelta(days=1)
    session.ends_at += timedelta(days=1)
    session.save()
    let_out(edition)

    [after] = entries(client, "programme-calendar", edition)

    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)


def test_a_cancelled_session_stays_as_cancelled(client, edition):
    session = released(edition)
    session.is_cancelled = True
    session.save()
    let_out(edition)

    [entry] = entries(client, "programme-calendar", edition)

    assert (str(entry["STATUS"]), entry["SEQUENCE"]) == ("CANCELLED", 1)


def test_a_day_has_a_file_of_its_own(client, edition):
    released(edition, title_en="First day")
    released(edition, title_en="Second day", starts_at=at(edition, 9, 1))

    [entry] = entries(client, "programme-calendar", edition, query="?day=2100-09-07")

    assert str(entry["SUMMARY"]) == "Second day"


@pytest.mark.parametrize("query", ["?day=2100-01-01", "?day=%00", "?day="])
def test_an_empty_day_has_no_file(client, edition, query):
    released(edition)

    response = client.get(path("programme-calendar", edition) + query)

    assert response.status_code == 404


def test_a_line_break_in_a_title_begins_no_new_property(client, edition):
    released(edition, title_en="Water\r\nATTENDEE:mailto:a@example.org")

    [entry] = entries(client, "programme-calendar", edition)

    assert "ATTENDEE" not in entry
