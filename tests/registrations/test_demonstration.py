"""What the demonstration holds."""

import pytest
from django.contrib.auth import get_user_model

from conferences.models import Edition
from registrations.models import Delegation, HistoryEntry, Letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstrated")]


def test_the_demonstration_is_marked():
    edition = Edition.objects.get(slug="demonstration")
    assert (edition.is_demonstration, edition.number) == (True, None)
    assert edition.is_published
    assert edition.title_de.startswith("Demonstration")
    assert edition.title_en.startswith("Demonstration")


def test_registration_is_open_on_the_day_of_loading():
    assert Edition.objects.get(slug="demonstration").is_open()


def test_delegations_are_in_different_states():
    states = Delegation.objects.values_list("partnership__german__name", "state")
    assert dict(states) == {
        "Köln": "approved",
        "Essen": "submitted",
        "Wuppertal": "submitted",
        "Hamburg": "declined",
        "Nürnberg": "approved",
        "Wolfsburg": "withdrawn",
        "Sankt Augustin": "submitted",
        "Schweinfurt": "draft",
    }


def test_one_has_waited_while_nobody_waits_now():
    waited = Delegation.objects.get(partnership__german__slug="nuernberg")
    entries = HistoryEntry.objects.filter(delegation=waited).order_by("pk")
    states = [entry.changes.get("state") for entry in entries]
    assert [state for state in states if state] == [
        "waiting",
        "offered",
        "submitted",
        "approved",
    ]
    assert not Delegation.objects.waiting().exists()


def test_places_held_are_those_of_the_delegations_that_hold():
    held = {
        delegation.partnership.german.slug: (
            delegation.german_side.held,
            delegation.partner_side.held,
        )
        for delegation in Delegation.objects.holding()
    }
    assert held == {
        "koeln": (2, 2),
        "essen": (3, 2),
        "wuppertal": (2, 1),
        "nuernberg": (2, 2),
        "sankt-augustin": (4, 3),
    }
    assert Edition.objects.get(slug="demonstration").capacity_people == 60


def test_nobody_is_mailed():
    assert Letter.objects.count() == 0
    addresses = {
        address
        for delegation in Delegation.objects.with_all()
        for side in (delegation.german_side, delegation.partner_side)
        for address in (side.contact_email, *(row.email for row in side.people))
    }
    assert {address.split("@")[1] for address in addresses} == {"example.org"}
    assert all(address.isascii() for address in addresses)


def test_nobody_can_sign_in_as_demo():
    user = get_user_model().objects.get(username="demo")
    assert (user.is_active, user.is_staff, user.has_usable_password()) == (
        False,
        False,
        False,
    )
