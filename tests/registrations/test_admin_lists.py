import pytest
from django.contrib import admin
from django.urls import reverse

from registrations.models import (
    Delegation,
    Letter,
    LetterText,
    PersonalLink,
    ReminderRule,
    Request,
)
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    MunicipalityFactory,
    ParticipantFactory,
    staff,
    submitted,
)

pytestmark = pytest.mark.django_db


def make_delegations(how_many):
    for _number in range(how_many):
        delegation = submitted(EditionFactory())
        ParticipantFactory(side=delegation.german_side)
        Request.objects.ask(delegation.german_side, "change", "Bitte.")


def make_texts(how_many):
    LetterText.objects.all().delete()
    for _number in range(how_many):
        LetterText.objects.create(
            kind="approved", language="de", subject="s", edition=EditionFactory()
        )


def make_entered(how_many):
    for _number in range(how_many):
        town = MunicipalityFactory(checked_at=None)
        DelegationFactory(german_municipality=town)


def make_rules(how_many):
    for _number in range(how_many):
        ReminderRule.objects.create(
            edition=EditionFactory(), what="names", days=7, deadline="changes"
        )


QUERIES = {
    "delegation": (make_delegations, 10),
    "editionplaces": (make_delegations, 8),
    "enteredmunicipality": (make_entered, 11),
    "historyentry": (make_delegations, 10),
    "letter": (make_delegations, 10),
    "lettertext": (make_texts, 7),
    "reminderrule": (make_rules, 7),
    "request": (make_delegations, 8),
    "side": (make_delegations, 7),
}


@pytest.mark.parametrize("how_many", [1, 3])
@pytest.mark.parametrize("model", QUERIES)
def test_list_costs_the_same_however_long(
    admin_client, django_assert_num_queries, model, how_many
):
    make, queries = QUERIES[model]
    make(how_many)

    with django_assert_num_queries(queries):
        response = admin_client.get(reverse(f"admin:registrations_{model}_changelist"))

    assert response.context["cl"].result_count >= how_many


@pytest.mark.parametrize("text", ["AFR00-7K3Q", "ERIKA", "muster@example", "KIEW"])
def test_a_delegation_is_found_by_reference_contact_or_town(admin_client, text):
    submitted(
        EditionFactory(), german__contact_name="A", german__contact_email="a@b.cd"
    )
    found = submitted(EditionFactory(), reference="AFR00-7K3Q")
    found.partnership.partner.names.create(name="Kiew")

    response = admin_client.get(
        reverse("admin:registrations_delegation_changelist"), {"q": text}
    )

    assert list(response.context["cl"].queryset) == [found]


def test_the_list_shows_the_position_and_the_number(admin_client):
    edition = EditionFactory(capacity_people=2)
    submitted(edition)
    first, second = submitted(edition), submitted(edition)
    first.withdraw(by=staff())

    page = admin_client.get(reverse("admin:registrations_delegation_changelist"))

    assert second.queue_number == 2
    assert '<td class="field-queue">1 (Nr. 2)</td>' in page.content.decode()


def test_delegations_are_filtered_by_the_confirmed_address(admin_client):
    edition = EditionFactory()
    submitted(edition)
    unconfirmed = submitted(edition, german__confirmed_at=None)

    response = admin_client.get(
        reverse("admin:registrations_delegation_changelist"), {"confirmed": "no"}
    )

    assert list(response.context["cl"].queryset) == [unconfirmed]


def test_delegations_are_filtered_by_conference(admin_client):
    submitted(EditionFactory())
    other = submitted(EditionFactory())

    response = admin_client.get(
        reverse("admin:registrations_delegation_changelist"),
        {"edition": other.edition_id},
    )

    assert list(response.context["cl"].queryset) == [other]


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ({}, {"ahead"}),
        ({"time": "over"}, {"past"}),
        ({"time": "all"}, {"ahead", "past"}),
        ({"time": "nonsense"}, {"ahead"}),
    ],
    ids=["at first", "over", "all", "nonsense"],
)
def test_the_places_are_those_of_conferences_ahead(admin_client, chosen, shown):
    EditionFactory(city="ahead")
    EditionFactory(city="past", year=2000, starts_on=None, ends_on=None, month=9)

    response = admin_client.get(
        reverse("admin:registrations_editionplaces_changelist"), chosen
    )

    assert {row.city for row in response.context["cl"].queryset} == shown


