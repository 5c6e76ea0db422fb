"""Forms of the admin whose saving is a verb: sides, places, letters and their texts."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registrations.models import Letter, LetterText
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    ParticipantFactory,
    staff,
    submitted,
)

pytestmark = pytest.mark.django_db


def save_side(client, side, people=(), **values):
    """Save the form of a side, as it stands but for what is named."""
    form = {
        "contact_name": side.contact_name,
        "contact_email": side.contact_email,
        "contact_phone": side.contact_phone,
        "organisation": side.organisation,
        "language": side.language,
        "planned": side.planned,
        "online": side.online,
        "participants-TOTAL_FORMS": len(people),
        "participants-INITIAL_FORMS": sum("id" in person for person in people),
        **values,
    }
    for number, person in enumerate(people):
        fields = {
            "given_names": "",
            "family_name": "Muster",
            "organisation_kind": "politics",
            "role": "member",
            "language": "de",
            "side": side.pk,
            **person,
        }
        form |= {
            f"participants-{number}-{name}": value for name, value in fields.items()
        }
    address = reverse("admin:registrations_side_change", args=[side.pk])
    response = client.post(address, form)
    side.refresh_from_db()
    return response


def test_a_new_address_gets_a_new_link(admin_client, admin_user):
    side = submitted(EditionFactory()).german_side
    side.mint_link()

    save_side(admin_client, side, contact_email="new@example.org")

    assert side.contact_email == "new@example.org"
    assert side.links.usable().count() == 1
    assert side.letters.latest("pk").kind == "new_link"
    assert side.delegation.history.get(verb="change_contact").actor == admin_user


def test_the_german_side_keeps_an_address_for_its_letters(admin_client):
    side = submitted(EditionFactory()).german_side

    response = save_side(admin_client, side, contact_email="")

    assert response.context["adminform"].form.errors == {
        "contact_email": ["Dieses Feld ist zwingend erforderlich."]
    }
    assert side.contact_email == "erika.muster@example.org"


def test_the_partner_side_may_have_no_contact_yet(admin_client):
    side = submitted(EditionFactory(), partner=1).partner_side

    save_side(admin_client, side, contact_email="", contact_name="", planned=0)

    assert (side.contact_email, side.planned) == ("", 0)


def test_a_raised_number_takes_places(admin_client):
    side = submitted(EditionFactory(capacity_people=4)).german_side

    response = save_side(admin_client, side, planned=4)

    assert (side.planned, side.held) == (4, 4)
    assert response.url == reverse(
        "admin:registrations_delegation_change", args=[side.delegation_id]
    )


def test_staff_say_how_many_take_part_online(admin_client, admin_user):
    side = submitted(EditionFactory()).german_side

    save_side(admin_client, side, online=3)

    assert (side.online, side.planned, side.held) == (3, 2, 2)
    entry = side.delegation.history.get(verb="change_number")
    assert (entry.actor, entry.changes) == (admin_user, {"german_online": [0, 3]})


def test_a_number_that_does_not_fit_is_refused_beside_the_field(admin_client):
    side = submitted(EditionFactory(capacity_people=4)).german_side

    response = save_side(admin_client, side, planned=5, contact_name="Neu")

    assert response.context["adminform"].form.errors == {
        "planned": [
            "Für mehr Personen sind keine Plätze frei. Es wurde nichts geändert."
        ]
    }
    assert (side.planned, side.held, side.contact_name) == (2, 2, "Erika Muster")


def test_a_person_is_named_and_renamed_by_the_verb(admin_client):
    side = submitted(EditionFactory()).german_side
    person = ParticipantFactory(side=side)

    save_side(
        admin_client,
        side,
        people=[{"id": person.pk, "family_name": "Neu"}, {"family_name": "Zweite"}],
    )

    assert [row.family_name for row in side.participants.all()] == ["Neu", "Zweite"]
    assert side.delegation.history.filter(verb="change_people").count() == 2


def test_taking_a_person_out_lowers_the_number(admin_client):
    side = submitted(EditionFactory()).german_side
    person = ParticipantFactory(side=side)

    save_side(
        admin_client,
        side,
        people=[{"id": person.pk, "DELETE": "on"}],
    )

    assert (side.planned, side.held, side.participants.count()) == (1, 1, 0)


def test_more_names_than_places_are_refused(admin_client):
    side = submitted(EditionFactory(), german=1).german_side
    people = [{"family_name": "Erste"}, {"family_name": "Zweite"}]

    response = save_side(admin_client, side, people=people)

    assert response.context["adminform"].form.non_field_errors() == [
        "Alle Plätze Ihrer Seite haben schon einen Namen."
    ]
    assert side.participants.count() == 0


def test_the_log_keeps_no_names(admin_client):
    side = submitted(EditionFactory()).german_side

    save_side(admin_client, side, people=[{"family_name": "Geheim"}])

    assert side.participants.count() == 1
    [entry] = LogEntry.objects.all()
    assert "Geheim" not in entry.change_message + entry.object_repr


def save_places(client, edition, **values):
    form = {
        f"capacity_{unit}": ""
        for unit in ("people", "german", "partner", "delegations")
    }
    address = reverse("admin:registrations_editionplaces_change", args=[edition.pk])
    response = client.post(address, {**form, **values})
    edition.refresh_from_db()
    return response


def test_places_are_set(admin_client):
    edition = EditionFactory(capacity_people=10, capacity_partner=5)

    save_places(admin_client, edition, capacity_people="80")

    assert (edition.capacity_people, edition.capacity_partner) == (80, None)


def test_fewer_places_than_are_held_are_refused_beside_the_field(admin_client):
    edition = EditionFactory(capacity_people=10)
    submitted(edition, german=3)

    response = save_places(
        admin_client, edition, capacity_people="50", capacity_german="2"
    )

    assert response.context["adminform"].form.errors == {
        "capacity_german": ["3 Plätze sind schon belegt. Weniger geht nicht."]
    }
    assert (edition.capacity_people, edition.capacity_german) == (10, None)


def test_the_places_form_changes_nothing_else(admin_client):
    edition = EditionFactory(city="Köln")

    with CaptureQueriesContext(connection) as made:
        save_places(admin_client, edition, capacity_people="80", city="Bonn")

    assert (edition.capacity_people, edition.city) == (80, "Köln")
    written = [one["sql"].split(" WHERE ")[0] for one in made if "UPDATE" in one["sql"]]
    assert [sql for sql in written if '"city" =' in sql] == []


def test_places_need_the_permission(client):
    edition = EditionFactory(capacity_people=10)
    client.force_login(staff("registrations.view_editionplaces"))

    response = save_places(client, edition, capacity_people="80")

    assert (response.status_code, edition.capacity_people) == (403, 10)


def test_only_stuck_letters_are_sent_again(admin_client):
    delegation = submitted(EditionFactory())
    Letter.objects.all().delete()
    for state in ("failed", "in_doubt", "sent"):
        letter = Letter.objects.write(delegation.german_side, "submitted")
        Letter.objects.filter(pk=letter.pk).update(state=state)
    chosen = list(Letter.objects.values_list("pk", flat=True))

    response = admin_client.post(
        reverse("admin:registrations_letter_changelist"),
        {"action": "send_again", "_selected_action": chosen},
    )

    states = Letter.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["queued", "queued", "sent"]
    first, _second = get_messages(response.wsgi_request)
    assert str(first) == "2 E-Mails werden noch einmal gesendet."


def preview(client, **values):
    words = {
        "kind": "approved",
        "language": "de",
        "subject": "Zusage für {reference}",
        "body": "Guten Tag {name}",
    }
    address = reverse("admin:registrations_lettertext_preview")
    return client.post(address, {**words, **values})


def test_a_typed_text_is_shown_with_real_data(admin_client):
    LetterText.objects.all().delete()
    delegation = DelegationFactory()

    response = preview(admin_client, delegation=delegation.pk)

    mail = response.context["mail"]
    assert mail.subject == f"Zusage für {delegation.reference}"
    assert mail.body.strip() == "Guten Tag Erika Muster"
    assert LetterText.objects.count() == 0


def test_a_preview_names_placeholders_that_do_not_exist(admin_client):
    DelegationFactory()

    response = preview(admin_client, body="Guten Tag {vorname}")

    assert response.context["form"].errors == {
        "__all__": ["Diese Platzhalter gibt es nicht: vorname."]
    }
    assert "mail" not in response.context


def test_who_may_not_see_delegations_gets_no_preview(client):
    DelegationFactory()
    client.force_login(staff("registrations.change_lettertext"))

    assert preview(client).status_code == 403


def test_a_text_with_an_unknown_placeholder_is_not_saved(admin_client):
    LetterText.objects.all().delete()
    form = {"kind": "approved", "language": "de", "subject": "x", "body": "{vorname}"}

    response = admin_client.post(reverse("admin:registrations_lettertext_add"), form)

    assert response.context["adminform"].form.non_field_errors() == [
        "Diese Platzhalter gibt es nicht: vorname."
    ]
    assert LetterText.objects.count() == 0
