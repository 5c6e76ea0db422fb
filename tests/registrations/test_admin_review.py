"""The page of a delegation shows what changed, and its button ticks it off."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from registrations.models import Delegation
from tests.factories import EditionFactory, ParticipantFactory, staff, submitted
from tests.registrations.deciding import told

pytestmark = pytest.mark.django_db


def is_to_look_at(delegation):
    return Delegation.objects.get(pk=delegation.pk).needs_review_since is not None


@pytest.fixture
def side():
    return submitted(EditionFactory(), german=3, partner=1).german_side


def page_of(delegation):
    return reverse("admin:registrations_delegation_change", args=[delegation.pk])


def button_of(delegation):
    return reverse("admin:registrations_delegation_looked_at", args=[delegation.pk])


def press(client, delegation):
    """Open the page of the delegation, and press its button."""
    page = client.get(page_of(delegation)).content.decode()
    [address] = re.findall('<form id="looked-at" method="post" action="(.*)">', page)
    [seen] = re.findall('name="seen" value="(.*)"', page)
    return client.post(address, {"seen": seen})


def test_the_page_shows_what_was_and_what_is(admin_client, side):
    side.change_planned(2, by=side)
    side.save_person(ParticipantFactory.build(), by=side)

    page = admin_client.get(page_of(side.delegation)).content.decode()

    [shown] = re.findall('<ul class="changes">(.*?)</ul>', page, re.DOTALL)
    lines = re.findall(r"<li>[^,]*, (.*)</li>", shown)
    assert lines == [
        "deutsche Seite: geplante Personen der deutschen Seite: 3 → 2",
        "deutsche Seite: Seite: deutsche Seite, neue Personen: 1, "
        "Personen mit Namen: 1",
    ]


def test_the_button_ticks_off(admin_client, side):
    side.change_planned(2, by=side)

    response = press(admin_client, side.delegation)

    assert told(response) == ["1 Delegation abgehakt."]
    assert response.url == page_of(side.delegation)
    assert not is_to_look_at(side.delegation)


def test_where_nothing_changed_there_is_no_button(admin_client, side):
    page = admin_client.get(page_of(side.delegation)).content.decode()

    assert 'form="looked-at"' not in page


@pytest.mark.parametrize("seen", ["", "gestern", "2020-01-01T00:00:00+00:00"])
def test_a_button_of_an_older_page_ticks_nothing_off(admin_client, side, seen):
    side.change_planned(2, by=side)

    response = admin_client.post(button_of(side.delegation), {"seen": seen})

    assert told(response) == [
        "Inzwischen hat sich noch etwas geändert. Bitte sehen Sie noch einmal nach."
    ]
    assert is_to_look_at(side.delegation)


def test_who_may_only_look_ticks_nothing_off(client, side):
    side.change_planned(2, by=side)
    client.force_login(staff("registrations.view_delegation"))

    response = client.post(button_of(side.delegation))

    assert response.status_code == 403
    assert is_to_look_at(side.delegation)


def test_several_are_ticked_off_in_the_list(admin_client, side):
    side.change_planned(2, by=side)

    response = admin_client.post(
        reverse("admin:registrations_delegation_changelist"),
        {"action": "looked_at", "_selected_action": [side.delegation.pk]},
    )

    assert told(response) == ["1 Delegation abgehakt."]
    entry = side.delegation.history.get(verb="look")
    assert entry.actor == get_user_model().objects.get(username="admin")
    assert not is_to_look_at(side.delegation)
