"""The list of partnerships: searched, narrowed down, page by page."""

import pytest

from partnerships.models import Goal, Partnership
from tests.factories import (
    CountryFactory,
    MunicipalityFactory,
    PartnershipFactory,
    PartnerTownFactory,
    RegionFactory,
    later,
)
from tests.partnerships.pages import found, get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_german")]


@pytest.fixture
def partnerships():
    """Three partnerships in two regions, countries and Länder."""
    africa = RegionFactory(code="AFR", name_de="Afrika", name_en="Africa")
    ukraine = RegionFactory(code="UKR", name_de="Ukraine", name_en="Ukraine", order=4)
    namibia = CountryFactory(iso2="NA", name_de="Namibia", region=africa)
    mali = CountryFactory(iso2="ML", name_de="Mali", name_en="Mali", region=africa)
    state = CountryFactory(iso2="UA", name_de="Ukraine", region=ukraine)
    kyjiw = PartnerTownFactory(country=state, name="Kyjiw")
    for name in ("Kyiv", "Kiew"):
        kyjiw.names.create(name=name)
    pairs = [
        ("Gießen", "Hessen", PartnerTownFactory(country=namibia, name="Swakopmund")),
        ("Erfurt", "Thüringen", PartnerTownFactory(country=mali, name="Kati")),
        ("Leipzig", "Sachsen", kyjiw),
    ]
    for name, land, partner in pairs:
        german = MunicipalityFactory(name=name, land=land, kreis="")
        PartnershipFactory(german=german, partner=partner)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"Swakopmund", "Kati", "Kyjiw"}),
        ("q=Kiew", {"Kyjiw"}),
        ("q=Kyjiw", {"Kyjiw"}),
        ("q=KYIV", {"Kyjiw"}),
        ("q=giessen", {"Swakopmund"}),
        ("q=leipzig+kiew", {"Kyjiw"}),
        ("q=leipzig+kati", set()),
        ("region=AFR", {"Swakopmund", "Kati"}),
        ("country=NA", {"Swakopmund"}),
        ("land=Th%C3%BCringen", {"Kati"}),
        ("region=AFR&country=UA", set()),
        ("region=AFR&q=kati", {"Kati"}),
    ],
)
def test_the_list_is_narrowed_down(client, partnerships, query, names):
    assert found(get(client, query)) == names


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=" + "x" * 10_000,
        "q=" + "%20".join("abcdefghijklmnopqrstuvwxyz" * 4),
        "q=%F0%9F%8F%B4",
        "q=%FF%FE",
        "q=%25_%5C'%22",
        "region=%00&country=%00&land=%00&goal=%00",
        "region=" + "x" * 10_000,
        "goal=18",
        "country=na",
        "page=abc",
        "page=0",
        "page=-1",
        "page=99999",
        "page=" + "9" * 5_000,
        "page=%00",
        "unknown=1&q=&region=",
    ],
)
def test_a_bad_query_is_no_error(client, partnerships, query):
    assert get(client, query).status_code == 200


def test_what_is_searched_for_is_made_harmless(client, partnerships):
    response = get(client, "q=%00%20Ki%E2%80%8Bew%20" + "x" * 200)

    assert response.context["filters"].chosen["q"] == "Kiew " + "x" * 92


def test_what_is_no_choice_counts_as_not_chosen(client, partnerships):
    response = get(client, "region=XYZ&country=%00&goal=3")

    assert found(response) == {"Swakopmund", "Kati", "Kyjiw"}
    assert response.context["filters"].chips == []


def test_choices_are_those_of_public_partnerships(client, partnerships):
    CountryFactory(iso2="TG", name_de="Togo", region=None)

    form = get(client).context["filters"].form

    assert form.fields["region"].choices == [
        ("", "Alle"),
        ("AFR", "Afrika"),
        ("UKR", "Ukraine"),
    ]
    assert form.fields["country"].choices == [
        ("", "Alle"),
        ("Afrika", [("ML", "Mali"), ("NA", "Namibia")]),
        ("Ukraine", [("UA", "Ukraine")]),
    ]
    assert form.fields["land"].choices[1:] == [
        ("Hessen", "Hessen"),
        ("Sachsen", "Sachsen"),
        ("Thüringen", "Thüringen"),
    ]


def test_each_chip_leads_to_the_list_without_it(client, partnerships):
    chips = get(client, "q=Kati&region=AFR&page=1").context["filters"].chips

    assert [(chip.label, chip.query) for chip in chips] == [
        ("„Kati“", "region=AFR"),
        ("Afrika", "q=Kati"),
    ]


def test_the_form_keeps_what_was_chosen(client, partnerships):
    body = get(client, "q=%22%3Cb%3E&region=AFR").content.decode()

    assert 'value="&quot;&lt;b&gt;"' in body
    assert '<option value="AFR" selected>Afrika</option>' in body


def test_goals_are_a_filter_once_a_public_row_carries_one(client, partnerships):
    hidden = PartnershipFactory(published_at=None)
    goal = Goal.objects.create(number=6, name_de="Sauberes Wasser")
    hidden.goals.add(goal)
    assert "goal" not in get(client).context["filters"].form.fields

    shown = Partnership.objects.get(partner__name="Kati")
    shown.goals.add(goal)

    assert found(get(client, "goal=6")) == {"Kati"}
    assert get(client).context["filters"].form.fields["goal"].choices[1:] == [
        ("6", "6 Sauberes Wasser")
    ]


def test_a_planned_partnership_is_drawn_as_planned(client, partnerships):
    assert "pair--planned" not in get(client).text
    Partnership.objects.filter(german__name="Erfurt").update(status="planned")

    assert get(client).text.count("pair--planned") == 1


@pytest.mark.parametrize(
    ("kreis", "where"),
    [
        ("Hildesheim", "Niedersachsen"),
        ("Landkreis Hildesheim", "Landkreis Hildesheim, Niedersachsen"),
        ("", "Niedersachsen"),
    ],
)
def test_a_kreis_of_the_same_name_is_not_said_twice(kreis, where):
    town = MunicipalityFactory(name="Hildesheim", land="Niedersachsen", kreis=kreis)

    assert town.where == where


def test_an_empty_list_says_what_to_do(client, partnerships):
    body = get(client, "q=Nirgendwo").content.decode()

    assert "0 Partnerschaften" in body
    assert "Keine Partnerschaft passt." in body


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
def test_what_is_not_public_is_not_shown(client, hidden):
    partnership = PartnershipFactory(**hidden)

    assert found(get(client)) == set()
    assert client.get(partnership.get_absolute_url()).status_code == 404


def test_a_page_has_25_rows(client):
    PartnershipFactory.create_batch(26)

    first, second = get(client), get(client, "page=2")

    assert (len(found(first)), len(found(second))) == (25, 1)
    assert found(get(client, "page=99999")) == found(second)


def test_the_pages_keep_what_was_chosen(client):
    PartnershipFactory.create_batch(26)

    body = get(client, "region=AFR&q=Partnertown").content.decode()

    assert "?q=Partnertown&amp;region=AFR&amp;page=2" in body


@pytest.mark.parametrize("how_many", [1, 10, 200])
def test_the_list_costs_the_same_however_long(
    client, django_assert_num_queries, how_many
):
    region = RegionFactory()
    for number in range(how_many):
        country = CountryFactory(iso2=f"{number:02}"[-2:], region=region)
        PartnershipFactory(partner=PartnerTownFactory(country=country))

    with django_assert_num_queries(7):
        get(client, "region=AFR&q=town")
