"""What staff cannot do with what is encrypted, whatever their permissions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registrations.models import HistoryEntry, PersonalNeeds, VisaData
from tests.factories import ParticipantFactory, staff
from tests.people import approved

pytestmark = pytest.mark.django_db

MODELS = pytest.mark.parametrize("model", [PersonalNeeds, VisaData])


@pytest.fixture(autouse=True)
def person():
    """Somebody who has said something of both kinds."""
    side = approved().german_side
    person = ParticipantFactory(side=side)
    side.save_needs(person, diet="=1+1", accessibility="", by=side)
    texts = dict.fromkeys(VisaData.SEALED, "=1+1")
    side.save_visa_data(person, needs_letter=True, by=side, **texts)
    return person


def address(model, page, *arguments):
    name = f"admin:registrations_{model._meta.model_name}_{page}"
    return reverse(name, args=arguments)


def export(client, model):
    form = {"action": "export_texts", "_selected_action": [model.objects.get().pk]}
    return client.post(address(model, "changelist"), form)


@MODELS
def test_not_even_a_superuser_adds_changes_or_deletes_it(admin_client, model):
    row = model.objects.get()
    pages = [("add",), ("change", row.pk), ("delete", row.pk)]

    answers = [
        admin_client.post(address(model, *page), {"post": "yes"}) for page in pages
    ]
    admin_client.post(
        address(model, "changelist"),
        {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
    )

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert model.objects.get() == row
    assert not HistoryEntry.objects.filter(
        verb=HistoryEntry.Verb.READ_SENSITIVE
    ).exists()


@MODELS
def test_the_list_does_not_even_load_the_texts(admin_client, model):
    with CaptureQueriesContext(connection) as made:
        admin_client.get(address(model, "changelist"))

    asked = "".join(one["sql"] for one in made)
    assert model._meta.db_table in asked
    assert [name for name in model.SEALED if f'"{name}"' in asked] == []


@MODELS
def test_without_the_permission_nothing_is_exported(client, person, model):
    client.force_login(staff("registrations.view_participant"))

    assert export(client, model).status_code == 403
    assert not person.side.delegation.history.filter(
        verb=HistoryEntry.Verb.READ_SENSITIVE
    ).exists()


@MODELS
def test_an_export_holds_no_formula_and_is_kept_by_no_browser(admin_client, model):
    response = export(admin_client, model)

    _header, row = response.content.decode("utf-8-sig").splitlines()
    assert '"\'=1+1"' in row
    assert '"=1+1"' not in row
    assert "no-store" in response["Cache-Control"]


@MODELS
def test_what_is_not_there_is_no_error(admin_client, model):
    response = admin_client.get(address(model, "change", 999))

    assert response.url == reverse("admin:index")
