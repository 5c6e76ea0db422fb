"""A conference as linked data on its page."""

import json
from datetime import date

import pytest

from tests.conferences.pages import address, coming, past
from tests.conferences.sessions import let_out, path, released
from tests.factories import staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]

BEGIN = '<script type="application/ld+json">'


def block(client, edition, language="de"):
    """The block as it stands in the page; empty where there is none."""
    page = client.get(address(edition, language)).content.decode()
    assert page.count("application/ld+json") <= 1
    return page.partition(BEGIN)[2].partition("</script>")[0]


def data(client, edition, language="de"):
    return json.loads(block(client, edition, language))


def test_a_conference_says_what_is_known_of_it(client, settings):
    settings.SITE_ADDRESS = "https://example.org"
    edition = coming(
        title_de="Die Konferenz",
        city="Köln",
        venue="Rathaus",
        attendance="both",
        interpretation="de en",
    )

    assert data(client, edition) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": "https://example.org/de/konferenzen/afrika/2027/",
        "name": "Die Konferenz",
        "url": "https://example.org/de/konferenzen/afrika/2027/",
        "startDate": "2027-05-10",
        "endDate": "2027-05-12",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
        "location": {
            "@type": "Place",
            "name": "Rathaus",
            "address": {"@type": "PostalAddress", "addressLocality": "Köln"},
        },
        "inLanguage": ["de", "en"],
        "organizer": {
            "@type": "Organization",
            "name": "Servicestelle Kommunen in der Einen Welt (SKEW) von Engagement "
            "Global",
        },
    }


def test_what_is_not_known_is_left_out(client):
    edition = past(2024, starts_on=date(2024, 5, 1), ends_on=date(2024, 5, 3))

    found = data(client, edition)

    assert not {"location", "inLanguage", "eventAttendanceMode"} & set(found)
    assert found["startDate"] == "2024-05-01"


def test_a_town_without_a_venue_is_the_place(client):
    assert data(client, coming(city="Köln"))["location"]["name"] == "Köln"


@pytest.mark.parametrize(
    ("attendance", "mode"),
    [
        ("on_site", "OfflineEventAttendanceMode"),
        ("both", "MixedEventAttendanceMode"),
        ("online", "OnlineEventAttendanceMode"),
    ],
)
def test_how_people_take_part_is_said_in_the_words_of_the_schema(
    client, attendance, mode
):
    found = data(client, coming(attendance=attendance))

    assert found["eventAttendanceMode"] == f"https://schema.org/{mode}"


def test_a_conference_without_a_day_says_nothing(client):
    edition = coming(starts_on=None, ends_on=None, month=9)

    assert block(client, edition) == ""


def test_a_demonstration_says_nothing(client):
    assert block(client, coming(is_demonstration=True, number=None)) == ""


def test_a_preview_says_nothing(client):
    client.force_login(staff("conferences.view_edition"))

    assert block(client, coming(published_at=None)) == ""


def test_hostile_words_stay_words(client):
    title = "</script><script>alert(1)</script><!--&amp;'\"\u2028"
    edition = coming(title_de=title, city="</SCRIPT >")

    text = block(client, edition)

    assert not set("<>&") & set(text)
    assert json.loads(text)["name"] == title
    assert json.loads(text)["location"]["name"] == "</SCRIPT >"


def test_a_programme_names_its_sessions(client, settings):
    settings.SITE_ADDRESS = "https://example.org"
    edition = coming(city="Köln")
    session = released(edition, title_de="Wasser", languages="de", is_cancelled=False)
    session.is_cancelled = True
    session.save()
    let_out(edition)

    body = client.get(path("programme", edition, language="de")).text
    found = json.loads(body.partition(BEGIN)[2].partition("</script>")[0])

    there = (
        f"https://example.org{path('session', edition, session.slug, language='de')}"
    )
    assert found["subEvent"] == [
        {
            "@type": "Event",
            "@id": there,
            "name": "Wasser",
            "url": there,
            "startDate": "2027-05-10T10:00:00+02:00",
            "endDate": "2027-05-10T11:00:00+02:00",
            "eventStatus": "https://schema.org/EventCancelled",
            "location": found["location"],
            "inLanguage": ["de"],
        }
    ]
    assert "subEvent" not in data(client, edition)


def test_of_a_session_only_what_is_known_is_said(client):
    edition = coming(city="")
    released(edition, title_de="Wasser")

    body = client.get(path("programme", edition, language="de")).text
    [found] = json.loads(body.partition(BEGIN)[2].partition("</script>")[0])["subEvent"]

    assert found["eventStatus"] == "https://schema.org/EventScheduled"
    assert not {"location", "inLanguage"} & set(found)
