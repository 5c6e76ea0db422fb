"""The start page, in every phase, and staff who enter on behalf."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from registrations.models import Delegation
from tests.factories import EditionFactory, berlin, submitted
from tests.registrations.answers import CONTACT, address, token_of

pytestmark = pytest.mark.django_db

BEFORE = {"opens_at": berlin("2099-01-01 08:00")}
CLOSED = {"closes_at": berlin("2020-02-01 12:00")}


def page_of(client, edition):
    path = reverse("registrations:start", args=[edition.series.slug, edition.slug])
    return client.get(path)


def begin_path(edition):
    return reverse("registrations:begin", args=[edition.series.slug, edition.slug])


@pytest.mark.parametrize(
    ("values", "words", "has_button"),
    [
        ({}, "Registration is open", True),
        (BEFORE, "Registration has not opened yet", False),
        (CLOSED, "Registration has closed", False),
        ({"capacity_people": 0}, "Registration is open, with a waiting list", True),
    ],
    ids=["open", "before", "closed", "full"],
)
def test_the_page_says_where_registration_stands(client, values, words, has_button):
    edition = EditionFactory(**values)

    page = page_of(client, edition).content.decode()

    assert f">{words}</h2>" in page
    assert (begin_path(edition) in page) is has_button


def test_a_waiting_list_is_announced_where_somebody_waits(client):
    edition = EditionFactory(capacity_people=3)
    submitted(edition, german=2)
    submitted(edition, german=2)

    assert page_of(client, edition).context["is_full"] is True


def test_a_conference_without_registration_has_no_start_page(client):
    edition = EditionFactory(opens_at=None, closes_at=None)

    assert page_of(client, edition).status_code == 404


def test_a_hidden_conference_has_no_start_page(client):
    edition = EditionFactory(published_at=None)

    assert page_of(client, edition).status_code == 404


def test_the_start_page_sets_no_cookie(client):
    response = page_of(client, EditionFactory())

    assert dict(response.cookies) == {}


@pytest.fixture
def staff(client, django_user_model):
    """Somebody of the group that runs registrations, logged in."""
    user = django_user_model.objects.create_user("staff", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="add_delegation"))
    client.force_login(user)
    return user


def begin_on_behalf(client, edition):
    path = begin_path(edition) + "?behalf"
    key = client.get(path).context["form"]["form_key"].value()
    return token_of(client.post(path, {**CONTACT, "form_key": key}))


def test_staff_begin_before_registration_opens(client, staff):
    begin_on_behalf(client, EditionFactory(**BEFORE))

    delegation = Delegation.objects.get()
    assert delegation.entered_by == staff
    assert delegation.german_side.confirmed_at is not None


def test_staff_are_told_whose_answers_are_asked_for(client, staff):
    token = begin_on_behalf(client, EditionFactory())
    told = "You enter this on behalf of a municipality"

    assert told in client.get(address("municipality", token)).content.decode()
    client.logout()
    assert told not in client.get(address("municipality", token)).content.decode()


def test_visitors_cannot_begin_on_behalf(client):
    edition = EditionFactory(**BEFORE)

    response = client.get(begin_path(edition) + "?behalf")

    assert response.status_code == 302
    assert not Delegation.objects.exists()


def test_staff_submit_guests_before_registration_opens(client, staff):
    token = begin_on_behalf(client, EditionFactory(**BEFORE))

    client.post(address("guests", token))
    client.post(address("people", token), {"german": "5"})
    client.post(address("submit", token))

    delegation = Delegation.objects.get()
    assert (delegation.kind, delegation.state) == ("guests", "submitted")
    assert delegation.german_side.held == 5


def test_visitors_cannot_enter_guests(client, staff):
    token = begin_on_behalf(client, EditionFactory())
    client.logout()

    client.post(address("guests", token))

    assert Delegation.objects.get().kind == "partnership"
