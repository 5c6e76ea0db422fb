"""By the own link a person or a contact has everything erased, after reading how."""

import pytest
from django.urls import reverse

from registrations.models import Delegation, Letter, Participant, Side
from tests.factories import EditionFactory
from tests.registrations.answers import OVER, address, draft
from tests.registrations.test_forgetting import coming

pytestmark = pytest.mark.django_db


def erased_address():
    return reverse("registrations:erased")


def test_reading_the_page_erases_nothing(client):
    delegation = coming()
    person = delegation.german_side.participants.first()

    for path in (
        address("erase", delegation.german_side.mint_link()),
        address("own-erase", person.links.mint(person)),
    ):
        assert client.get(path).status_code == 200

    assert Participant.objects.count() == 4
    assert Delegation.objects.get().german_side.contact_name == "Erika Muster"


def test_a_person_is_erased_by_the_own_link(client):
    person = coming().german_side.participants.first()
    token = person.links.mint(person)

    response = client.post(address("own-erase", token))

    assert (response.status_code, response.url) == (302, erased_address())
    assert not Participant.objects.filter(pk=person.pk).exists()
    assert client.get(address("own-page", token)).status_code == 404


@pytest.mark.parametrize("which", ["german", "partner"])
def test_a_side_is_erased_by_the_link_of_its_contact(client, which):
    side = coming().side(which)
    token = side.mint_link()

    response = client.post(address("erase", token))

    assert (response.status_code, response.url) == (302, erased_address())
    assert Side.objects.get(pk=side.pk).contact_email == ""
    assert client.get(address("delegation", token)).status_code == 404


def test_the_other_side_keeps_its_people_and_its_link(client):
    delegation = coming()
    other = delegation.partner_side.mint_link()

    client.post(address("erase", delegation.german_side.mint_link()))

    assert delegation.partner_side.participants.count() == 2
    assert client.get(address("delegation", other)).status_code == 200


def test_a_draft_is_erased_by_its_link(client):
    _delegation, token = draft()

    client.post(address("erase", token))

    assert Delegation.objects.count() == 0


def test_a_side_is_erased_after_the_time_for_changes(client):
    delegation = coming(EditionFactory(**OVER))

    client.post(address("erase", delegation.german_side.mint_link()))

    assert Delegation.objects.get().state == Delegation.State.WITHDRAWN


def test_who_has_to_wait_for_the_night_is_told_so(client):
    delegation = coming()
    Letter.objects.update(state=Letter.State.SENDING)

    response = client.post(
        address("erase", delegation.german_side.mint_link()), follow=True
    )

    assert response.status_code == 200
    assert "erased tonight" in response.content.decode()


def test_what_cannot_be_written_down_is_refused_in_words(client, settings, tmp_path):
    (tmp_path / "full").write_text("")
    settings.ERASURES_ROOT = tmp_path / "full" / "erasures"

    response = client.post(address("erase", coming().german_side.mint_link()))

    assert response.status_code == 200
    assert "Please write to the organiser" in response.content.decode()


def test_the_page_of_the_german_side_says_what_becomes_of_the_delegation(client):
    delegation = coming()

    page = client.get(address("erase", delegation.german_side.mint_link()))
    other = client.get(address("erase", delegation.partner_side.mint_link()))

    assert "The delegation is withdrawn" in page.content.decode()
    assert "The delegation is withdrawn" not in other.content.decode()
    assert "still stands" in other.content.decode()


def test_every_page_under_a_link_leads_to_both(client):
    delegation = coming()
    person = delegation.german_side.participants.first()
    token, own = delegation.partner_side.mint_link(), person.links.mint(person)

    page = client.get(address("delegation", token)).content.decode()
    own_page = client.get(address("own-page", own)).content.decode()

    assert all(address(name, token) in page for name in ("data", "erase"))
    assert all(address(name, own) in own_page for name in ("own-data", "own-erase"))


def test_an_erasure_needs_the_button_of_its_page(client):
    delegation = coming()
    client.handler.enforce_csrf_checks = True

    response = client.post(address("erase", delegation.german_side.mint_link()))

    assert response.status_code == 403
    assert Delegation.objects.get().german_side.contact_name == "Erika Muster"
