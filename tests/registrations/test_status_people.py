"""The people of what has been submitted: named, replaced, taken out, counted."""

import pytest

from registrations.models import Participant
from tests.factories import (
    EditionFactory,
    ParticipantFactory,
)
from tests.registrations.answers import OVER, address, registered

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


@pytest.mark.parametrize("button", [{}, {"leave_open": ""}], ids=["place", "name"])
def test_a_person_is_taken_out_once_by_a_double_click(client, button):
    delegation, token = registered(german=3)
    person, other = ParticipantFactory.create_batch(2, side=delegation.german_side)

    first, second = (
        client.post(address("take-out", token, person.pk), button) for _click in "12"
    )

    side = delegation.sides.get(which="german")
    assert second.url == first.url
    assert second.url.startswith(address("delegation", token))
    assert list(side.participants.all()) == [other]
    assert side.planned == (3 if button else 2)
    assert delegation.history.filter(verb="change_people").count() == 1


def test_a_person_of_others_is_not_taken_out(client):
    delegation, token = registered()
    stranger, _token = registered(edition=delegation.edition)
    person = ParticipantFactory(side=stranger.german_side)

    client.post(address("take-out", token, person.pk))

    assert stranger.german_side.participants.get() == person
    assert delegation.sides.get(which="german").planned == 2


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
