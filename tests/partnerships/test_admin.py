import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from partnerships.models import Goal, Municipality, OdaListing, Partnership, Programme
from tests.factories import (
    CountryFactory,
    GermanyFactory,
    MunicipalityFactory,
    PartnershipFactory,
    PartnerTownFactory,
    RegionFactory,
    staff,
)

pytestmark = pytest.mark.django_db
TOWNS = "admin:partnerships_municipality_changelist"
PARTNERSHIPS = "admin:partnerships_partnership_changelist"


def make_regions(how_many):
    for number in range(how_many):
        RegionFactory(code=f"R{number}")


def make_countries(how_many):
    for number in range(how_many):
        country = CountryFactory(iso2=f"X{number}")
        OdaListing.objects.create(country=country, group="LDC")


def make_goals(how_many):
    for number in range(1, how_many + 1):
        Goal.objects.create(number=number, name_de=f"Ziel {number}")


def make_programmes(how_many):
    for number in range(how_many):
        Programme.objects.create(name_de=f"Programm {number}")


MAKERS = {
    "region": make_regions,
    "country": make_countries,
    "municipality": MunicipalityFactory.create_batch,
    "partnership": PartnershipFactory.create_batch,
    "goal": make_goals,
    "programme": make_programmes,
}
QUERIES = {
    "region": 7,
    "country": 8,
    "municipality": 9,
    "partnership": 10,
    "goal": 7,
    "programme": 7,
}


@pytest.mark.parametrize("how_many", [1, 3])
@pytest.mark.parametrize("model", MAKERS)
def test_list_costs_the_same_however_long(
    admin_client, django_assert_num_queries, model, how_many
):
    MAKERS[model](how_many)

    with django_assert_num_queries(QUERIES[model]):
        response = admin_client.get(reverse(f"admin:partnerships_{model}_changelist"))

    assert response.context["cl"].result_count == how_many


def test_towns_are_found_by_another_spelling(admin_client):
    MunicipalityFactory(name="Brühl")
    kyiv = MunicipalityFactory(name="Kyjiw")
    kyiv.names.create(name="Kiew")

    response = admin_client.get(reverse(TOWNS), {"q": "KIEW"})

    assert list(response.context["cl"].queryset) == [kyiv]


def test_a_partnership_is_found_by_a_name_without_its_accents(admin_client):
    PartnershipFactory()
    found = PartnershipFactory(german__name="Köln", partner__name="São Tomé")

    response = admin_client.get(reverse(PARTNERSHIPS), {"q": "koln sao"})

    assert list(response.context["cl"].queryset) == [found]


def test_a_new_municipality_gets_its_word_in_the_address(admin_client):
    germany = GermanyFactory()
    form = {
        "country": germany.pk,
        "name": "Münster",
        "kind": "urban_district",
        "names-TOTAL_FORMS": 0,
        "names-INITIAL_FORMS": 0,
    }

    admin_client.post(reverse("admin:partnerships_municipality_add"), form)

    assert [town.slug for town in Municipality.objects.all()] == ["muenster"]


def test_the_word_in_the_address_stays_as_it_is(admin_client):
    town = MunicipalityFactory(slug="brueglingen")
    form = {
        "country": town.country_id,
        "name": "Brüglingen",
        "kind": "town",
        "slug": "other",
        "names-TOTAL_FORMS": 0,
        "names-INITIAL_FORMS": 0,
    }

    admin_client.post(
        reverse("admin:partnerships_municipality_change", args=[town.pk]), form
    )

    town.refresh_from_db()
    assert (town.name, town.slug) == ("Brüglingen", "brueglingen")


def test_partnerships_that_a_visitor_entered_are_published_by_staff(admin_client):
    entered = PartnershipFactory(published_at=None)
    public = PartnershipFactory()

    response = admin_client.post(
        reverse(PARTNERSHIPS),
        {"action": "publish", "_selected_action": [entered.pk, public.pk]},
    )

    assert set(Partnership.objects.published()) == {entered, public}
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "1 Partnerschaft veröffentlicht."
    ]


def test_publishing_needs_the_permission(client):
    entered = PartnershipFactory(published_at=None)
    client.force_login(staff("partnerships.view_partnership"))

    client.post(
        reverse(PARTNERSHIPS),
        {"action": "publish", "_selected_action": [entered.pk]},
    )

    assert not Partnership.objects.published().exists()


@pytest.mark.parametrize(("value", "expected"), [("yes", "public"), ("no", "entered")])
def test_partnerships_are_filtered_by_publication(admin_client, value, expected):
    rows = {
        "entered": PartnershipFactory(published_at=None),
        "public": PartnershipFactory(),
    }

    response = admin_client.get(reverse(PARTNERSHIPS), {"published": value})

    assert list(response.context["cl"].queryset) == [rows[expected]]


def test_a_pair_entered_after_a_merge_gets_a_free_word():
    german, partner = MunicipalityFactory(slug="a"), MunicipalityFactory(slug="b")
    PartnershipFactory(slug="a--b")

    entered = Partnership.objects.enter(german, partner)

    assert entered.slug == "a--b-2"


def offered(client, **query):
    """What a field of the admin offers while somebody types."""
    app = {"app_label": "partnerships", "model_name": "partnership"}
    response = client.get(reverse("admin:autocomplete"), {**app, **query})
    return [row["text"] for row in response.json()["results"]]


def test_towns_of_one_name_are_told_apart(admin_client):
    MunicipalityFactory(name="Brühl", kreis="Rhein-Erft-Kreis", land="NRW")
    MunicipalityFactory(name="Brühl", kreis="Rhein-Neckar-Kreis", land="BW")

    assert offered(admin_client, field_name="german", term="bruhl") == [
        "Brühl (Kreisangehörige Stadt, Rhein-Erft-Kreis, NRW)",
        "Brühl (Kreisangehörige Stadt, Rhein-Neckar-Kreis, BW)",
    ]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("german", "Muster (Kreisangehörige Stadt, Hessen)"),
        ("partner", "Muster (Namibia)"),
    ],
)
def test_a_field_offers_municipalities_of_its_side_only(admin_client, field, expected):
    MunicipalityFactory(name="Muster", kreis="")
    PartnerTownFactory(name="Muster")

    assert offered(admin_client, field_name=field, term="muster") == [expected]


def test_the_chosen_town_is_shown_with_what_tells_it_apart(admin_client):
    partnership = PartnershipFactory(german__name="Brühl", german__kreis="Erftkreis")

    page = admin_client.get(
        reverse("admin:partnerships_partnership_change", args=[partnership.pk])
    )

    assert (
        ">Brühl (Kreisangehörige Stadt, Erftkreis, Hessen)</option>"
        in page.content.decode()
    )
