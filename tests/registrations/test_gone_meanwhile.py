"""A town or a partnership goes while a draft chooses it: the page says so in words."""

import threading
from functools import partial

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.urls import reverse

from partnerships.models import Municipality, Partnership
from registrations import merging, towns, views
from registrations.models import Delegation
from tests.factories import (
    DelegationFactory,
    MunicipalityFactory,
    PartnershipFactory,
    PartnerTownFactory,
)
from tests.registrations.answers import address, draft, empty_draft

# A missing row is noticed where the transaction ends.
pytestmark = pytest.mark.django_db(transaction=True)

CHANGED = "This entry has just been changed. Please choose once more."
NOT_LISTED = "Please choose a municipality from the list."
# How long staff try to delete a row that is being chosen.
PATIENCE = 0.25


@pytest.fixture
def meanwhile(monkeypatch):
    """Lets something happen once, after a page has read its rows."""

    def happens(page, name, deed):
        real = getattr(page, name)
        deeds = [deed]

        def method(self, *args, **kwargs):
            while deeds:
                deeds.pop()()
            return real(self, *args, **kwargs)

        monkeypatch.setattr(page, name, method)

    return happens


def choosing_a_partner():
    """A draft whose municipality is known, and nothing more."""
    return empty_draft(german_municipality=MunicipalityFactory())


def choices(form, field):
    return [key for key, _label in form.fields[field].choices]


def test_a_town_that_is_deleted_while_it_is_chosen(client, meanwhile):
    town = MunicipalityFactory(name="Neustadt")
    delegation, token = empty_draft(german_municipality=None)
    meanwhile(views.MunicipalityView, "save", town.delete)

    response = client.post(f"{address('municipality', token)}?q=Neu", {"town": town.pk})

    delegation.refresh_from_db()
    assert response.context["form"].errors == {"town": [CHANGED]}
    assert delegation.german_municipality is None


def test_a_partner_town_that_is_deleted_while_it_is_chosen(client, meanwhile):
    delegation, token = choosing_a_partner()
    town, other = (PartnerTownFactory(name=f"Neu {number}") for number in "12")
    meanwhile(
        views.PartnerTownView, "save", Municipality.objects.get(pk=town.pk).delete
    )

    response = client.post(f"{address('partner-town', token)}?q=Neu", {"town": town.pk})

    form = response.context["form"]
    delegation.refresh_from_db()
    assert form.errors == {"town": [NOT_LISTED]}
    assert choices(form, "town") == [str(other.pk)]
    assert delegation.german_municipality is not None
    assert not Partnership.objects.exists()


def test_a_partnership_that_is_deleted_while_it_is_chosen(client, meanwhile):
    partnership = PartnershipFactory()
    _delegation, token = empty_draft(german_municipality=partnership.german)
    meanwhile(views.PartnershipView, "save", partnership.delete)

    response = client.post(
        address("partnership", token), {"partnership": str(partnership.pk)}
    )

    assert response.context["form"].errors == {"partnership": [CHANGED]}


def test_a_partner_town_that_is_merged_while_it_is_chosen(
    client, meanwhile, admin_user
):
    _delegation, token = choosing_a_partner()
    town, into = (PartnerTownFactory(name=f"Neu {number}") for number in "12")
    meanwhile(
        views.PartnerTownView,
        "save",
        lambda: merging.merge(town, into, by=admin_user),
    )

    response = client.post(f"{address('partner-town', token)}?q=Neu", {"town": town.pk})

    form = response.context["form"]
    assert form.errors == {"town": [NOT_LISTED]}
    assert choices(form, "town") == [str(into.pk)]


@pytest.mark.parametrize("name", ["partner-town", "partner-town-enter"])
def test_the_partner_is_kept_though_the_own_town_is_merged(
    client, meanwhile, admin_user, name
):
    delegation, token = choosing_a_partner()
    town, into = delegation.german_municipality, MunicipalityFactory()
    partner = PartnerTownFactory(name="Swakopmund")
    page = {
        "partner-town": views.PartnerTownView,
        "partner-town-enter": views.PartnerTownEnterView,
    }[name]
    meanwhile(page, "save", lambda: merging.merge(town, into, by=admin_user))

    response = client.post(
        f"{address(name, token)}?q=Swakopmund",
        {"town": partner.pk, "name": "Swakopmund", "country": "NA"},
    )

    delegation.refresh_from_db()
    assert response.url == address("partner", token)
    assert delegation.german_municipality == into
    assert delegation.partnership.german == into
    assert delegation.partnership.partner.name == "Swakopmund"


