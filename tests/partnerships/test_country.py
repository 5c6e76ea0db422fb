"""The page of a country: which German towns work with it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from partnerships.models import OdaListing
from tests.factories import (
    CountryFactory,
    MunicipalityFactory,
    PartnershipFactory,
    PartnerTownFactory,
    RegionFactory,
    SeriesFactory,
    later,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_german")]

PATH = "/de/partnerschaften/laender/gh/"


@pytest.fixture
def ghana():
    country = CountryFactory(iso2="GH", name_de="Ghana", name_en="Ghana")
    OdaListing.objects.all().delete()
    return country


def partner_with(country, german_name):
    german = MunicipalityFactory(name=german_name)
    return PartnershipFactory(
        german=german, partner=PartnerTownFactory(country=country)
    )


def html(client, path=PATH):
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def towns(client, query=""):
    page = client.get(f"{PATH}?{query}").context["page_obj"]
    return [row.german.name for row in page]


def test_a_country_names_the_german_towns(client, ghana):
    for name in ("Kalletal", "Dortmund"):
        partner_with(ghana, name)
    PartnershipFactory()

    assert towns(client) == ["Dortmund", "Kalletal"]
    page = html(client)
    assert "<h1>Ghana</h1>" in page
    assert "<title>Ghana: 2 Partnerschaften" in page
    assert "2 Partnerschaften, 2 deutsche Kommunen</p>" in page


def test_a_town_with_two_partners_counts_once(client, ghana):
    first = partner_with(ghana, "Gießen")
    PartnershipFactory(german=first.german, partner__country=ghana)

    assert "2 Partnerschaften, 1 deutsche Kommune</p>" in html(client)


@pytest.mark.parametrize(
    "hidden",
    [
        {"published_at": None},
        {"published_at": later(days=1)},
        {"german__checked_at": None},
        {"partner__checked_at": None},
    ],
    ids=["not published", "later", "German town unchecked", "partner unchecked"],
)
def test_a_country_without_public_partnerships_has_no_page(client, ghana, hidden):
    PartnershipFactory(partner__country=ghana, **hidden)
    assert client.get(PATH).status_code == 404

    partner_with(ghana, "Gießen")

    assert towns(client) == ["Gießen"]


@pytest.mark.parametrize(
    "word", ["de", "xx", "ghana", "GH", "g", "gh-gh", "x" * 500, "%00", "ß", "gh%20"]
)
def test_what_is_no_partner_country_has_no_page(client, ghana, word):
    partner_with(ghana, "Gießen")

    response = client.get(f"/de/partnerschaften/laender/{word}/")

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("language", "path"),
    [
        ("de", "/de/partnerschaften/laender/gh/"),
        ("en", "/en/partnerships/countries/gh/"),
        ("fr", "/fr/partenariats/pays/gh/"),
        ("es", "/es/alianzas/paises/gh/"),
        ("uk", "/uk/partnerstva/krainy/gh/"),
    ],
)
def test_the_address_speaks_the_language_of_the_page(client, ghana, language, path):
    partner_with(ghana, "Gießen")

    with translation.override(language):
        assert ghana.get_absolute_url() == path
    assert "<h1>" in html(client, path)


def test_a_country_names_its_region_and_series(client, ghana):
    series = SeriesFactory(region=ghana.region)
    partner_with(ghana, "Gießen")

    page = html(client)

    assert "<dd>Afrika</dd>" in page
    assert f'<a href="{series.get_absolute_url()}">Regionalkonferenz Afrika</a>' in page


def test_a_country_without_region_has_a_page(client):
    country = CountryFactory(iso2="GH", name_de="Ghana", region=None)
    partner_with(country, "Gießen")

    assert "Weltregion" not in html(client)


def test_a_country_says_whether_it_receives_aid(client, ghana):
    partner_with(ghana, "Gießen")
    assert "DAC-Liste" not in html(client)

    other = CountryFactory(iso2="TG", name_de="Togo")
    other.oda_listings.create(group="LDC", listed_from="2020-01-01")
    assert "Es steht nicht auf der DAC-Liste" in html(client)

    ghana.oda_listings.create(group="LMIC", listed_from="2020-01-01")
    assert "Es steht auf der DAC-Liste" in html(client)


def test_names_are_escaped(client):
    partner_with(CountryFactory(iso2="GH", name_de="<i>Ghana"), "<i>Gießen")

    page = html(client)

    assert "<h1>&lt;i&gt;Ghana</h1>" in page
    assert "<i>" not in page


def test_a_page_has_25_rows(client, ghana):
    for number in range(26):
        partner_with(ghana, f"Stadt {number:02}")

    assert towns(client) == [f"Stadt {number:02}" for number in range(25)]
    assert towns(client, "page=2") == towns(client, "page=9999") == ["Stadt 25"]


@pytest.mark.parametrize("query", ["page=abc", "page=-1", "page=%00", "page=9" * 900])
def test_a_bad_query_is_no_error(client, ghana, query):
    partner_with(ghana, "Gießen")

    assert towns(client, query) == ["Gießen"]


def test_the_page_costs_the_same_however_many(client, ghana):
    def queries():
        with CaptureQueriesContext(connection) as made:
            html(client)
        return len(made)

    partner_with(ghana, "Gießen")
    few = queries()
    for number in range(30):
        partner_with(ghana, f"Stadt {number}")

    assert queries() == few
    assert few <= 8


def test_other_pages_lead_to_the_country(client):
    ghana = CountryFactory(iso2="GH", name_de="Ghana", region=RegionFactory())
    partnership = partner_with(ghana, "Gießen")
    link = f'<a href="{PATH}">Ghana</a>'

    assert link in html(client, "/de/partnerschaften/")
    assert link in html(client, partnership.get_absolute_url())
    assert link in html(client, partnership.german.get_absolute_url())
    assert link in html(client, partnership.partner.get_absolute_url())


def test_a_town_without_partnerships_leads_to_no_country(client, ghana):
    town = PartnerTownFactory(country=ghana)

    assert PATH not in html(client, town.get_absolute_url())
