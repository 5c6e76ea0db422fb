"""What the German side does about its partner: the link, the address, on behalf."""

import pytest
from django.urls import reverse

from registrations.models import Letter, Participant, PersonalLink, Side
from tests.factories import EditionFactory, ParticipantFactory, later, submitted
from tests.registrations.answers import PERSON, address

pytestmark = pytest.mark.django_db
NEW = {"contact_name": "Kofi", "contact_email": "kofi@example.org", "language": "en"}


def registered(**values):
    delegation = submitted(EditionFactory(), partner=2, **values)
    return delegation, delegation.german_side.mint_link()


def shown(client, token):
    return client.get(address("delegation", token)).content.decode()


def new_links():
    return Letter.objects.filter(kind="partner_new_link")


def long_ago():
    Letter.objects.update(written_at=later(hours=-1))


def test_the_link_of_the_partner_is_sent_again(client):
    delegation, token = registered()
    long_ago()

    page = client.post(address("partner-link", token), follow=True).content.decode()

    assert "A new link to your partner is on its way." in page
    assert [letter.side for letter in new_links()] == [delegation.partner_side]
    line = delegation.history.get(verb="send_link")
    assert (line.actor_kind, line.changes) == ("german", {"on_behalf": "partner"})


def test_the_link_of_the_partner_is_not_sent_every_minute(client):
    _delegation, token = registered()
    long_ago()

    client.post(address("partner-link", token))
    page = client.post(address("partner-link", token), follow=True).content.decode()

    assert new_links().count() == 1
    assert "Your partner got a link a few minutes ago." in page


def test_a_partner_that_was_not_written_to_gets_no_link(client):
    delegation, token = registered(german__confirmed_at=None)

    client.post(address("partner-link", token))

    assert address("partner-link", token) not in shown(client, token)
    assert not Letter.objects.filter(side=delegation.partner_side).exists()


def test_looking_sends_no_link(client):
    _delegation, token = registered()
    long_ago()

    assert client.get(address("partner-link", token)).status_code == 405
    assert not new_links().exists()


def test_a_new_address_of_the_partner_ends_its_old_link(client):
    delegation, token = registered()
    old = delegation.partner_side.mint_link(PersonalLink.Purpose.LETTER)

    response = client.post(address("partner", token), NEW)

    assert response.url.startswith(address("delegation", token))
    assert client.get(address("delegation", old)).status_code == 404
    letters = Letter.objects.filter(side=delegation.partner_side)
    assert [letter.kind for letter in letters] == ["partner_link", "partner_link"]


def test_a_person_is_named_on_behalf_of_the_partner(client):
    delegation, token = registered()

    client.post(address("partner-person-add", token), PERSON)

    person = Participant.objects.get()
    assert (person.side, person.entered_by) == (delegation.partner_side, "german")
    page = shown(client, delegation.partner_side.mint_link())
    assert "Entered for you by your partner. Please check it." in page


def test_the_german_side_changes_whom_it_named_for_its_partner(client):
    delegation, token = registered()
    client.post(address("partner-person-add", token), PERSON)
    person = Participant.objects.get()

    client.post(
        address("partner-person", token, person.pk), {**PERSON, "function_1": "Mayor"}
    )
    changed = Participant.objects.get().function
    client.post(address("partner-take-out", token, person.pk), {"leave_open": ""})

    assert changed == "Mayor"
    left = delegation.history.filter(verb="change_people").last()
    assert left.changes == {
        "side": "partner",
        "people_taken_out": 1,
        "people": 0,
        "on_behalf": "partner",
    }
    assert not Participant.objects.exists()
    assert Side.objects.get(delegation=delegation, which="partner").planned == 2


@pytest.mark.parametrize(
    "name", ["partner-person", "partner-replace", "partner-take-out", "person"]
)
def test_the_german_side_opens_nobody_whom_the_partner_entered(client, name):
    delegation, token = registered()
    person = ParticipantFactory(side=delegation.partner_side, entered_by="partner")

    response = client.get(address(name, token, person.pk))

    assert response.status_code == 404


def test_whom_the_partner_has_changed_is_its_own(client):
    delegation, token = registered()
    client.post(address("partner-person-add", token), PERSON)
    person = Participant.objects.get()
    own = delegation.partner_side.mint_link()

    client.post(address("person", own, person.pk), {**PERSON, "email_1": "a@b.org"})

    page = client.get(address("partner-person", token, person.pk))
    assert page.status_code == 404
    assert "Entered for you" not in shown(client, own)


def test_asking_for_the_link_again_works_for_partners(client):
    delegation, _token = registered()
    long_ago()

    client.post(reverse("registrations:link"), {"email": "AMA.mensah@example.org"})

    assert [letter.side for letter in new_links()] == [delegation.partner_side]


def test_a_partner_that_was_not_written_to_asks_in_vain(client):
    registered(german__confirmed_at=None)
    long_ago()

    client.post(reverse("registrations:link"), {"email": "ama.mensah@example.org"})

    assert not new_links().exists()


def test_staff_send_the_link_of_the_partner(admin_client):
    delegation, _token = registered()
    page = reverse("admin:registrations_delegation_send_partner_link")

    admin_client.post(page, {"chosen": delegation.pk})

    assert [letter.side for letter in new_links()] == [delegation.partner_side]
