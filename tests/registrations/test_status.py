"""The status page, its contact, and withdrawing from it."""

import pytest

from registrations.models import PersonalLink, Request
from tests.factories import (
    EditionFactory,
    ParticipantFactory,
    submitted,
)
from tests.registrations.answers import OVER, address, registered

pytestmark = pytest.mark.django_db


def from_a_letter(delegation):
    return delegation.german_side.mint_link(PersonalLink.Purpose.LETTER)


def state_of(delegation):
    delegation.refresh_from_db()
    return delegation.state


def test_the_page_shows_reference_and_state(client):
    delegation, token = registered()

    page = client.get(address("delegation", token)).content.decode()

    assert delegation.reference in page
    assert "Your delegation is registered, and we hold its places." in page


def test_who_waits_sees_the_position(client):
    edition = EditionFactory(capacity_people=0)
    submitted(edition)
    _delegation, token = registered(edition=edition)

    page = client.get(address("delegation", token)).content.decode()

    assert "on the waiting list, at position 2." in page


def test_who_is_declined_reads_the_reason(client, admin_user):
    delegation, token = registered()
    delegation.decline(by=admin_user, reason="Too many from one region.")

    page = client.get(address("delegation", token)).content.decode()

    assert "Too many from one region." in page


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_page_costs_the_same_however_many_come(
    client, django_assert_num_queries, how_many
):
    delegation, token = registered(german=3)
    side = delegation.german_side
    ParticipantFactory.create_batch(how_many, side=side)

    with django_assert_num_queries(12):
        response = client.get(address("delegation", token))

    shown = response.context["side"]
    assert [person.side is shown for person in shown.people] == [True] * how_many


def test_a_link_from_a_letter_confirms_the_address(client):
    delegation, _token = registered(german__confirmed_at=None)
    token = from_a_letter(delegation)
    assert client.get(address("delegation", token)).context["can_confirm"] is True

    client.post(address("confirm", token))

    side = delegation.sides.get(which="german")
    assert side.confirmed_at is not None


def test_a_link_from_the_form_confirms_nothing(client):
    delegation, token = registered(german__confirmed_at=None)
    assert client.get(address("delegation", token)).context["can_confirm"] is False

    client.post(address("confirm", token))

    assert delegation.sides.get(which="german").confirmed_at is None


def test_after_the_deadline_the_organiser_is_asked(client):
    _delegation, token = registered(edition=EditionFactory(**OVER))
    page = client.get(address("delegation", token)).content.decode()
    assert address("change", token) in page

    client.post(address("change", token), {"text": "Eine Person mehr, bitte."})

    request = Request.objects.get()
    assert (request.kind, request.rule) == ("change", "")
    assert request.text == "Eine Person mehr, bitte."


def test_the_contact_of_the_partner_is_changed(client):
    delegation, token = registered()

    client.post(
        address("partner", token),
        {
            "contact_name": "Kofi Mensah",
            "contact_email": "kofi@example.org",
            "language": "en",
        },
    )

    partner = delegation.sides.get(which="partner")
    assert partner.contact_email == "kofi@example.org"


def test_a_new_address_moves_the_page_to_a_new_link(client):
    delegation, token = registered()

    response = client.post(
        address("contact", token),
        {
            "contact_name": "Erika Muster",
            "contact_email": "erika@new.example.org",
            "writes_for": "municipality",
            "language": "de",
        },
    )

    assert client.get(address("delegation", token)).status_code == 404
    assert client.get(response.url).status_code == 200
    assert delegation.sides.get(which="german").confirmed_at is None


def test_withdrawing_asks_first(client):
    delegation, token = registered()

    client.get(address("withdraw", token))

    assert state_of(delegation) == "submitted"


def test_withdrawing_gives_the_places_back(client):
    delegation, token = registered()

    response = client.post(address("withdraw", token), {"reason": "Keine Zeit."})

    side = delegation.sides.get(which="german")
    assert state_of(delegation) == "withdrawn"
    assert side.held == 0
    assert delegation.history.last().reason == "Keine Zeit."
    assert response.url == address("delegation", token)


def test_what_was_withdrawn_offers_nothing_more(client):
    delegation, token = registered()
    delegation.withdraw(by=delegation.german_side)

    page = client.get(address("delegation", token)).content.decode()

    for name in ("withdraw", "people", "person-add", "contact"):
        assert f'"{address(name, token)}"' not in page


def test_the_calendar_names_the_reference(client):
    delegation, token = registered()

    response = client.get(address("calendar", token))

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert delegation.reference in response.content.decode()
    assert token not in response.content.decode()


def test_a_conference_without_days_has_no_calendar(client):
    edition = EditionFactory(starts_on=None, ends_on=None)
    _delegation, token = registered(edition=edition)

    assert client.get(address("calendar", token)).status_code == 404


@pytest.mark.parametrize(
    "name", ["delegation", "contact", "partner", "withdraw", "change", "calendar"]
)
def test_a_stranger_finds_nothing(client, name):
    registered()

    assert client.get(address(name, "x" * 32)).status_code == 404
