"""The first form, and the whole way from it to the submitted delegation."""

import pytest
from django.urls import reverse

from registrations.models import Delegation, Letter, Side
from tests.factories import (
    EditionFactory,
    PartnershipFactory,
    berlin,
)
from tests.registrations.answers import (
    CONTACT,
    NAME_FOLLOWS,
    PARTNER,
    PERSON,
    address,
    begin_address,
    begun,
    token_of,
)

pytestmark = pytest.mark.django_db


def test_the_whole_way_makes_one_submitted_delegation(client):
    partnership = PartnershipFactory(german__name="Gießen")
    token = token_of(begun(client, EditionFactory()))
    search = address("municipality", token) + "?q=giessen"

    client.post(search, {"town": partnership.german.pk})
    client.post(address("partnership", token), {"partnership": partnership.pk})
    client.post(address("partner", token), PARTNER)
    client.post(address("people", token), {"german": "2", "partner": "3"})
    client.post(address("names", token), {**PERSON, **NAME_FOLLOWS})
    client.post(address("submit", token))

    delegation = Delegation.objects.get()
    german, partner = delegation.german_side, delegation.partner_side
    assert delegation.state == "submitted"
    assert delegation.partnership == partnership
    assert (german.held, partner.held) == (2, 3)
    assert [person.full_name for person in german.people] == ["Erika Muster"]
    assert partner.contact_email == "ama.mensah@example.org"
    assert list(Letter.objects.order_by("pk").values_list("kind", flat=True)) == [
        "continue_link",
        "submitted",
    ]


def test_each_answer_leads_to_the_next_question(client):
    partnership = PartnershipFactory()
    first = begun(client, EditionFactory())
    token = token_of(first)
    town = {"town": partnership.german.pk}
    search = address("municipality", token) + f"?q={partnership.german.name}"

    led_to = [
        first.url,
        client.post(search, town).url,
        client.post(address("partnership", token), {"partnership": partnership.pk}).url,
        client.post(address("partner", token), PARTNER).url,
        client.post(address("people", token), {"german": "1", "partner": "0"}).url,
        client.post(address("names", token), PERSON).url,
        client.post(address("submit", token)).url,
    ]

    names = [
        "municipality",
        "partnership",
        "partner",
        "people",
        "names",
        "check",
        "delegation",
    ]
    assert led_to == [address(name, token) for name in names]


def test_the_first_form_sets_no_cookie_but_csrf(client):
    begun(client, EditionFactory())

    assert list(client.cookies) == ["csrftoken"]


def test_the_link_of_the_form_cannot_confirm(client):
    begun(client, EditionFactory())

    side = Side.objects.german().get()
    assert (side.links.count(), side.links.confirming().count()) == (1, 0)
    assert side.confirmed_at is None


def test_the_same_form_sent_twice_is_one_draft(client):
    edition = EditionFactory()
    page = client.get(begin_address(edition))
    answers = {**CONTACT, "form_key": page.context["form"]["form_key"].value()}

    first = client.post(begin_address(edition), answers)
    second = client.post(begin_address(edition), answers)

    assert Delegation.objects.count() == 1
    assert Letter.objects.count() == 1
    assert Side.objects.opened_by(token_of(first)).exists()
    assert Side.objects.opened_by(token_of(second)).exists()


def test_two_start_pages_are_two_drafts(client):
    edition = EditionFactory()

    begun(client, edition)
    begun(client, edition)

    assert Delegation.objects.count() == 2


def test_going_back_and_correcting_the_address_keeps_the_draft(client):
    edition = EditionFactory()
    page = client.get(begin_address(edition))
    answers = {**CONTACT, "form_key": page.context["form"]["form_key"].value()}
    old = token_of(client.post(begin_address(edition), answers))

    response = client.post(
        begin_address(edition), {**answers, "contact_email": "new@example.org"}
    )

    side = Side.objects.german().get()
    assert side.contact_email == "new@example.org"
    assert not Side.objects.opened_by(old).exists()
    assert Side.objects.opened_by(token_of(response)).get() == side
    assert set(side.letters.values_list("kind", flat=True)) == {"continue_link"}


def test_the_first_form_of_a_submitted_delegation_opens_nothing(client):
    edition = EditionFactory()
    page = client.get(begin_address(edition))
    answers = {**CONTACT, "form_key": page.context["form"]["form_key"].value()}
    client.post(begin_address(edition), answers)
    Delegation.objects.update(state="withdrawn", kind="guests")

    response = client.post(
        begin_address(edition), {**answers, "contact_email": "other@example.org"}
    )

    assert response.url == reverse("registrations:link")
    assert Side.objects.german().get().contact_email == CONTACT["contact_email"]


@pytest.mark.parametrize("key", ["", "short", "x" * 41, "ä" * 32])
def test_a_form_without_its_key_comes_back_with_a_new_one(client, key):
    edition = EditionFactory()

    response = client.post(begin_address(edition), {**CONTACT, "form_key": key})

    form = response.context["form"]
    assert list(form.errors) == ["__all__"]
    assert len(form["form_key"].value()) == 32
    assert form["contact_name"].value() == "Erika Muster"
    assert not Delegation.objects.exists()


def test_a_closed_edition_leads_back_to_its_start_page(client):
    edition = EditionFactory(closes_at=berlin("2020-02-01 12:00"))

    response = client.get(begin_address(edition))

    assert response.url == reverse(
        "registrations:start", args=[edition.series.slug, edition.slug]
    )


def test_an_unpublished_edition_has_no_start_page(client):
    edition = EditionFactory(published_at=None)

    response = client.get(begin_address(edition))

    assert response.status_code == 404


def test_staff_enter_a_delegation_into_an_edition_that_is_hidden_still(admin_client):
    edition = EditionFactory(published_at=None)

    response = admin_client.get(begin_address(edition), {"behalf": "yes"})

    assert response.status_code == 200


def test_the_first_form_page_is_light(client):
    page = client.get(begin_address(EditionFactory()))

    assert len(page.content) <= 15_000
