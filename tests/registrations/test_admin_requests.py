"""Staff answer what delegations ask, with a reason and a letter."""

import pytest
from django.urls import reverse

from registrations.models import Request
from tests.factories import DelegationFactory, staff
from tests.registrations.deciding import act, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_texts")]


@pytest.fixture
def request_of_a_draft():
    side = DelegationFactory().german_side
    return Request.objects.ask(side, "admission", "Bitte.", "country")


@pytest.mark.parametrize(("verb", "granted"), [("grant", True), ("refuse", False)])
def test_a_request_is_answered_with_a_reason(
    admin_client, request_of_a_draft, verb, granted
):
    act(admin_client, verb, request_of_a_draft, model="request", reason="Darum")

    request_of_a_draft.refresh_from_db()
    assert request_of_a_draft.granted is granted
    assert request_of_a_draft.reason == "Darum"


def test_a_request_is_answered_once(admin_client, request_of_a_draft):
    act(admin_client, "grant", request_of_a_draft, model="request", reason="Darum")

    response = act(
        admin_client, "refuse", request_of_a_draft, model="request", reason="Doch nicht"
    )

    request_of_a_draft.refresh_from_db()
    assert request_of_a_draft.granted is True
    assert told(response)[-1] == f"{request_of_a_draft}: Hier war nichts mehr zu tun."


def test_who_may_only_look_answers_no_request(client, request_of_a_draft):
    client.force_login(staff("registrations.view_request"))

    response = act(client, "grant", request_of_a_draft, model="request", reason="Ja")

    assert response.status_code == 403
    request_of_a_draft.refresh_from_db()
    assert request_of_a_draft.granted is None


@pytest.mark.parametrize("verb", ["grant", "refuse"])
def test_an_answer_needs_a_reason(admin_client, request_of_a_draft, verb):
    response = act(admin_client, verb, request_of_a_draft, model="request", reason=" ")

    request_of_a_draft.refresh_from_db()
    assert list(response.context["form"].errors) == ["reason"]
    assert request_of_a_draft.answered_at is None


def test_only_an_open_request_offers_answers(admin_client, request_of_a_draft):
    page = reverse("admin:registrations_request_change", args=[request_of_a_draft.pk])

    before = admin_client.get(page).context["decisions"]
    request_of_a_draft.answer(granted=True, reason="Darum", by=staff())
    after = admin_client.get(page).context["decisions"]

    assert [decision.name for decision in before] == ["grant", "refuse"]
    assert after == []
