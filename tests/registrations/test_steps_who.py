"""The steps that ask for the municipality and the partnership."""

import pytest

from partnerships.models import Municipality, Partnership
from tests.factories import (
    CountryFactory,
    EditionFactory,
    GermanyFactory,
    MunicipalityFactory,
    PartnershipFactory,
    PartnerTownFactory,
    submitted,
)
from tests.registrations.answers import (
    address,
    draft,
    empty_draft,
)

pytestmark = pytest.mark.django_db


def test_the_search_finds_checked_german_towns_only(client):
    _delegation, token = empty_draft()
    wanted = MunicipalityFactory(name="Münster", slug="a")
    MunicipalityFactory(name="Münster (entered)", slug="b", checked_at=None)
    PartnerTownFactory(name="Münster abroad", slug="c")

    response = client.get(address("municipality", token) + "?q=muenster")

    assert list(response.context["found"]) == [wanted]


def test_the_search_shows_the_most_alike_first(client):
    _delegation, token = empty_draft()
    holds = MunicipalityFactory(name="Ahausen", slug="a")
    begins = MunicipalityFactory(name="Hausenbach", slug="b")
    equals = MunicipalityFactory(name="Hausen", slug="c")

    response = client.get(address("municipality", token) + "?q=Hausen")

    assert response.context["found"] == [equals, begins, holds]


def test_the_search_names_twenty_towns_at_most(client):
    _delegation, token = empty_draft()
    MunicipalityFactory.create_batch(21)

    response = client.get(address("municipality", token) + "?q=Musterstadt")

    assert len(response.context["found"]) == 20
    assert response.context["are_more"] is True


def test_a_town_that_is_not_listed_is_entered_unchecked(client):
    GermanyFactory()
    delegation, token = empty_draft()

    response = client.post(
        address("municipality-enter", token),
        {"name": "Neudorf", "kind": "town", "land": "Hessen", "kreis": "Kreis X"},
    )

    delegation.refresh_from_db()
    town = Municipality.objects.get(name="Neudorf")
    assert response.url == address("partnership", token)
    assert delegation.german_municipality == town
    assert town.checked_at is None


def test_another_municipality_asks_for_the_partnership_again(client):
    delegation, token = draft()
    other = MunicipalityFactory(name="Anderstadt")

    client.post(address("municipality", token) + "?q=Anderstadt", {"town": other.pk})

    delegation.refresh_from_db()
    assert (delegation.german_municipality, delegation.partnership) == (other, None)
    assert delegation.open_question == "partnership"


def test_a_town_that_was_not_found_cannot_be_chosen(client):
    _delegation, token = empty_draft()
    MunicipalityFactory(name="Gießen")
    hidden = MunicipalityFactory(name="Verborgen", checked_at=None)

    response = client.post(
        address("municipality", token) + "?q=Gießen", {"town": hidden.pk}
    )

    assert response.context["form"].errors == {
        "town": ["Please choose a municipality from the list."]
    }


def test_hidden_partnerships_of_others_are_not_offered(client):
    german = MunicipalityFactory()
    known = PartnershipFactory(german=german)
    PartnershipFactory(german=german, published_at=None)
    _delegation, token = empty_draft(german_municipality=german)

    form = client.get(address("partnership", token)).context["form"]

    values = [value for value, _label in form.fields["partnership"].choices]
    assert values == [str(known.pk), "other", "none"]


def test_a_partner_town_that_is_listed_makes_the_partnership(client):
    german, partner = MunicipalityFactory(), PartnerTownFactory(name="Swakopmund")
    delegation, token = empty_draft(german_municipality=german)
    answer = client.post(address("partnership", token), {"partnership": "other"})

    client.post(answer.url + "?q=swakop", {"town": partner.pk})

    delegation.refresh_from_db()
    partnership = Partnership.objects.get()
    assert (partnership.german, partnership.partner) == (german, partner)
    assert partnership.published_at is None
    assert delegation.partnership == partnership


def test_a_partner_town_that_is_not_listed_is_entered(client):
    namibia = CountryFactory()
    delegation, token = empty_draft(german_municipality=MunicipalityFactory())

    response = client.post(
        address("partner-town-enter", token),
        {"name": "Lüderitz", "country": "NA", "kind": ""},
    )

    delegation.refresh_from_db()
    partner = delegation.partnership.partner
    assert (partner.name, partner.country) == ("Lüderitz", namibia)
    assert partner.checked_at is None
    assert response.url == address("partner", token)


