"""Whatever stands in an address of the admin, it is a page or a plain refusal."""

import pytest
from django.urls import reverse

from tests.factories import EditionFactory, MunicipalityFactory, submitted

pytestmark = pytest.mark.django_db

LISTS = ["delegation", "historyentry", "letter", "request"]
STRANGE = ["\0", "9" * 30, "9" * 5000, "9" * 10]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("value", STRANGE)
@pytest.mark.parametrize("key", ["edition", "state__exact", "at__year", "p"])
def test_a_strange_filter_of_a_list_is_no_error(admin_client, name, key, value):
    submitted(EditionFactory())
    address = reverse(f"admin:registrations_{name}_changelist")

    response = admin_client.get(address, {key: value}, follow=True)

    assert response.status_code == 400
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("value", ["\0", "9" * 30, "%", "ß" * 500])
def test_a_strange_search_of_a_list_is_no_error(admin_client, value):
    submitted(EditionFactory())
    address = reverse("admin:registrations_delegation_changelist")

    response = admin_client.get(address, {"q": value})

    assert response.status_code == (400 if value == "\0" else 200)


def test_a_strange_search_of_a_field_is_no_error(admin_client):
    field = {
        "app_label": "partnerships",
        "model_name": "partnership",
        "field_name": "german",
    }

    response = admin_client.get(
        reverse("admin:autocomplete"), {**field, "term": "\0", "page": "9" * 30}
    )

    assert response.status_code == 400


def test_the_preview_of_a_letter_refuses_a_strange_conference(admin_client):
    typed = {"kind": "submitted", "language": "de", "subject": "A", "body": "B"}
    address = reverse("admin:registrations_lettertext_preview")

    response = admin_client.post(address, {**typed, "edition": "9" * 30})

    assert response.status_code == 200
    assert "edition" in response.context["form"].errors


@pytest.mark.parametrize("into", ["abc", "9" * 30, "-1", "²"])
def test_a_strange_municipality_to_merge_into_is_refused(admin_client, into):
    town = MunicipalityFactory(checked_at=None)
    address = reverse("admin:registrations_enteredmunicipality_merge", args=[town.pk])

    response = admin_client.post(address, {"into": into})

    assert "into" in response.context["form"].errors
    assert admin_client.get(address, {"into": into}).status_code in (200, 400)


def test_an_address_of_the_admin_that_is_none_is_not_found(admin_client):
    answer = admin_client.get("/admin/no/such/page/")

    assert answer.status_code == 404
    assert "<h1" in answer.content.decode()


CHOICES = [
    ("auth_group", "permissions"),
    ("auth_user", "groups"),
    ("conferences_session", "goals"),
    ("partnerships_partnership", "goals"),
]


@pytest.mark.parametrize(("name", "field"), CHOICES)
def test_a_choice_that_no_database_knows_is_no_error(admin_client, name, field):
    address = reverse(f"admin:{name}_add")

    response = admin_client.post(address, {field: ["9" * 20]})

    assert response.status_code in (200, 400)
    assert "<h1" in response.content.decode()
