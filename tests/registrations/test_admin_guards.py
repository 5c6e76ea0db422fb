"""Doors of the admin that stay closed, also where nobody would think of knocking."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registrations.models import Delegation, Letter, PreparedDecision
from tests.factories import DelegationFactory, EditionFactory, staff, submitted
from tests.registrations.deciding import prepare, states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_texts")]
State = Delegation.State


def prepared_page(key):
    return reverse("admin:registrations_prepareddecision_edition", args=[key])


def change_page(row):
    name = f"admin:registrations_{row._meta.model_name}_change"
    return reverse(name, args=[row.pk])


def test_who_asks_for_the_head_of_prepared_decisions_sends_nothing(client):
    delegation = submitted(EditionFactory())
    prepare(delegation)
    client.force_login(staff("registrations.view_prepareddecision"))

    response = client.head(prepared_page(delegation.edition_id))

    assert (response.status_code, response.context["errors"]) == (200, ())
    assert states(delegation) == [State.SUBMITTED]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_conference_that_there_is_not_has_no_prepared_decisions(admin_client, method):
    response = getattr(admin_client, method)(prepared_page(999_999))

    assert response.status_code == 404


def test_what_is_held_back_stands_among_what_can_be_taken_back(admin_client):
    unconfirmed = submitted(EditionFactory(), german__confirmed_at=None)
    prepare(unconfirmed)

    response = admin_client.get(prepared_page(unconfirmed.edition_id))

    assert f'name="chosen" value="{unconfirmed.pk}"' in response.text
    assert "Zurzeit ist nichts vorbereitet." not in response.text


def test_no_delegation_is_offered_for_deletion(admin_client):
    """Its history forbids it too, but only once somebody has pressed the button."""
    draft = DelegationFactory()

    page = admin_client.get(change_page(draft))
    rows = admin_client.get(reverse("admin:registrations_delegation_changelist"))

    assert page.context["has_delete_permission"] is False
    assert 'class="deletelink"' not in page.text
    assert 'value="delete_selected"' not in rows.text


@pytest.fixture(params=["letter", "request", "offer", "historyentry"])
def shown(request, admin_user):
    """A row that staff only read, of each kind."""
    holding = submitted(EditionFactory(capacity_people=2))
    first = submitted(holding.edition)
    holding.withdraw(by=admin_user)
    side = first.german_side
    return {
        "letter": Letter.objects.first,
        "offer": first.offers.first,
        "historyentry": first.history.first,
        "request": lambda: side.requests.create(kind="change", text="Bitte"),
    }[request.param]()


def test_what_is_only_read_has_no_button_to_save(admin_client, shown):
    page = admin_client.get(change_page(shown))

    assert page.status_code == 200
    assert 'name="_save"' not in page.text
    assert 'name="_continue"' not in page.text
    assert 'class="deletelink"' not in page.text
    assert 'class="closelink"' in page.text


def test_what_is_only_read_is_not_written(admin_client, shown):
    """An old page that is sent must not undo what a verb has written since."""
    with CaptureQueriesContext(connection) as made:
        admin_client.post(change_page(shown), {"state": "failed"})

    table = shown._meta.db_table
    assert [one for one in made if f'UPDATE "{table}"' in one["sql"]] == []


def test_what_is_only_read_is_not_added(admin_client, shown):
    page = reverse(f"admin:registrations_{shown._meta.model_name}_add")

    assert admin_client.get(page).status_code == 403


def test_prepared_decisions_are_read_with_the_right_to_read_them(client):
    delegation = submitted(EditionFactory())
    prepare(delegation)
    client.force_login(staff("registrations.view_delegation"))

    start = client.get(reverse("admin:registrations_prepareddecision_changelist"))

    assert start.status_code == 403
    assert client.get(prepared_page(delegation.edition_id)).status_code == 403
    assert PreparedDecision.objects.count() == 1
