"""The steps that ask for people, the check page, and what all steps share."""

import pytest
from django.urls import reverse

from partnerships.models import Partnership
from registrations.models import HistoryEntry, Participant
from tests.factories import (
    EditionFactory,
    PartnershipFactory,
    submitted,
)
from tests.registrations.answers import (
    NAME_FOLLOWS,
    PERSON,
    STEPS,
    address,
    draft,
    empty_draft,
)

pytestmark = pytest.mark.django_db


def test_a_pair_that_exists_gets_its_row(client):
    partnership = PartnershipFactory(partner__name="Swakopmund", published_at=None)
    delegation, token = empty_draft(german_municipality=partnership.german)

    client.post(
        address("partner-town", token) + "?q=swakop",
        {"town": partnership.partner.pk},
    )

    delegation.refresh_from_db()
    assert delegation.partnership == partnership
    assert Partnership.objects.count() == 1


def test_more_people_than_the_rule_lets_ask_the_organiser(client):
    delegation, token = draft(edition=EditionFactory(german_most=2))

    response = client.post(
        address("people", token), {"german": "3", "partner": "1"}, follow=True
    )

    assert [one.rule for one in response.context["broken"]] == ["german_most"]
    assert delegation.sides.get(which="german").planned == 3


def test_fewer_people_than_are_named_is_refused_beside_the_field(client):
    delegation, token = draft(german__planned=2)
    delegation.german_side.name_people(
        [
            {"family_name": "Eins", "organisation_kind": "other"},
            {"family_name": "Zwei", "organisation_kind": "other"},
        ],
        by=delegation.german_side,
    )

    response = client.post(address("people", token), {"german": "1", "partner": "0"})

    assert list(response.context["form"].errors) == ["german"]
    assert response.context["form"]["german"].value() == "1"


def test_the_same_names_sent_twice_name_nobody_twice(client):
    _delegation, token = draft(german__planned=2)

    for _time in range(2):
        client.post(address("names", token), {**PERSON, **NAME_FOLLOWS})

    assert Participant.objects.count() == 1


def test_a_person_whose_fields_are_emptied_follows_by_name(client):
    _delegation, token = draft(german__planned=2)
    client.post(address("names", token), {**PERSON, **NAME_FOLLOWS})

    client.post(
        address("names", token),
        {"role_1": "member", "language_1": "de", **NAME_FOLLOWS},
    )

    assert not Participant.objects.exists()


def test_the_check_page_names_what_is_missing(client):
    _delegation, token = draft()

    response = client.get(address("check", token))

    assert response.context["missing"] == ["Please say how many people will come."]
    assert response.context["is_ready"] is False


def test_submitting_what_is_not_complete_leads_back_to_the_check_page(client):
    delegation, token = draft()

    response = client.post(address("submit", token))

    delegation.refresh_from_db()
    assert response.url == address("check", token)
    assert delegation.state == "draft"


@pytest.mark.parametrize(("capacity", "waits"), [(4, False), (3, True)])
def test_the_check_page_says_whether_there_are_places(client, capacity, waits):
    edition = EditionFactory(capacity_people=capacity)
    _delegation, token = draft(edition=edition, german__planned=2, partner__planned=2)

    response = client.get(address("check", token))

    assert response.context["will_wait"] is waits


def test_submitting_twice_is_submitting_once(client):
    delegation, token = draft(german__planned=1)

    for _time in range(2):
        client.post(address("submit", token))

    assert delegation.history.filter(verb=HistoryEntry.Verb.SUBMIT).count() == 1


def test_a_step_of_a_submitted_delegation_leads_to_its_status_page(client):
    delegation = submitted(EditionFactory())
    token = delegation.german_side.mint_link()

    response = client.post(
        address("partnership", token), {"partnership": delegation.partnership.pk}
    )

    assert response.url == address("delegation", token)


def test_a_draft_goes_on_at_its_first_open_question(client):
    _delegation, token = draft()

    response = client.get(address("delegation", token))

    assert response.url == address("people", token)


def test_changing_the_language_keeps_the_step(client):
    _delegation, token = draft()

    page = client.get(address("people", token)).content.decode()

    assert f'href="/de/anmeldung/{token}/personen/"' in page


@pytest.mark.parametrize("name", [*STEPS, "names", "delegation", "submit"])
def test_a_stranger_is_told_that_the_link_is_dead(client, name):
    draft(german__planned=1)

    method = client.post if name == "submit" else client.get
    response = method(address(name, "x" * 32))

    assert response.status_code == 404
    assert reverse("registrations:link") in response.content.decode()


def test_the_link_of_the_partner_does_not_open_the_german_side(client):
    delegation, _token = draft()
    of_partner = delegation.partner_side.mint_link()

    response = client.get(address("contact", of_partner))

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("method", "name"), [("post", "check"), ("get", "submit"), ("get", "confirm")]
)
def test_the_wrong_method_is_refused(client, method, name):
    _delegation, token = draft(german__planned=1)

    response = getattr(client, method)(address(name, token))

    assert response.status_code == 405


@pytest.mark.parametrize("name", STEPS)
def test_pages_under_a_link_are_kept_by_nobody(client, name):
    _delegation, token = draft(german__planned=1)

    response = client.get(address(name, token))

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "Set-Cookie" not in response or set(response.cookies) == {"csrftoken"}