def test_the_list_of_places_leads_to_all_of_them(admin_client):
    EditionFactory(year=2000, starts_on=None, ends_on=None, month=9)

    page = admin_client.get(reverse("admin:registrations_editionplaces_changelist"))

    assert ('<a href="?time=all">alle</a>') in " ".join(page.content.decode().split())
    assert "gesamt" not in page.content.decode()


def test_unanswered_requests_come_first(admin_client):
    answered, open_one = (
        Request.objects.ask(DelegationFactory().german_side, "change", "Bitte.")
        for _number in range(2)
    )
    answered.answer(granted=True, reason="Ja", by=staff())

    response = admin_client.get(reverse("admin:registrations_request_changelist"))

    assert list(response.context["cl"].queryset) == [open_one, answered]


@pytest.mark.parametrize(
    "model",
    ["delegation", "editionplaces", "historyentry", "letter", "request", "side"],
)
def test_not_even_a_superuser_adds_or_deletes(admin_client, model):
    make_delegations(1)
    rows = admin.site.get_model_admin(
        {m._meta.model_name: m for m in admin.site._registry}[model]
    ).model.objects
    row, count = rows.first(), rows.count()
    name = f"admin:registrations_{model}"

    added = admin_client.post(reverse(f"{name}_add"), {})
    deleted = admin_client.post(
        reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}
    )
    admin_client.post(
        reverse(f"{name}_changelist"),
        {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
    )

    assert (added.status_code, deleted.status_code) == (403, 403)
    assert rows.count() == count


def test_not_even_the_side_of_a_draft_is_deleted(admin_client):
    side = DelegationFactory().german_side
    page = reverse("admin:registrations_side_delete", args=[side.pk])

    assert admin_client.post(page, {"post": "yes"}).status_code == 403


def test_not_even_a_superuser_changes_the_history(admin_client):
    make_delegations(1)
    entry = Delegation.objects.get().history.first()

    response = admin_client.post(
        reverse("admin:registrations_historyentry_change", args=[entry.pk]),
        {"reason": "anders"},
    )

    entry.refresh_from_db()
    assert (response.status_code, entry.reason) == (403, "")


def test_the_state_is_no_field_of_the_form(admin_client):
    delegation = submitted(EditionFactory())
    form = {"note": "Rückruf", "state": "approved", "kind": "guests"}
    for name in ("sides", "history"):
        form |= {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0}

    admin_client.post(
        reverse("admin:registrations_delegation_change", args=[delegation.pk]), form
    )

    delegation.refresh_from_db()
    assert (delegation.note, delegation.state, delegation.kind) == (
        "Rückruf",
        "submitted",
        "partnership",
    )


def test_personal_links_are_not_in_the_admin():
    assert not admin.site.is_registered(PersonalLink)


@pytest.mark.parametrize("model", QUERIES)
def test_staff_without_a_permission_see_nothing(client, model):
    client.force_login(staff("partnerships.view_goal"))

    response = client.get(reverse(f"admin:registrations_{model}_changelist"))

    assert response.status_code == 403


def test_a_letter_is_shown_as_it_would_be_sent(admin_client):
    LetterText.objects.all().delete()
    LetterText.objects.create(
        kind="submitted", language="de", subject="Da: {reference}", body="Hallo {name}"
    )
    delegation = submitted(EditionFactory())
    letter = Letter.objects.get(side__delegation=delegation, kind="submitted")

    page = admin_client.get(
        reverse("admin:registrations_letter_change", args=[letter.pk])
    ).content.decode()

    assert f"<strong>Da: {delegation.reference}</strong>" in page
    assert "Hallo Erika Muster" in page


def test_a_request_names_who_asks(admin_client):
    side = submitted(EditionFactory()).german_side
    Request.objects.ask(side, Request.Kind.CHANGE, "One more person, please.")

    page = admin_client.get(reverse("admin:registrations_request_changelist"))

    delegation = side.delegation
    assert f"{delegation.reference}, {delegation.names}" in page.content.decode()


@pytest.mark.parametrize("has_edition", [True, False])
def test_only_the_text_of_one_conference_can_be_deleted(admin_client, has_edition):
    edition = EditionFactory() if has_edition else None
    LetterText.objects.all().delete()
    words = {"subject": "Zusage", "body": "Guten Tag {name}"}
    text = LetterText.objects.create(
        kind="approved", language="de", edition=edition, **words
    )

    page = reverse("admin:registrations_lettertext_delete", args=[text.pk])

    assert admin_client.get(page).status_code == (200 if has_edition else 403)
