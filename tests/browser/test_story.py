"""The whole story: two towns register together, wait, and are at last expected.

Three people go through it, each in a browser of their own: Erika Muster in the German
town hall, Rosa Mendoza in the partner town, who reads Spanish, and a member of staff.
"""

import email
import email.policy
import re

import pytest
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import expect

from registrations import letters
from registrations.models import Delegation
from tests.browser.steps import (
    choose,
    find_town,
    go_on,
    heading,
    start,
    write_contact,
    write_people,
)
from tests.browser.story_setting import full_edition
from tests.signing_in import PASSWORD, code_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ERIKA, ROSA = "erika.muster@example.org", "rosa@example.org"


def test_two_towns_register_wait_and_are_expected(new_page, postbox):
    edition = full_edition()
    erika, rosa, office = new_page(), new_page(), new_page()

    the_german_side_registers(erika, edition)
    she_is_told_that_she_waits(erika)
    she_confirms_her_address(erika, postbox)
    the_partner_says_that_it_comes(rosa, postbox)
    the_partner_names_a_person(rosa)
    the_german_side_sees_that(erika, postbox)

    others_give_their_places_back(new_page(), edition)
    the_partner_sees_that_her_partner_is_asked(rosa)
    the_german_side_takes_fewer(erika, postbox)

    staff_sign_in(office)
    staff_approve_by_the_second_step(office)
    the_german_side_is_expected(erika, postbox)
    the_partner_is_expected(rosa, postbox)
    staff_see_who_owes_something(office, german=1, partner=1, nobody=0)

    the_german_side_answers_everything(erika)
    staff_see_who_owes_something(office, german=0, partner=1, nobody=0)
    the_partner_answers_everything(rosa)
    staff_see_who_owes_something(office, german=0, partner=0, nobody=1)


def link_for(to, subject, box):
    """Sends what is due; the link in the one mail to an address with a subject."""
    letters.send_due()
    mails = [
        email.message_from_bytes(envelope.content, policy=email.policy.default)
        for envelope in box.mails
        if envelope.rcpt_tos == [to]
    ]
    [found] = [one for one in mails if one["subject"].strip().startswith(subject)]
    text = found.get_body().get_content()
    return re.search(r"https://example\.org(/\S+)", text)[1]


def in_language(page, language):
    expect(page.locator("html")).to_have_attribute("lang", language)


def lead(page, words):
    """What the status page says first about where the registration stands."""
    expect(page.locator("section.notice .lead")).to_have_text(words)


# The chapters.


def the_german_side_registers(page, edition):
    start(page, edition)
    page.get_by_label("Deutsch").check()
    write_contact(page)
    find_town(page, "giessen")
    choose(page, re.compile("Gießen"))
    choose(page, re.compile("San Juan"))
    page.get_by_label("Name of the contact").fill("Rosa Mendoza")
    page.get_by_label("E-mail address of the contact").fill(ROSA)
    choose(page, "Español")
    write_people(page, german="3", partner="1")
    person = page.get_by_role("group", name="Person 1")
    person.get_by_label("Given names").fill("Erika")
    person.get_by_label("Family name").fill("Muster")
    person.get_by_label("Kind of organisation").select_option("administration")
    go_on(page)
    page.get_by_role("button", name="Register the delegation").click()


def she_is_told_that_she_waits(page):
    heading(page, "Gießen – San Juan")
    lead(page, "Your delegation is on the waiting list, at position 1.")


def she_confirms_her_address(page, postbox):
    page.goto(link_for(ERIKA, "Auf der Warteliste: Gießen", postbox))
    in_language(page, "de")
    lead(page, "Ihre Delegation steht auf der Warteliste an Position 1.")
    page.get_by_role("button", name="Adresse bestätigen").click()
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.get_by_role("button", name="Adresse bestätigen")).to_have_count(0)


def the_partner_says_that_it_comes(page, postbox):
    page.goto(link_for(ROSA, "¿Vienen ustedes? ", postbox))
    in_language(page, "es")
    heading(page, "Gießen – San Juan")
    lead(page, "Su delegación está en la lista de espera, en la posición 1.")
    page.get_by_role("button", name="Sí, venimos").click()
    expect(page.get_by_role("heading", name="Ustedes vienen")).to_be_visible()


def the_partner_names_a_person(page):
    page.get_by_role("link", name="Indicar a una persona").click()
    page.get_by_label("Nombres").fill("Rosa")
    page.get_by_label("Apellidos").fill("Mendoza")
    page.get_by_label("Tipo de organización").select_option("administration")
    page.get_by_role("button", name="Guardar los cambios").click()
    heading(page, "Gießen – San Juan")
    expect(page.get_by_role("term").filter(has_text="Rosa Mendoza")).to_be_visible()


def the_german_side_sees_that(page, postbox):
    page.goto(link_for(ERIKA, "San Juan kommt mit: ", postbox))
    partner = page.get_by_role("region", name="San Juan, Nicaragua")
    expect(partner.get_by_text("kommt mit", exact=True)).to_be_visible()
    expect(partner.get_by_role("term").filter(has_text="Rosa Mendoza")).to_be_visible()


def others_give_their_places_back(page, edition):
    """Fulda has its link from the registration that held the places."""
    fulda = Delegation.objects.get(edition=edition, state="submitted").german_side
    page.goto(reverse("registrations:delegation", args=[fulda.mint_link()]))
    page.get_by_role("link", name="Withdraw the delegation").click()
    page.get_by_role("button", name="Withdraw the delegation").click()
    lead(page, "Your delegation has been withdrawn and holds no places any more.")


