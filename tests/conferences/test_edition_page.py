"""The page of an edition: where registration stands, what is known of it."""

import pytest
import time_machine
from django.urls import reverse

from conferences.models import Figure, Host
from tests.conferences.pages import address, coming, html, past
from tests.factories import (
    EditionFactory,
    PartnershipFactory,
    SeriesFactory,
    berlin,
    submitted,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_past_edition_costs_the_same_however_much_is_recorded(
    client, django_assert_num_queries, how_many
):
    edition = past(2022)
    edition.attending.set(PartnershipFactory.create_batch(how_many))
    for what in list(Figure.What)[:how_many]:
        Figure.objects.create(edition=edition, what=what, value=7)

    with django_assert_num_queries(7):
        client.get(address(edition))


BOX = [
    ("2026-09-30 12:00", "Die Anmeldung ist noch nicht offen"),
    ("2026-10-01 08:00", "Die Anmeldung ist offen"),
    ("2027-01-31 23:59", "Die Anmeldung ist offen"),
    ("2027-02-01 00:00", "Die Anmeldung ist geschlossen"),
    ("2027-05-12 23:59", "Die Anmeldung ist geschlossen"),
    ("2027-05-13 00:00", "Diese Konferenz ist vorbei"),
]


@pytest.mark.parametrize(("at", "words"), BOX, ids=[at for at, _words in BOX])
def test_the_box_says_where_registration_stands(client, at, words):
    edition = coming()

    with time_machine.travel(berlin(at), tick=False):
        page = client.get(address(edition)).content.decode()

    assert f'<h2 id="registration-box">{words}</h2>' in page


def test_the_box_of_an_open_edition_leads_to_the_start_page(client):
    edition = coming()

    page = html(client, address(edition))

    start = reverse("registrations:start", args=[edition.series.slug, edition.slug])
    assert f'<a class="button" href="{start}">Delegation anmelden</a>' in page
    assert "31. Januar 2027, 23:59 Uhr (Berlin)" in page


def test_the_box_says_when_every_place_is_taken(client):
    edition = coming(capacity_people=2)
    submitted(edition, german=2)

    page = html(client, address(edition))

    assert "Alle Plätze sind vergeben" in page
    assert "Auf die Warteliste setzen" in page


def test_the_box_says_so_where_no_registration_is_known(client):
    edition = coming(opens_at=None, closes_at=None)

    page = html(client, address(edition))

    assert "steht noch nicht fest" in page
    assert 'class="button"' not in page


def test_what_is_not_known_of_an_edition_has_no_heading(client):
    page = html(client, address(past(2022)))

    for heading in ("Worum es geht", "Zu Gast bei", "Zahlen", "Programm", "Ergebnisse"):
        assert f"<h2>{heading}" not in page


def test_what_is_known_of_an_edition_is_shown(client):
    edition = past(2022, city="Bonn", programme_de="Plenum", theme_de="Wasser")
    Host.objects.create(edition=edition, partnership=PartnershipFactory())
    Figure.objects.create(
        edition=edition, what="participants", quality="about", value=180
    )

    page = html(client, address(edition))

    for words in ("<p>Plenum</p>", "<b>Wasser</b>", "<dd>rund 180</dd>", "Namibia"):
        assert words in page


NO_MORE = "Mehr wissen wir über diese Konferenz noch nicht."


def test_of_a_conference_of_which_only_the_year_is_known_the_page_says_so(client):
    assert NO_MORE in html(client, address(past(2022)))


def with_a_figure(edition):
    edition.figures.create(what="participants", value=180)


def with_a_partnership(edition):
    edition.attending.add(PartnershipFactory())


def with_a_publication(edition):
    edition.publications.create(series="Material", number=85)


def with_results(edition):
    edition.results_de = "Elf Projekte."
    edition.save()


@pytest.mark.parametrize(
    "made", [with_a_figure, with_a_partnership, with_a_publication, with_results]
)
def test_who_knows_what_remains_of_a_conference_knows_more_than_its_year(client, made):
    edition = past(2022)
    made(edition)

    assert NO_MORE not in html(client, address(edition))


OUTCOME = {"results_de": "Elf Projekte.", "next_steps_de": "Ein Treffen im Mai."}


def test_what_came_of_a_conference_is_shown_once_it_is_over(client):
    page = html(client, address(past(2022, **OUTCOME)))

    for words in (
        "<h2>Ergebnisse</h2> <p>Elf Projekte.</p>",
        "<h2>Vereinbarte nächste Schritte</h2> <p>Ein Treffen im Mai.</p>",
    ):
        assert words in page


def test_nothing_has_come_of_a_conference_ahead(client):
    page = html(client, address(coming(**OUTCOME)))

    for words in ("Ergebnisse", "Elf Projekte.", "Schritte", "Treffen im Mai"):
        assert words not in page


def test_a_text_of_the_other_language_carries_its_language(client):
    edition = coming(introduction_de="Worte", introduction_en="", motto_de="Motto")

    page = html(client, address(edition, "en"))

    assert '<div lang="de"><p>Worte</p> </div>' in page
    assert '<span lang="de">Motto</span>' in page
    assert '<html lang="en">' in page


def test_the_calendar_entry_covers_whole_days_and_never_changes(client):
    path = address(coming(title_de="Konferenz", venue="Rathaus")) + "kalender.ics"

    first, second = client.get(path), client.get(path)

    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert first.content == second.content
    lines = first.content.decode().split("\r\n")
    for line in (
        "DTSTART;VALUE=DATE:20270510",
        "DTEND;VALUE=DATE:20270513",
        "DTSTAMP:20200101T000000Z",
        "SUMMARY;LANGUAGE=de:Konferenz",
        "LOCATION:Rathaus\\, Musterstadt",
    ):
        assert line in lines


def test_an_edition_without_days_has_no_calendar_entry(client):
    assert client.get(address(past(2022)) + "kalender.ics").status_code == 404


def test_a_demonstration_is_not_announced_as_the_next_of_its_series(client):
    series = SeriesFactory()
    past = EditionFactory(series=series, year=2025, starts_on=None, ends_on=None)
    EditionFactory(series=series, number=None, is_demonstration=True)

    response = client.get(past.get_absolute_url())

    assert response.context["coming"] is None
