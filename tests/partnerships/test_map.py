"""The partnerships on the map of the world: the second view of the list."""

import gzip
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships import network
from partnerships.models import Country, Goal, Municipality, Partnership
from partnerships.world import world
from partnerships.worldmap import WorldMap, arc
from tests.factories import (
    CountryFactory,
    GermanyFactory,
    MunicipalityFactory,
    PartnershipFactory,
    PartnerTownFactory,
    RegionFactory,
    later,
)
from tests.partnerships.pages import get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_german")]

LINK = re.compile(
    r'<a class="(palette-\w* map__country map__country--\d)" href="([^"]+)">'
    r"<title>([^<]+)</title>"
)


def shown(client, query="", language="de"):
    return get(client, f"view=map&{query}", language).content.decode()


def links(client, query="", language="de"):
    """The countries on the map: what each is called, and where it leads."""
    found = LINK.findall(shown(client, query, language))
    return {title: address for _classes, address, title in found}


def partner(iso2, name, region=None, **town):
    country = CountryFactory(iso2=iso2, name_de=name, name_en=name, region=region)
    return PartnerTownFactory(country=country, **town)


@pytest.fixture
def ghana():
    """Two partnerships of Gießen and one of Bonn with three towns in Ghana."""
    giessen = MunicipalityFactory(name="Gießen", land="Hessen")
    bonn = MunicipalityFactory(name="Bonn", land="Nordrhein-Westfalen")
    return [
        PartnershipFactory(
            german=german, partner=partner("GH", "Ghana", RegionFactory())
        )
        for german in (giessen, giessen, bonn)
    ]


def test_each_country_is_named_with_its_number(client, ghana):
    PartnershipFactory(partner=partner("NA", "Namibia", RegionFactory()))

    assert links(client) == {
        "Ghana: 3 Partnerschaften": "/de/partnerschaften/laender/gh/",
        "Namibia: 1 Partnerschaft": "/de/partnerschaften/laender/na/",
    }


def test_the_map_speaks_the_language_of_the_page(client, ghana):
    assert links(client, language="en") == {
        "Ghana: 3 partnerships": "/en/partnerships/countries/gh/"
    }


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
def test_what_is_not_public_is_not_counted(client, ghana, hidden):
    PartnershipFactory(partner__country=ghana[0].partner.country, **hidden)

    assert list(links(client)) == ["Ghana: 3 Partnerschaften"]


def test_the_map_shows_what_was_chosen(client, ghana):
    PartnershipFactory(partner=partner("NA", "Namibia", RegionFactory()))

    assert list(links(client, "country=NA")) == ["Namibia: 1 Partnerschaft"]
    assert list(links(client, "q=bonn")) == ["Ghana: 1 Partnerschaft"]
    assert list(links(client, "land=Hessen&country=GH")) == ["Ghana: 2 Partnerschaften"]


def test_a_country_leads_to_those_that_were_found(client, ghana):
    address = links(client, "q=bonn&region=AFR")["Ghana: 1 Partnerschaft"]

    assert address == "/de/partnerschaften/?q=bonn&amp;region=AFR&amp;country=GH"
    rows = client.get(address.replace("&amp;", "&")).context["page_obj"]
    assert [row.german.name for row in rows] == ["Bonn"]


def test_both_views_lead_to_each_other_with_what_was_chosen(client, ghana):
    on_map, as_list = shown(client, "q=bonn"), get(client, "q=bonn").content.decode()

    for body in (on_map, as_list):
        assert 'class="views__link" href="?q=bonn"' in body
        assert 'class="views__link" href="?q=bonn&amp;view=map"' in body
    assert '<input type="hidden" name="view" value="map">' in on_map
    assert 'name="view"' not in as_list


def test_a_chip_that_is_taken_out_leaves_the_map(client, ghana):
    assert 'class="chip" href="?region=AFR&amp;view=map"' in (
        shown(client, "q=bonn&region=AFR")
    )


def test_the_text_beneath_says_all_that_the_map_says(client, ghana):
    PartnershipFactory(partner=partner("XX", "Nirgendland"))
    text = shown(client).partition('id="countries"')[2]
    rows = re.findall(
        r'<li class="counts__row"><a href="([^"]+)">([^<]+)</a>'
        r' <span class="counts__number">(\d+)<',
        text,
    )

    assert rows == [
        ("/de/partnerschaften/laender/gh/", "Ghana", "3"),
        ("/de/partnerschaften/laender/xx/", "Nirgendland", "1"),
    ]


def test_a_country_without_a_place_is_in_the_text_only(client):
    PartnershipFactory(partner=partner("XX", "Nirgendland"))

    assert links(client) == {}
    assert ">Nirgendland</a>" in shown(client)


def test_a_small_state_is_a_dot(client):
    PartnershipFactory(partner=partner("CV", "Kap Verde"))
    x, y = world().points["CV"]

    assert f'Partnerschaft</title><circle cx="{x}" cy="{y}" r="5"/></a>' in (
        shown(client)
    )


