"""The status page, and everything that is done from it."""

import pytest
from django.urls import reverse

from registrations.models import Participant, PersonalLink, Request
from tests.factories import (
    EditionFactory,
    ParticipantFactory,
    berlin,
    submitted,
)

pytestmark = pytest.mark.django_db

PERSON = {
    "given_names_1": "Nguyễn Thị",
    "family_name_1": "Minh Khai",
    "organisation_1": "Eine-Welt-Verein",
    "organisation_kind_1": "civil_society",
    "function_1": "",
    "role_1": "member",
    "email_1": "",
    "language_1": "de",
}
OVER = {"changes_until": berlin("2020-02-01 12:00")}


def address(name, token, *args):
    return reverse(f"registrations:{name}", args=[token, *args])


def registered(**values):
    """A submitted delegation with a link from the form; returns it and the token."""
    edition = values.pop("edition", None) or EditionFactory()
    delegation = submitted(edition, **values)
    return delegation, delegation.german_side.mint_link()


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

    with django_assert_num_queries(4):
        response = client.get(address("delegation", token))

    assert len(response.context["side"].people) == how_many


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


def test_a_person_is_named(client):
    delegation, token = registered()

    response = client.post(address("person-add", token), PERSON, follow=True)

    person = delegation.german_side.participants.get()
    assert response.redirect_chain[0][0].startswith(address("delegation", token))
    assert "Your change is saved." in response.content.decode()
    assert person.full_name == "Nguyễn Thị Minh Khai"
    assert person.organisation_kind == "civil_society"


def test_naming_the_same_person_twice_names_one(client):
    _delegation, token = registered()

    for _time in range(2):
        client.post(address("person-add", token), PERSON)

    assert Participant.objects.count() == 1


def test_more_names_than_places_are_refused_in_words(client):
    delegation, token = registered(german=1)
    ParticipantFactory(side=delegation.german_side)

    response = client.post(address("person-add", token), PERSON)

    form = response.context["form"]
    assert form.errors == {"__all__": ["All places of your side have a name already."]}
    assert form["family_name_1"].value() == "Minh Khai"


def test_a_person_is_replaced_in_place(client):
    delegation, token = registered()
    person = ParticipantFactory(side=delegation.german_side)

    client.post(address("person", token, person.pk), PERSON)

    person.refresh_from_db()
    assert person.full_name == "Nguyễn Thị Minh Khai"
    assert delegation.sides.get(which="german").planned == 2


@pytest.mark.parametrize("name", ["person", "take-out"])
def test_a_person_of_others_is_not_found(client, name):
    delegation, token = registered()
    stranger, _token = registered(edition=delegation.edition)
    person = ParticipantFactory(side=stranger.german_side)

    response = client.get(address(name, token, person.pk))

    assert response.status_code == 404


def test_a_person_is_taken_out_with_the_place(client):
    delegation, token = registered()
    person = ParticipantFactory(side=delegation.german_side)

    client.post(address("take-out", token, person.pk))

    side = delegation.sides.get(which="german")
    assert not side.participants.exists()
    assert (side.planned, side.held) == (1, 1)


def test_a_person_is_taken_out_and_the_name_follows(client):
    delegation, token = registered()
    person = ParticipantFactory(side=delegation.german_side)

    client.post(address("take-out", token, person.pk), {"leave_open": ""})

    side = delegation.sides.get(which="german")
    assert not side.participants.exists()
    assert (side.planned, side.held) == (2, 2)


def test_looking_at_the_page_takes_nobody_out(client):
    delegation, token = registered()
    person = ParticipantFactory(side=delegation.german_side)

    client.get(address("take-out", token, person.pk))

    assert delegation.german_side.participants.get() == person


def test_the_last_person_is_not_taken_out(client):
    delegation, token = registered(german=1)
    person = ParticipantFactory(side=delegation.german_side)

    response = client.post(address("take-out", token, person.pk))

    assert response.context["form"].errors == {
        "__all__": ["If nobody is coming any more, please withdraw the delegation."]
    }


def test_more_people_than_places_are_refused_beside_the_number(client):
    delegation, token = registered(edition=EditionFactory(capacity_people=2))

    response = client.post(address("people", token), {"german": "3", "partner": "0"})

    form = response.context["form"]
    assert list(form.errors) == ["german"]
    assert form["german"].value() == "3"
    assert delegation.sides.get(which="german").planned == 2


def test_after_the_deadline_people_are_not_changed(client):
    delegation, token = registered(edition=EditionFactory(**OVER))
    person = ParticipantFactory(side=delegation.german_side)

    answers = [
        client.post(address("person-add", token), PERSON).url,
        client.post(address("take-out", token, person.pk)).url,
    ]

    assert answers == [address("delegation", token)] * 2
    assert delegation.german_side.participants.get() == person


def test_after_the_deadline_the_number_is_refused_by_the_verb(client):
    _delegation, token = registered(edition=EditionFactory(**OVER))

    response = client.post(address("people", token), {"german": "1", "partner": "0"})

    assert response.context["form"].errors == {
        "german": ["The time for changes is over: please ask the organiser."]
    }


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
