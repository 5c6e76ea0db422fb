"""When the pages about the partner are closed, and who it was that acted there."""

import pytest
from django.urls import reverse

from registrations.models import Letter, Participant, PersonalLink
from tests.factories import EditionFactory, later, submitted
from tests.registrations.answers import OVER, PERSON, address

pytestmark = pytest.mark.django_db

COLLEAGUE = {"contact_name": "Kofi", "contact_email": "k@example.org", "language": "en"}
PAGES = [
    ("come", "partner"),
    ("not-coming", "partner"),
    ("hand-over", "german"),
    ("hand-over", "partner"),
    ("partner-link", "german"),
    ("partner-person-add", "german"),
]


def invited(which="partner", **values):
    """A submitted delegation, and a link of one of its sides as from a letter."""
    edition = EditionFactory(**values.pop("edition", {}))
    delegation = submitted(edition, partner=2, **values)
    side = delegation.side(which)
    return delegation, side.mint_link(PersonalLink.Purpose.LETTER)


def who(delegation, verb):
    """Who acted, by the last line of this verb in the history."""
    return delegation.history.filter(verb=verb).last().actor_kind


@pytest.mark.parametrize(("name", "which"), PAGES)
def test_of_what_was_withdrawn_only_the_status_page_is_left(client, name, which):
    delegation, token = invited(which)
    delegation.withdraw(by=delegation.german_side)
    Letter.objects.update(written_at=later(hours=-1))
    written = Letter.objects.count()

    response = client.post(address(name, token), {**PERSON, **COLLEAGUE})

    assert response.url == address("delegation", token)
    assert Letter.objects.count() == written


def test_looking_is_not_coming_yet(client):
    delegation, token = invited()

    assert client.get(address("come", token)).status_code == 405
    delegation.partner_side.refresh_from_db()
    assert delegation.partner_side.answer == ""


def test_not_coming_confirms_the_address_with_a_link_from_a_letter(client):
    delegation, token = invited()

    client.post(address("not-coming", token), {"reason": ""})

    delegation.partner_side.refresh_from_db()
    assert delegation.partner_side.confirmed_at is not None


@pytest.mark.parametrize(
    ("name", "verb"),
    [
        ("come", "come"),
        ("not-coming", "decline_to_come"),
        ("hand-over", "hand_over"),
        ("hand-over", "change_contact"),
    ],
)
def test_the_history_says_that_the_partner_acted(client, name, verb):
    delegation, token = invited()

    client.post(address(name, token), COLLEAGUE)

    assert who(delegation, verb) == "partner"


def test_after_the_time_for_changes_nobody_is_named_on_behalf(client):
    _delegation, token = invited("german", edition=OVER)

    response = client.post(address("partner-person-add", token), PERSON)

    assert response.url == address("delegation", token)
    assert not Participant.objects.exists()


def test_where_there_is_no_partner_nobody_is_named_for_it(client):
    delegation, token = invited("german")
    type(delegation).objects.update(kind="municipality", partnership=None)

    response = client.post(address("partner-person-add", token), PERSON)

    assert response.url == address("delegation", token)
    assert not Participant.objects.exists()


def test_nobody_keeps_the_page_after_handing_over(client):
    response = client.get(reverse("registrations:handed-over"))

    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
