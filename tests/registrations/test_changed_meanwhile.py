"""A row was read, and somebody else changed or erased it before it was written."""

import pytest
from django.contrib import admin
from django.urls import reverse

from conferences.models import Edition
from registrations import merging, places
from registrations.models import (
    Delegation,
    EditionPlaces,
    Letter,
    PersonalLink,
    Refused,
    Request,
)
from registrations.views import NumbersView
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    MunicipalityFactory,
    ParticipantFactory,
    submitted,
)
from tests.registrations.answers import address, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def meanwhile(monkeypatch):
    """Lets something happen after an admin page has read its row."""

    def happens(model, deed):
        page = type(admin.site.get_model_admin(model))
        real = page.save_form

        def save_form(self, request, form, change):
            deed()
            return real(self, request, form, change)

        monkeypatch.setattr(page, "save_form", save_form)

    return happens


def change_page(row):
    model = f"{row._meta.app_label}_{row._meta.model_name}"
    return reverse(f"admin:{model}_change", args=[row.pk])


def test_a_note_takes_no_submission_back(admin_client, meanwhile):
    delegation = DelegationFactory()
    meanwhile(Delegation, Delegation.objects.get(pk=delegation.pk).submit)
    inlines = {
        f"{name}-{count}_FORMS": 0
        for name in ("sides", "history")
        for count in ("TOTAL", "INITIAL")
    }

    admin_client.post(change_page(delegation), {"note": "Called back.", **inlines})

    delegation.refresh_from_db()
    assert (delegation.note, delegation.state) == ("Called back.", "submitted")


def test_texts_of_a_conference_take_no_places_back(admin_client, meanwhile):
    edition = EditionFactory(number=1, capacity_people=10)
    capacity = EditionPlaces.objects.get(pk=edition.pk)
    page = admin_client.get(change_page(edition))
    form = {
        name: value
        for name, value in page.context["adminform"].form.initial.items()
        if value is not None and not isinstance(value, list)
    }
    for name in ("opens_at", "closes_at", "changes_until", "published_at"):
        del form[name]
    for formset in page.context["inline_admin_formsets"]:
        prefix = formset.formset.prefix
        form |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    meanwhile(Edition, lambda: capacity.change_capacity(people=20))

    response = admin_client.post(change_page(edition), {**form, "city": "Neustadt"})

    edition.refresh_from_db()
    assert response.status_code == 302
    assert (edition.city, edition.capacity_people) == ("Neustadt", 20)


def test_a_letter_that_was_sent_is_not_queued_by_saving_its_page(
    admin_client, meanwhile
):
    letter = Letter.objects.get(side=submitted(EditionFactory()).german_side)
    meanwhile(Letter, lambda: Letter.objects.update(state="sent"))

    admin_client.post(change_page(letter), {})

    letter.refresh_from_db()
    assert letter.state == "sent"


def test_an_answer_is_not_taken_back_by_saving_the_page_of_a_request(
    admin_client, admin_user, meanwhile
):
    side = DelegationFactory().german_side
    asked = Request.objects.ask(side, Request.Kind.CHANGE, "Please.")
    other = Request.objects.get()
    meanwhile(Request, lambda: other.answer(granted=True, reason="Yes.", by=admin_user))

    admin_client.post(change_page(asked), {})

    asked.refresh_from_db()
    assert asked.granted is True


def test_a_link_that_was_just_revoked_confirms_no_new_address():
    side = DelegationFactory(german__confirmed_at=None).german_side
    token = side.mint_link(PersonalLink.Purpose.LETTER)
    side.change_contact(by=side, contact_email="somebody.else@example.org")

    assert side.confirm_by(token) is False

    side.refresh_from_db()
    assert side.confirmed_at is None


def test_a_town_that_was_merged_is_not_chosen_any_more(admin_user):
    town, into = MunicipalityFactory.create_batch(2)
    delegation, _token = draft(partnership=None, german_municipality=None)
    merging.merge(type(town).objects.get(pk=town.pk), into, by=admin_user)

    with pytest.raises(Refused, match="choose once more"):
        delegation.choose_municipality(town)


def test_a_draft_that_was_just_erased_is_a_dead_link(client, monkeypatch):
    _delegation, token = draft()

    def get_form(self):
        Delegation.objects.all().delete()
        return super(NumbersView, self).get_form()

    monkeypatch.setattr(NumbersView, "get_form", get_form)

    response = client.post(address("people", token), {"german": "2", "partner": "1"})

    assert response.status_code == 404
    assert reverse("registrations:link") in response.content.decode()


def test_both_numbers_are_changed_or_none(client):
    delegation = submitted(EditionFactory(capacity_people=5), german=2, partner=2)
    token = delegation.german_side.mint_link()

    response = client.post(address("people", token), {"german": "3", "partner": "3"})

    assert list(response.context["form"].errors) == ["partner"]
    assert places.held(delegation.edition) == places.Places(2, 2, 1)


def test_a_place_moves_from_one_side_to_the_other_when_all_are_taken(client):
    delegation = submitted(EditionFactory(capacity_people=4), german=2, partner=2)
    token = delegation.german_side.mint_link()

    client.post(address("people", token), {"german": "3", "partner": "1"})

    assert places.held(delegation.edition) == places.Places(3, 1, 1)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_only_post_acts(client, method):
    delegation = submitted(EditionFactory())
    person = ParticipantFactory(side=delegation.german_side)
    token = delegation.german_side.mint_link()

    response = getattr(client, method)(address("take-out", token, person.pk))

    assert response.status_code == 405
    assert delegation.german_side.participants.count() == 1
