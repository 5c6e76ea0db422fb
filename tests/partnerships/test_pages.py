import pytest
from django.urls import reverse
from django.utils import translation

from conferences.models import Host
from partnerships.models import Goal, Partnership, Programme
from tests.factories import (
    CountryFactory,
    EditionFactory,
    MunicipalityFactory,
    PartnershipFactory,
    PartnerTownFactory,
    RegionFactory,
    SeriesFactory,
    later,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _german():
    with translation.override("de"):
        yield


def get(client, query="", language="de"):
    with translation.override(language):
        address = reverse("partnerships:list")
    return client.get(f"{address}?{query}")


def found(response):
    return {row.partner.name for row in response.context["page_obj"]}


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

    with django_assert_num_queries(6):
        get(client, "region=AFR&q=town")


@pytest.fixture
def partnership():
    region = RegionFactory()
    return PartnershipFactory(
        german=MunicipalityFactory(name="Gießen", slug="giessen"),
        partner=PartnerTownFactory(
            name="Swakopmund",
            slug="swakopmund-na",
            country=CountryFactory(region=region),
        ),
        since=2008,
        status=Partnership.Status.AGREED,
        topics_de="Wasser; Energie",
        source="https://www.example.org/a?b=1&c=2",
    )


def test_a_partnership_shows_what_is_known(client, partnership):
    programme = Programme.objects.create(
        name_de="Klimapartnerschaft", name_en="Climate partnership"
    )
    partnership.programmes.add(programme)

    with translation.override("en"):
        body = client.get(partnership.get_absolute_url()).content.decode()

    assert "<h1>Gießen – Swakopmund</h1>" in body
    assert "This partnership has been agreed." in body
    assert "<dd>2008</dd>" in body
    assert "<dd>Climate partnership</dd>" in body
    assert '<dd><span lang="de">Wasser; Energie</span></dd>' in body
    assert (
        'href="https://www.example.org/a?b=1&amp;c=2" rel="noopener external"' in body
    )
    assert ">example.org</a>" in body
    assert 'href="/en/municipalities/swakopmund-na/"' in body
    assert 'href="/en/municipalities/giessen/"' in body


def test_what_is_not_known_is_left_out(client):
    body = client.get(PartnershipFactory().get_absolute_url()).content.decode()

    for word in ("Seit", "Programm", "Themen", "Quelle", "Auf den Konferenzen", "None"):
        assert f">{word}<" not in body


def test_a_note_for_staff_is_not_shown(client, partnership):
    Partnership.objects.update(note="only for staff")

    assert "only for staff" not in (
        client.get(partnership.get_absolute_url()).content.decode()
    )


def test_a_partnership_names_its_conferences(client, partnership):
    series = SeriesFactory()
    hosted, attended, hidden = (
        EditionFactory(series=series, title_de=title)
        for title in ("Als Gastgeberin", "Als Gast", "Noch geheim")
    )
    type(hidden).objects.filter(pk=hidden.pk).update(published_at=None)
    for edition in (hosted, hidden):
        Host.objects.create(edition=edition, partnership=partnership)
        edition.attending.add(partnership)
    attended.attending.add(partnership)

    response = client.get(partnership.get_absolute_url())

    assert response.context["hosted"] == [hosted]
    assert set(response.context["attended"]) == {hosted, attended}
    body = response.content.decode()
    assert body.count("Als Gastgeberin") == 1
    assert "Noch geheim" not in body


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_partnership_costs_the_same_however_long(
    client, django_assert_num_queries, partnership, how_many
):
    series = SeriesFactory()
    for edition in EditionFactory.create_batch(how_many, series=series):
        Host.objects.create(edition=edition, partnership=partnership)
        edition.attending.add(partnership)
    for number in range(1, how_many + 1):
        partnership.goals.create(number=number, name_de=f"Ziel {number}")
        partnership.programmes.create(name_de=f"Programm {number}")

    with django_assert_num_queries(5):
        client.get(partnership.get_absolute_url())


def test_a_municipality_shows_what_it_is(client, partnership):
    town = MunicipalityFactory(
        name="Brühl", kind="municipality", kreis="Rhein-Neckar-Kreis", land="Hessen"
    )

    body = client.get(town.get_absolute_url()).content.decode()

    assert "<h1>Brühl</h1>" in body
    assert '<p class="lead">Gemeinde</p>' in body
    for fact in ("Rhein-Neckar-Kreis", "Hessen", "Deutschland"):
        assert f"<dd>{fact}</dd>" in body
    assert "Wir kennen noch keine Partnerschaft" in body


def test_a_municipality_shows_its_public_partnerships(client, partnership):
    hidden = PartnershipFactory(german=partnership.german, published_at=None)

    response = client.get(partnership.german.get_absolute_url())

    assert list(response.context["partnerships"]) == [partnership]
    assert hidden.partner.name not in response.content.decode()


def test_a_municipality_names_the_conferences_it_hosted(client):
    town = MunicipalityFactory()
    edition = EditionFactory()
    Host.objects.create(edition=edition, municipality=town)

    response = client.get(town.get_absolute_url())

    assert response.context["hosted"] == [edition]


def test_a_municipality_that_a_visitor_entered_is_not_shown(client):
    town = MunicipalityFactory(checked_at=None)

    assert client.get(town.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_municipality_costs_the_same_however_long(
    client, django_assert_num_queries, how_many
):
    town = MunicipalityFactory()
    PartnershipFactory.create_batch(how_many, german=town)
    for edition in EditionFactory.create_batch(how_many):
        Host.objects.create(edition=edition, municipality=town)

    with django_assert_num_queries(3):
        client.get(town.get_absolute_url())


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_pages_are_only_read(client, partnership, method):
    for address in (
        reverse("partnerships:list"),
        partnership.get_absolute_url(),
        partnership.german.get_absolute_url(),
    ):
        assert getattr(client, method)(address).status_code == 405


def test_the_pages_set_no_cookie(client, partnership):
    assert not get(client).cookies
    assert not client.get(partnership.get_absolute_url()).cookies