def test_without_a_partnership_the_people_are_next(client):
    edition = EditionFactory(partner_optional=True)
    german = MunicipalityFactory()
    delegation, token = empty_draft(edition=edition, german_municipality=german)

    response = client.post(address("partnership", token), {"partnership": "none"})

    delegation.refresh_from_db()
    assert delegation.kind == "municipality"
    assert response.url == address("people", token)


def test_choosing_no_partnership_forgets_the_partner(client):
    delegation, token = draft(
        edition=EditionFactory(partner_optional=True), partner__planned=3
    )

    client.post(address("partnership", token), {"partnership": "none"})

    partner = delegation.sides.get(which="partner")
    assert (partner.contact_name, partner.contact_email) == ("", "")
    assert partner.planned == 0


def test_a_conference_for_partnerships_tells_who_comes_alone(client):
    edition = EditionFactory(partner_optional=False)
    german = MunicipalityFactory()
    _delegation, token = empty_draft(edition=edition, german_municipality=german)

    response = client.post(
        address("partnership", token), {"partnership": "none"}, follow=True
    )

    assert [one.rule for one in response.context["broken"]] == ["partner"]
    page = response.content.decode()
    assert "Choose another partnership" in page
    assert "Change the number of people" not in page


def test_a_second_delegation_of_a_partnership_is_told_who_was_first(client):
    earlier = submitted(EditionFactory())
    partnership = earlier.partnership
    delegation, token = empty_draft(
        edition=earlier.edition, german_municipality=partnership.german
    )

    response = client.post(
        address("partnership", token), {"partnership": partnership.pk}
    )

    reference = earlier.reference
    assert response.context["form"].errors == {
        "partnership": [f"{partnership} is already registered as {reference}."]
    }
    delegation.refresh_from_db()
    assert delegation.partnership is None
    assert earlier.german_side.letters.filter(kind="second_delegation").count() == 1


def test_the_first_contact_is_told_once_of_each_second(client):
    earlier = submitted(EditionFactory())
    _delegation, token = empty_draft(
        edition=earlier.edition, german_municipality=earlier.partnership.german
    )

    for _time in range(2):
        client.post(
            address("partnership", token), {"partnership": earlier.partnership.pk}
        )

    assert earlier.german_side.letters.filter(kind="second_delegation").count() == 1


def test_a_country_that_does_not_fit_is_told_why(client):
    edition = EditionFactory()
    CountryFactory()
    brazil = CountryFactory(iso2="BR", name_de="Brasilien", region=None)
    partnership = PartnershipFactory(partner__country=brazil)
    delegation, token = empty_draft(
        edition=edition, german_municipality=partnership.german
    )

    response = client.post(
        address("partnership", token), {"partnership": partnership.pk}
    )

    delegation.refresh_from_db()
    assert response.url == address("admission", token)
    assert delegation.partnership == partnership


def test_asking_the_organiser_keeps_the_draft(client):
    CountryFactory()
    brazil = CountryFactory(iso2="BR", name_de="Brasilien", region=None)
    delegation, token = draft(
        partnership=PartnershipFactory(partner__country=brazil), german__planned=2
    )

    client.post(address("admission", token), {"text": "Weil wir seit 1990 tauschen."})
    client.post(address("submit", token))

    request = delegation.german_side.requests.get()
    delegation.refresh_from_db()
    assert (request.kind, request.rule) == ("admission", "country")
    assert request.text == "Weil wir seit 1990 tauschen."
    assert delegation.state == "draft"


def test_who_has_asked_is_not_stopped_again(client):
    CountryFactory()
    brazil = CountryFactory(iso2="BR", name_de="Brasilien", region=None)
    _delegation, token = draft(partnership=PartnershipFactory(partner__country=brazil))
    client.post(address("admission", token), {"text": "Bitte."})

    response = client.post(address("people", token), {"german": "1", "partner": "0"})

    assert response.url == address("names", token)


def test_who_was_admitted_can_submit(client, django_user_model):
    CountryFactory()
    brazil = CountryFactory(iso2="BR", name_de="Brasilien", region=None)
    delegation, token = draft(
        partnership=PartnershipFactory(partner__country=brazil), german__planned=2
    )
    client.post(address("admission", token), {"text": "Bitte."})
    staff = django_user_model.objects.create(username="staff")
    delegation.german_side.requests.get().answer(granted=True, reason="Gern.", by=staff)

    client.post(address("submit", token))

    delegation.refresh_from_db()
    assert delegation.state == "submitted"
