"""What is no key of a row comes back as an error of the form, never as a 500."""

import pytest
from django.urls import reverse

from tests.factories import EditionFactory, MunicipalityFactory, PartnershipFactory

pytestmark = pytest.mark.django_db

STRANGE = ["abc", "9" * 30, "\0", "-1", "²"]


@pytest.mark.parametrize("value", STRANGE)
def test_a_strange_key_of_a_new_row_is_refused(admin_client, value):
    pages = {
        "partnerships_partnership": ["german", "partner"],
        "partnerships_municipality": ["country"],
        "conferences_series": ["region"],
        "conferences_edition": ["series", "countries", "attending"],
        "registrations_lettertext": ["edition"],
        "registrations_reminderrule": ["edition"],
    }
    for page, fields in pages.items():
        response = admin_client.post(
            reverse(f"admin:{page}_add"), dict.fromkeys(fields, value)
        )

        assert set(fields) <= set(response.context["adminform"].form.errors), page


@pytest.mark.parametrize("value", STRANGE)
def test_a_strange_key_of_a_row_is_refused(admin_client, value):
    partnership = PartnershipFactory()
    address = reverse("admin:partnerships_partnership_change", args=[partnership.pk])

    response = admin_client.post(address, {"german": value, "partner": value})

    assert {"german", "partner"} <= set(response.context["adminform"].form.errors)


@pytest.mark.parametrize("value", STRANGE)
def test_a_strange_key_of_an_entered_municipality_is_refused(admin_client, value):
    town = MunicipalityFactory(checked_at=None)
    address = reverse("admin:registrations_enteredmunicipality_change", args=[town.pk])

    response = admin_client.post(address, {"country": value})

    assert "country" in response.context["adminform"].form.errors


@pytest.mark.parametrize("value", STRANGE)
def test_a_strange_key_of_a_host_is_refused(admin_client, value):
    edition = EditionFactory()
    address = reverse("admin:conferences_edition_change", args=[edition.pk])
    hosts = {
        "hosts-TOTAL_FORMS": "1",
        "hosts-INITIAL_FORMS": "0",
        "hosts-0-partnership": value,
        "hosts-0-municipality": value,
    }

    response = admin_client.post(address, hosts)

    assert response.status_code == 200