def test_a_partner_that_is_merged_while_it_is_offered(client, meanwhile, admin_user):
    delegation, token = choosing_a_partner()
    listed = PartnershipFactory(german=delegation.german_municipality)
    into = PartnerTownFactory(name="Swakopmund")
    merge = partial(merging.merge, listed.partner, into, by=admin_user)
    meanwhile(towns.PARTNERS, "ask", merge)

    page = client.get(address("partnership", token)).content.decode()

    assert "Swakopmund" in page


def test_a_municipality_comes_alone_though_it_is_merged(client, meanwhile, admin_user):
    delegation, token = choosing_a_partner()
    town, into = delegation.german_municipality, MunicipalityFactory()
    meanwhile(
        views.PartnershipView,
        "save",
        lambda: merging.merge(town, into, by=admin_user),
    )

    client.post(address("partnership", token), {"partnership": "none"})

    delegation.refresh_from_db()
    assert delegation.kind == "municipality"
    assert delegation.german_municipality == into


def test_a_draft_is_submitted_though_its_towns_are_merged(
    client, meanwhile, admin_user
):
    delegation, token = draft(german__planned=1)
    partnership = delegation.partnership
    into = PartnershipFactory(german=partnership.german)

    def merge():
        merging.merge(partnership.partner, into.partner, by=admin_user)

    meanwhile(views.SubmitView, "post", merge)

    client.post(address("submit", token))

    delegation.refresh_from_db()
    assert (delegation.state, delegation.partnership) == ("submitted", into)


@pytest.mark.postgresql
@pytest.mark.parametrize("what", ["municipality", "partnership"])
def test_what_is_being_chosen_is_not_deleted_any_more(monkeypatch, what):
    partnership = PartnershipFactory()
    row = {"municipality": partnership.german, "partnership": partnership}[what]
    if what == "municipality":
        partnership.delete()
    delegation = DelegationFactory(partnership=None, german_municipality=None)
    failures = []

    def delete():
        try:
            type(row).objects.get(pk=row.pk).delete()
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    staff = threading.Thread(target=delete)

    def held_up(self):
        staff.start()
        staff.join(PATIENCE)

    monkeypatch.setattr(Delegation, "twin", held_up)

    getattr(delegation, f"choose_{what}")(row)

    staff.join()
    delegation.refresh_from_db()
    assert getattr(delegation, f"german_{what}" if what[0] == "m" else what) == row
    assert len(failures) == 1


@pytest.mark.postgresql
@pytest.mark.parametrize("way", ["page", "list"])
def test_staff_are_told_who_has_chosen_what_they_delete(admin_client, monkeypatch, way):
    town = MunicipalityFactory()
    delegation = DelegationFactory(partnership=None, german_municipality=None)

    def choose():
        delegation.choose_municipality(town)
        connection.close()

    # Looked through, nothing holds the town; then the visitor comes.
    name = {"page": "delete_model", "list": "delete_queryset"}[way]
    page = admin.site.get_model_admin(Municipality)
    real = getattr(type(page), name)

    def held_up(self, request, rows):
        visitor = threading.Thread(target=choose)
        visitor.start()
        visitor.join()
        real(self, request, rows)

    monkeypatch.setattr(type(page), name, held_up)

    if way == "page":
        path = reverse("admin:partnerships_municipality_delete", args=[town.pk])
        answers = {}
    else:
        path = reverse("admin:partnerships_municipality_changelist")
        answers = {"action": "delete_selected", "_selected_action": [town.pk]}
    response = admin_client.post(path, {**answers, "post": "yes"})

    [holder] = response.context["protected"]
    assert response.status_code == 200
    assert delegation.reference in holder
    assert Municipality.objects.filter(pk=town.pk).exists()
    assert not LogEntry.objects.exists()