def test_towns_are_dots_where_they_lie(client):
    accra = partner("GH", "Ghana", lat="5.6", lon="-0.19")
    unknown = partner("NA", "Namibia")
    for town in (accra, unknown):
        PartnershipFactory(partner=town)
    found = re.search(r'class="map__towns" d="([^"]+)"', shown(client))
    (x, y), (x2, y2) = sorted([(449, 232), world().points["NA"]])

    assert found[1] == f"M{x} {y}h0m{x2 - x} {y2 - y}h0"


def test_names_are_escaped(client):
    PartnershipFactory(partner=partner("GH", '<b>"&Ghana'))

    body = shown(client)

    assert "<b>" not in body
    assert "<title>&lt;b&gt;&quot;&amp;Ghana: 1 Partnerschaft</title>" in body


@pytest.mark.parametrize(
    ("most", "bounds"),
    [
        (1, [1]),
        (3, [1, 2]),
        (8, [1, 2, 4, 8]),
        (31, [1, 2, 4, 8]),
        (32, [1, 3, 10, 30]),
        (119, [1, 3, 10, 30]),
        (120, [1, 10, 30, 100]),
        (5000, [1, 10, 30, 100]),
    ],
)
def test_the_shades_fit_the_largest_number(most, bounds):
    found = WorldMap(network.Network([]), Country.get_absolute_url)
    found.most = most

    assert [step.first for step in found.steps] == bounds
    assert [step.last for step in found.steps][:-1] == [n - 1 for n in bounds[1:]]


def test_a_country_has_the_shade_of_its_number(client, ghana):
    PartnershipFactory(partner=partner("NA", "Namibia", RegionFactory()))

    assert {
        title: classes for classes, _address, title in LINK.findall(shown(client))
    } == {
        "Ghana: 3 Partnerschaften": "palette-terracotta map__country map__country--2",
        "Namibia: 1 Partnerschaft": "palette-terracotta map__country map__country--1",
    }


def test_arcs_lead_from_germany_to_each_country(client, ghana):
    (x1, y1), (x2, y2) = world().points["DE"], world().points["GH"]

    path = re.search(r'class="map__arc [^"]+" d="([^"]+)"', shown(client))[1]

    assert path.startswith(f"M{x1} {y1}Q")
    assert path.endswith(f" {x2} {y2}")


def test_an_arc_is_bent_upwards():
    assert arc((0, 0), (100, 0)) == "M0 0Q50 -28 100 0"


@pytest.mark.parametrize(
    "query",
    ["q=%00", "q=" + "x" * 10_000, "country=na", "page=abc", "page=99999", "view=map"],
)
def test_a_bad_query_is_no_error(client, ghana, query):
    assert get(client, f"view=map&{query}").status_code == 200


@pytest.mark.parametrize("view", ["", "MAP", "%00", "list", "map%00"])
def test_an_unknown_view_is_the_list(client, ghana, view):
    assert 'class="pairs"' in get(client, f"view={view}").content.decode()


def test_an_empty_map_says_what_to_do(client, ghana):
    body = shown(client, "q=Nirgendwo")

    assert "0 Partnerschaften" in body
    assert "Keine Partnerschaft passt." in body
    assert '<svg class="map"' not in body


def test_a_filter_by_goal_does_not_count_twice(client, ghana):
    for number in (1, 2):
        goal = Goal.objects.create(number=number, name_de=f"Ziel {number}")
        goal.partnerships.add(ghana[0])

    assert list(links(client, "goal=2")) == ["Ghana: 1 Partnerschaft"]


def partnerships_everywhere(numbers):
    """One in each country of the seed by turns, its partner at a place of its own."""
    call_command("seed", verbosity=0)
    codes = sorted(Country.objects.exclude(iso2="DE").values_list("iso2", flat=True))
    countries = {row.iso2: row for row in Country.objects.all()}
    german, partners = (
        Municipality.objects.bulk_create(
            Municipality(
                country=countries[codes[number % len(codes)]] if word == "p" else home,
                name=f"{word}{number}",
                slug=f"{word}{number}",
                lat=number % 131 - 55,
                lon=number % 353 - 175,
                checked_at=timezone.now(),
            )
            for number in numbers
        )
        for home in [GermanyFactory()]
        for word in "gp"
    )
    Partnership.objects.bulk_create(
        Partnership(german=a, partner=b, slug=a.slug, published_at=timezone.now())
        for a, b in zip(german, partners, strict=True)
    )


def test_the_map_costs_the_same_however_many(client):
    def queries():
        with CaptureQueriesContext(connection) as made:
            shown(client)
        return len(made)

    partnerships_everywhere(range(10))
    few = queries()
    partnerships_everywhere(range(10, 3000))

    assert queries() == few
    assert few <= 8


def test_the_map_is_light_with_every_country_and_many_towns(client):
    partnerships_everywhere(range(3000))
    body = shown(client)

    assert len(LINK.findall(body)) == Country.objects.exclude(iso2="DE").count() > 140
    assert len(gzip.compress(body.encode())) < 25_000
