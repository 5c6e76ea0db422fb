"""No form takes a file: one that is sent all the same is neither read nor kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from registrations.models import Delegation
from tests.factories import EditionFactory
from tests.registrations.answers import CONTACT, address, begin_address, draft

pytestmark = pytest.mark.django_db

# More than Django keeps in memory: it would write such a file to the disk.
SIZE = 5 * 1024 * 1024


def form_with_a_file(**fields):
    return {**fields, "file": SimpleUploadedFile("big.bin", b"x" * SIZE)}


def unread(response):
    """How much of what was sent nobody has read."""
    return len(response.wsgi_request.META["wsgi.input"].read())


@pytest.mark.parametrize("checks", [True, False], ids=["CSRF check", "no CSRF check"])
def test_a_file_is_refused_unread(checks):
    client = Client(enforce_csrf_checks=checks)

    response = client.post(begin_address(EditionFactory()), form_with_a_file(**CONTACT))

    assert response.status_code == 413
    assert "That was too much at once" in response.content.decode()
    assert unread(response) > SIZE * 0.9
    assert not Delegation.objects.exists()


def test_a_file_changes_nothing_of_a_draft(client):
    delegation, token = draft(german__planned=1)

    response = client.post(
        address("people", token), form_with_a_file(german="2", partner="1")
    )

    assert response.status_code == 413
    assert delegation.sides.get(which="german").planned == 1


@pytest.mark.parametrize("name", ["login", "partnerships_region_add"])
def test_a_file_is_refused_unread_in_the_admin(admin_client, name):
    response = admin_client.post(reverse(f"admin:{name}"), form_with_a_file(name="A"))

    assert response.status_code == 413
    assert unread(response) > SIZE * 0.9


def test_a_form_without_a_file_may_be_sent_in_parts(client):
    """Django's test client sends every form as `multipart/form-data`."""
    delegation, token = draft(german__planned=1)

    client.post(address("people", token), {"german": "2", "partner": "1"})

    assert delegation.sides.get(which="german").planned == 2
