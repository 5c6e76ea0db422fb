"""The page of a series."""

import pytest
from django.urls import reverse

from tests.conferences.pages import address, coming, html, past
from tests.factories import (
    CountryFactory,
    SeriesFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]


def test_the_rhythm_is_worded_as_an_expectation(client):
    series = past(2024, city="Köln").series

    assert "2027, voraussichtlich" in html(client, address(series))
    assert "Nach dem üblichen Turnus erwarten wir" in html(client, "/de/")


def test_nothing_is_expected_in_a_year_that_is_past(client):
    series = past(2022).series

    assert "voraussichtlich" not in html(client, address(series))


def test_an_edition_of_which_only_the_year_is_known_is_a_quiet_line(client):
    edition = past(2022)

    page = html(client, address(edition.series))

    assert (
        '<li class="timeline__quiet"><p><a href="/de/konferenzen/afrika/2022/">'
        '<time datetime="2022">2022</time></a></p></li>' in page
    )


def test_the_page_of_a_series_leads_to_its_open_registration(client):
    edition = coming()

    page = html(client, address(edition.series))

    start = reverse("registrations:start", args=[edition.series.slug, edition.slug])
    assert f'<a class="button" href="{start}">Delegation anmelden</a>' in page


def test_countries_stand_in_the_order_of_the_alphabet(client):
    series = SeriesFactory()
    for iso2, name in [("EG", "Ägypten"), ("ZM", "Sambia"), ("AO", "Angola")]:
        country = CountryFactory(iso2=iso2, name_de=name, region=series.region)
        country.oda_listings.create(group="LDC")

    page = html(client, address(series))

    assert page.index("Ägypten") < page.index("Angola") < page.index("Sambia")