def the_partner_sees_that_her_partner_is_asked(page):
    page.reload()
    lead(
        page,
        "Se liberaron cupos para su delegación. Su municipio socio alemán responde a "
        "esta oferta.",
    )


def the_german_side_takes_fewer(page, postbox):
    page.goto(link_for(ERIKA, "Plätze frei – bitte antworten bis ", postbox))
    heading(page, "Plätze sind frei geworden")
    expect(page.get_by_label("Personen von der deutschen Seite")).to_have_value("3")
    page.get_by_label("Personen von der deutschen Seite").fill("2")
    page.get_by_role("button", name="Diese Plätze nehmen").click()
    heading(page, "Gießen – San Juan")
    lead(page, "Ihre Delegation ist angemeldet, und wir halten ihre Plätze frei.")


def staff_sign_in(page):
    page.goto(reverse("admin:index"))
    page.get_by_label("Benutzername").fill("anna")
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()
    app = TOTPDevice.objects.get(user__username="anna")
    page.get_by_label("Code:").fill(code_of(app))
    page.get_by_role("button", name="Anmelden", exact=True).click()
    expect(page.get_by_role("button", name="Abmelden")).to_be_visible()


def staff_approve_by_the_second_step(page):
    page.goto(reverse("admin:registrations_delegation_changelist"))
    row = page.get_by_role("row", name="Gießen – San Juan")
    row.get_by_role("checkbox").check()
    page.get_by_label("Aktion:").select_option("prepare_approval")
    page.get_by_role("button", name="Ausführen").click()
    page.get_by_role("button", name="Vorbereiten und E-Mails ansehen").click()
    shown = page.locator("#content").inner_text()
    assert "Zusage: Gießen – San Juan" in shown
    assert "Aprobada: Gießen – San Juan" in shown
    page.get_by_label("Wie viele E-Mails werden gesendet?").fill("2")
    page.get_by_role("button", name="1 Entscheidung mit 2 E-Mails senden").click()
    told = page.locator(".messagelist").inner_text().splitlines()
    assert told == ["1 Entscheidung gesendet.", "2 E-Mails sind unterwegs."]


def the_german_side_is_expected(page, postbox):
    page.goto(link_for(ERIKA, "Zusage: Gießen", postbox))
    lead(page, "Ihre Delegation kann kommen. Wir freuen uns auf Sie!")


def the_partner_is_expected(page, postbox):
    page.goto(link_for(ROSA, "Aprobada: Gießen", postbox))
    in_language(page, "es")
    lead(page, "Su delegación puede venir. ¡Será un gusto recibirles!")


def staff_see_who_owes_something(page, german, partner, nobody):
    """How many delegations lack something by each side, and how many lack nothing."""
    page.goto(reverse("admin:index"))
    page.get_by_role("link", name="Übersicht: Lateinamerika 2100").click()
    who = page.get_by_label("Wer muss noch etwas tun").locator("option")
    assert who.all_inner_texts()[1:] == [
        f"deutsche Seite ({german})",
        f"Partnerseite ({partner})",
        f"niemand ({nobody})",
    ]


def the_german_side_answers_everything(page):
    """The second person is named now; then both are asked how they travel."""
    page.get_by_role("link", name="Person benennen").click()
    page.get_by_label("Familienname").fill("Weber")
    page.get_by_label("Art der Organisation").select_option("civil_society")
    page.get_by_role("button", name="Änderungen speichern").click()
    page.get_by_role("link", name="Für Ihre Personen antworten").click()
    heading(page, "Reise, Aufenthalt und mehr")
    expect(page.get_by_text("2 Formulare sind noch offen.")).to_be_visible()
    for _person in range(2):
        page.get_by_role("link", name=re.compile("^antworten – Reise")).first.click()
        page.get_by_label("Anreise aus").fill("Gießen")
        page.get_by_role("button", name="Antworten speichern").click()
        heading(page, "Reise, Aufenthalt und mehr")
    expect(page.get_by_text("noch offen")).to_have_count(0)
    expect(page.get_by_text("beantwortet", exact=True)).to_have_count(2)


def the_partner_answers_everything(page):
    """She needs a letter for her visa, and says what she eats."""
    page.get_by_role("link", name="Responder por las personas de su parte").click()
    heading(page, "Viaje, estadía y más")
    page.get_by_role("link", name=re.compile("^responder – Viaje")).click()
    page.get_by_label("Viaja desde").fill("San Juan")
    page.get_by_role("button", name="Guardar las respuestas").click()
    page.get_by_role("link", name=re.compile("^responder – Carta")).click()
    page.get_by_label("sí", exact=True).check()
    page.get_by_label("Nombre completo, como en el pasaporte").fill("ROSA MENDOZA")
    page.get_by_label("País que emitió el pasaporte").fill("Nicaragua")
    page.get_by_role("button", name="Guardar las respuestas").click()
    heading(page, "Viaje, estadía y más")
    expect(page.get_by_text("pendiente")).to_have_count(0)
    expect(page.get_by_text("respondido", exact=True)).to_have_count(2)
    page.get_by_role("link", name="Volver a su inscripción").click()
    expect(page.get_by_text("Por el momento, nada. ¡Muchas gracias!")).to_be_visible()
