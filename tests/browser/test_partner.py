"""The partner's way, as both sides see it: from the registration to its answer."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import expect

from registrations import letters, seeding
from registrations.models import Delegation
from tests.browser.steps import (
    choose,
    find_town,
    heading,
    name_nobody_and_register,
    start,
    write_contact,
    write_partner,
    write_people,
)
from tests.browser.test_registration_safety import tab_to
from tests.factories import (
    EditionFactory,
    ParticipantFactory,
    PartnershipFactory,
    submitted,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def link_of_the_last_letter(to):
    """Sends what is due, and reads the link in the newest mail to an address."""
    letters.send_due()
    found = [sent.body for sent in mail.outbox if sent.to == [to]]
    return re.search(r"https?://[^/\s]+(/\S+)", found[-1])[1]


def test_the_german_side_registers_and_its_partner_comes(page, javascript):
    seeding.load()
    PartnershipFactory(german__name="Gießen", partner__name="Swakopmund")
    start(page, EditionFactory(introduction_en="It is about water."))
    write_contact(page)
    find_town(page, "giessen")
    choose(page, re.compile("Gießen"))
    choose(page, re.compile("Swakopmund"))
    write_partner(page)
    write_people(page)
    name_nobody_and_register(page)
    assert "We write to the contact as soon as" in page.locator("main").inner_text()

    page.goto(link_of_the_last_letter("erika.muster@example.org"))
    page.get_by_role("button", name="Confirm the address").click()
    page.goto(link_of_the_last_letter("ama@example.org"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    heading(page, "Gießen – Swakopmund")
    expect(page.get_by_text("It is about water.")).to_be_visible()
    page.get_by_role("button", name="Yes, we are coming").click()
    expect(page.get_by_role("heading", name="You are coming")).to_be_visible()
    page.get_by_role("link", name="Name a person").click()
    page.get_by_label("Family name").fill("Mensah")
    page.get_by_label("Kind of organisation").select_option("administration")
    page.get_by_role("button", name="Save the changes").click()

    partner = Delegation.objects.get().partner_side
    assert [person.family_name for person in partner.people] == ["Mensah"]
    assert (partner.is_coming, partner.confirmed_at is None) == (True, False)
    page.goto(link_of_the_last_letter("erika.muster@example.org"))
    expect(page.get_by_text("is coming", exact=True)).to_be_visible()
    expect(page.get_by_role("term").filter(has_text="Mensah")).to_be_visible()


def test_the_partner_answers_by_keyboard(page):
    delegation = submitted(EditionFactory(), partner=2)
    token = delegation.partner_side.mint_link()
    page.goto(reverse("registrations:delegation", args=[token]))

    tab_to(page, page.get_by_role("link", name="No, nobody is coming"))
    page.keyboard.press("Enter")
    heading(page, f"Is nobody coming from {delegation.partnership.partner}?")
    tab_to(page, page.get_by_role("button", name="Nobody is coming"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="You are not coming")).to_be_visible()
    assert delegation.sides.get(which="partner").planned == 0


def test_handing_over_shows_that_the_link_is_gone(page):
    delegation = submitted(EditionFactory(), partner=2)
    token = delegation.partner_side.mint_link()
    page.goto(reverse("registrations:delegation", args=[token]))
    page.get_by_role("link", name="Hand over to a colleague").click()

    page.get_by_label("Name of your colleague").fill("Kofi Annor")
    page.get_by_label("E-mail address of your colleague").fill("kofi@example.org")
    page.get_by_role("button", name="Hand over").click()

    heading(page, "Handed over")
    page.goto(reverse("registrations:delegation", args=[token]))
    heading(page, "This link does not open a registration")


def test_a_person_corrects_the_own_data(page, javascript):
    delegation = submitted(EditionFactory(has_person_pages=True), partner=2)
    side = delegation.german_side
    person = ParticipantFactory(side=side, email="erika@example.org", language="en")
    page.goto(reverse("registrations:own-page", args=[person.links.mint(person)]))
    heading(page, "Erika Muster")

    page.get_by_label("Family name").fill("")
    page.get_by_role("button", name="Save the changes").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Family name").fill("Mustermann")
    page.get_by_role("button", name="Save the changes").click()

    heading(page, "Erika Mustermann")
    expect(page.get_by_text("Your change is saved.")).to_be_visible()
