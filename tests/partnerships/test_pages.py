"""The page of a partnership and that of a municipality."""

import pytest
from django.urls import reverse
from django.utils import translation

from conferences.models import Host
from partnerships.models import Partnership, Programme
from tests.factories import (
    CountryFactory,
    EditionFactory,
    MunicipalityFactory,
    PartnershipFactory,
    PartnerTownFactory,
    RegionFactory,
    SeriesFactory,
)
from tests.partnerships.pages import get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_german")]


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
