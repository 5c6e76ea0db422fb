"""The admin in a browser: the strict policy breaks none of it."""

import re

import pytest
from django.urls import reverse

from registrations.models import Letter, LetterText
from tests.factories import (
    EditionFactory,
    MunicipalityFactory,
    ParticipantFactory,
    PartnershipFactory,
    submitted,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def staff_page(page, client, admin_user, live_server):
    """A page of somebody who has signed in; it reports what the policy blocked."""
    client.force_login(admin_user)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page.context.add_cookies([{**cookie, "url": live_server.url}])
    return page


def test_a_decision_goes_from_the_list_to_its_letters(staff_page):
    LetterText.objects.all().delete()
    LetterText.objects.create(
        kind="approved", language="de", subject="Zusage {reference}", body="Ja, {name}."
    )
    edition = EditionFactory()
    first, second = submitted(edition), submitted(edition)

    staff_page.goto(reverse("admin:registrations_delegation_changelist"))
    for delegation in (first, second):
        staff_page.get_by_role("row", name=delegation.reference).get_by_role(
            "checkbox"
        ).check()
    staff_page.get_by_label("Aktion:").select_option("prepare_approval")
    staff_page.get_by_role("button", name="Ausführen").click()
    staff_page.get_by_role("button", name="Vorbereiten und E-Mails ansehen").click()
    shown = staff_page.locator("#content").inner_text()
    staff_page.get_by_label("Wie viele E-Mails werden gesendet?").fill("2")
    staff_page.get_by_role(
        "button", name="2 Entscheidungen mit 2 E-Mails senden"
    ).click()
    told = staff_page.locator(".messagelist").inner_text()

    assert "Bereit zum Senden: 2 Entscheidungen mit 2 E-Mails" in shown
    assert f"Zusage {first.reference}" in shown
    assert told.splitlines() == [
        "2 Entscheidungen gesendet.",
        "2 E-Mails sind unterwegs.",
    ]
    assert Letter.objects.filter(kind="approved").count() == 2


def test_a_town_is_chosen_by_typing(staff_page):
    MunicipalityFactory(name="Köln", kreis="")

    staff_page.goto(reverse("admin:partnerships_partnership_add"))
    staff_page.locator(".field-german .select2-selection").click()
    staff_page.locator(".select2-search__field").fill("koln")
    staff_page.get_by_role(
        "option", name="Köln (Kreisangehörige Stadt, Hessen)"
    ).click()

    chosen = staff_page.locator(".field-german .select2-selection__rendered")
    assert chosen.get_attribute("title") == "Köln (Kreisangehörige Stadt, Hessen)"


def test_a_preview_shows_what_was_typed_in_another_tab(staff_page):
    LetterText.objects.all().delete()
    text = LetterText.objects.create(
        kind="approved", language="de", subject="Alt", body="Guten Tag {name}"
    )
    delegation = submitted(EditionFactory())

    staff_page.goto(reverse("admin:registrations_lettertext_change", args=[text.pk]))
    staff_page.get_by_label("Betreff:").fill("Neu {reference}")
    with staff_page.context.expect_page() as opened:
        staff_page.get_by_role("button", name="Vorschau").click()
    mail = opened.value.locator(".mail").inner_text()

    assert mail.splitlines()[0] == f"Neu {delegation.reference}"
    assert "Guten Tag Erika Muster" in mail
    text.refresh_from_db()
    assert text.subject == "Alt"


def test_the_board_is_narrowed_down_to_who_owes_something(staff_page):
    edition = EditionFactory()
    owing = submitted(edition, german=1)
    ParticipantFactory(side=submitted(edition, german=1).german_side)

    staff_page.goto(reverse("admin:index"))
    staff_page.get_by_role("link", name=re.compile(r"^Übersicht: ")).click()
    staff_page.get_by_label("Wer muss noch etwas tun").select_option("german")
    staff_page.get_by_role("button", name="Delegationen anzeigen").click()

    rows = staff_page.locator(".board-table tbody tr").all_inner_texts()
    assert len(rows) == 1
    assert owing.reference in rows[0]
    assert "1 Name folgt" in rows[0]


@pytest.mark.parametrize(
    "model", ["edition", "series", "page", "picture", "publication", "speaker"]
)
def test_forms_of_conferences_open_without_a_complaint(staff_page, model):
    edition = EditionFactory()
    edition.hosts.create(partnership=PartnershipFactory())

    staff_page.goto(reverse(f"admin:conferences_{model}_add"))
    if model == "edition":
        staff_page.goto(reverse("admin:conferences_edition_change", args=[edition.pk]))

    assert staff_page.get_by_role("button", name="Sichern und neu hinzufügen").count()
