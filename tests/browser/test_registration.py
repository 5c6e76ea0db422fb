"""The registration as a person sees it: each way through, on the screen."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from partnerships.models import Municipality, Partnership
from registrations.models import Delegation, Letter
from tests.factories import (
    CountryFactory,
    EditionFactory,
    GermanyFactory,
    MunicipalityFactory,
    PartnershipFactory,
    PartnerTownFactory,
    submitted,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def start(page, edition):
    path = reverse("registrations:start", args=[edition.series.slug, edition.slug])
    page.goto(path)
    page.get_by_role("link", name="Begin the registration").first.click()


def go_on(page):
    page.get_by_role("button", name="Continue").click()


def write_contact(page, association=""):
    page.get_by_label("Your name").fill("Erika Muster")
    page.get_by_label("Your e-mail address").fill("erika.muster@example.org")
    if association:
        page.get_by_label("for an association or institution").check()
        page.get_by_label("Name of the association").fill(association)
    go_on(page)


def find_town(page, name):
    page.locator("main").get_by_label("Name of the municipality").fill(name)
    page.locator("main").get_by_role("button", name="Search").click()


def choose(page, label):
    page.get_by_label(label).check()
    go_on(page)


def write_partner(page):
    page.get_by_label("Name of the contact").fill("Ama Mensah")
    page.get_by_label("E-mail address of the contact").fill("ama@example.org")
    choose(page, "English")


def write_people(page, german="2", partner="1"):
    page.get_by_label("People from the German side").fill(german)
    if partner:
        page.get_by_label("People from the partner side").fill(partner)
    go_on(page)


def name_nobody_and_register(page):
    go_on(page)
    page.get_by_role("button", name="Register the delegation").click()
    reference = Delegation.objects.get(state="submitted").reference
    expect(page.get_by_text(reference, exact=True)).to_be_visible()


def heading(page, words):
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_the_usual_way_leads_to_a_registered_delegation(page, javascript):
    partnership = PartnershipFactory(german__name="Gießen", partner__name="Swakopmund")
    start(page, EditionFactory())
    write_contact(page)
    find_town(page, "giessen")
    choose(page, re.compile("Gießen"))
    choose(page, re.compile("Swakopmund"))
    write_partner(page)
    write_people(page)
    person = page.get_by_role("group", name="Person 1")
    person.get_by_label("Given names").fill("Erika")
    person.get_by_label("Family name").fill("Muster")
    person.get_by_label("Kind of organisation").select_option("administration")
    go_on(page)

    page.get_by_role("button", name="Register the delegation").click()

    delegation = Delegation.objects.get()
    heading(page, "Gießen – Swakopmund")
    expect(page.get_by_text(delegation.reference, exact=True)).to_be_visible()
    assert delegation.state == "submitted"
    assert delegation.partnership == partnership
    assert [str(person) for person in delegation.german_side.people] == ["Erika Muster"]


def test_a_town_that_is_not_listed_is_entered(page):
    GermanyFactory()
    CountryFactory()
    start(page, EditionFactory())
    write_contact(page)
    find_town(page, "Neudorf")
    page.get_by_role("link", name="The municipality is not listed").click()
    expect(page.get_by_label("Name of the municipality")).to_have_value("Neudorf")

    page.get_by_label("Kind", exact=True).select_option("municipality")
    page.get_by_label("Federal state").select_option("Hessen")
    go_on(page)

    heading(page, "With which partner will you come?")
    assert Municipality.objects.get(name="Neudorf").checked_at is None


def test_a_partner_town_that_is_not_listed_is_entered(page):
    MunicipalityFactory(name="Gießen")
    CountryFactory()
    start(page, EditionFactory())
    write_contact(page)
    find_town(page, "Gießen")
    choose(page, re.compile("Gießen"))
    choose(page, "another partnership")
    find_town(page, "Lüderitz")
    page.get_by_role("link", name="The municipality is not listed").click()
    page.get_by_label("Country").select_option("Namibia")
    go_on(page)
    write_partner(page)
    write_people(page)

    name_nobody_and_register(page)

    assert str(Partnership.objects.get()) == "Gießen – Lüderitz"
    assert Partnership.objects.get().published_at is None


def test_a_partnership_that_is_not_listed_is_made_of_two_towns(page):
    MunicipalityFactory(name="Gießen")
    PartnerTownFactory(name="Swakopmund")
    start(page, EditionFactory())
    write_contact(page)
    find_town(page, "Gießen")
    choose(page, re.compile("Gießen"))
    choose(page, "another partnership")
    find_town(page, "swakop")
    choose(page, re.compile("Swakopmund"))
    write_partner(page)
    write_people(page)

    name_nobody_and_register(page)

    assert str(Partnership.objects.get()) == "Gießen – Swakopmund"


def test_a_municipality_without_a_partnership_registers(page):
    MunicipalityFactory(name="Gießen")
    start(page, EditionFactory(partner_optional=True))
    write_contact(page)
    find_town(page, "Gießen")
    choose(page, re.compile("Gießen"))
    choose(page, "We have no partnership yet")
    write_people(page, partner="")

    name_nobody_and_register(page)

    assert Delegation.objects.get().kind == "municipality"


def test_an_association_registers_through_its_municipality(page):
    PartnershipFactory(german__name="Gießen", partner__name="Swakopmund")
    start(page, EditionFactory())
    write_contact(page, association="Partnerschaftsverein e. V.")
    expect(page.get_by_text("An association or institution chooses")).to_be_visible()
    find_town(page, "Gießen")
    choose(page, re.compile("Gießen"))
    choose(page, re.compile("Swakopmund"))
    write_partner(page)
    write_people(page)

    name_nobody_and_register(page)

    side = Delegation.objects.get().german_side
    assert side.organisation == "Partnerschaftsverein e. V."


def test_a_second_delegation_is_told_who_was_first(page):
    partnership = PartnershipFactory(german__name="Gießen", partner__name="Swakopmund")
    earlier = submitted(EditionFactory(), partnership=partnership)
    start(page, earlier.edition)
    write_contact(page)
    find_town(page, "Gießen")
    choose(page, re.compile("Gießen"))

    choose(page, re.compile("Swakopmund"))

    words = f"{partnership} is already registered as {earlier.reference}."
    summary = page.get_by_role("alert")
    expect(summary.get_by_role("link", name=words)).to_be_visible()
    expect(page.get_by_text("Please speak with the contact")).to_be_visible()
    assert Letter.objects.filter(kind="second_delegation").count() == 1


def test_a_country_that_does_not_fit_may_ask_and_is_admitted(page, admin_user):
    CountryFactory()
    brazil = CountryFactory(iso2="BR", name_en="Brazil", region=None)
    PartnershipFactory(
        german__name="Köln", partner__name="Rio de Janeiro", partner__country=brazil
    )
    start(page, EditionFactory())
    write_contact(page)
    find_town(page, "Koeln")
    choose(page, re.compile("Köln"))
    choose(page, re.compile("Rio de Janeiro"))
    heading(page, "This does not fit the conference")
    expect(
        page.get_by_text("This conference is not addressed to Brazil.")
    ).to_be_visible()
    page.get_by_label("Why shall your delegation come").fill("Wir lernen voneinander.")
    page.get_by_role("button", name="Send the question").click()
    expect(page.get_by_text("Your question has been sent")).to_be_visible()
    page.get_by_role("link", name="Go on with the other questions").click()
    write_partner(page)
    write_people(page)
    go_on(page)
    expect(page.get_by_text("You cannot register yet")).to_be_visible()
    request = Delegation.objects.get().german_side.requests.get()
    request.answer(granted=True, reason="Gern.", by=admin_user)

    page.reload()
    page.get_by_role("button", name="Register the delegation").click()

    heading(page, "Köln – Rio de Janeiro")
    assert Delegation.objects.get().state == "submitted"


def test_an_error_is_linked_to_its_field(page, javascript):
    start(page, EditionFactory())
    go_on(page)

    summary = page.get_by_role("alert")
    summary.get_by_role("link", name="Please fill in: Your name.").click()

    expect(page.get_by_label("Your name")).to_be_focused()


def test_pressing_twice_makes_one_delegation(page):
    MunicipalityFactory()
    start(page, EditionFactory())
    page.get_by_label("Your name").fill("Erika Muster")
    page.get_by_label("Your e-mail address").fill("erika.muster@example.org")

    page.get_by_role("button", name="Continue").dblclick()

    heading(page, "Which municipality do you come from?")
    assert Delegation.objects.count() == 1


def test_going_back_and_on_again_makes_one_delegation(page):
    MunicipalityFactory()
    start(page, EditionFactory())
    write_contact(page)
    heading(page, "Which municipality do you come from?")

    page.go_back(wait_until="commit")
    heading(page, "How do we reach you?")
    go_on(page)

    heading(page, "Which municipality do you come from?")
    assert Delegation.objects.count() == 1
    assert Letter.objects.count() == 1


def test_two_tabs_of_one_form_make_one_delegation(page):
    MunicipalityFactory()
    start(page, EditionFactory())
    key = page.locator("[name=form_key]").input_value()
    other = page.context.new_page()
    other.goto(page.url)
    other.evaluate("key => document.querySelector('[name=form_key]').value = key", key)

    write_contact(page)
    write_contact(other)

    heading(page, "Which municipality do you come from?")
    heading(other, "Which municipality do you come from?")
    assert Delegation.objects.count() == 1


def test_a_form_without_its_cookie_goes_on_with_one_press(page):
    MunicipalityFactory()
    start(page, EditionFactory())
    page.context.clear_cookies()
    write_contact(page)
    expect(page.get_by_label("Your name")).to_have_value("Erika Muster")

    go_on(page)

    heading(page, "Which municipality do you come from?")


def test_a_dead_link_offers_a_new_one(page):
    submitted(EditionFactory())
    page.goto(reverse("registrations:delegation", args=["dead"]))
    page.get_by_role("link", name="Ask for a new link").click()

    page.get_by_label("Your e-mail address").fill("erika.muster@example.org")
    page.get_by_role("button", name="Send me the link").click()

    heading(page, "Look into your letter box")
    assert Letter.objects.filter(kind="new_link").count() == 1


def test_a_registered_delegation_is_withdrawn(page):
    delegation = submitted(EditionFactory())
    token = delegation.german_side.mint_link()
    page.goto(reverse("registrations:delegation", args=[token]))
    page.get_by_role("link", name="Withdraw the delegation").click()

    page.get_by_role("button", name="Withdraw the delegation").click()

    expect(page.get_by_text("Your delegation has been withdrawn")).to_be_visible()
    delegation.refresh_from_db()
    assert delegation.state == "withdrawn"


def test_the_whole_way_goes_by_keyboard(page):
    PartnershipFactory(german__name="Gießen", partner__name="Swakopmund")
    path = reverse("registrations:begin", args=slugs(EditionFactory()))
    page.goto(path)

    type_into(page, "Your name", "Erika Muster")
    type_into(page, "Your e-mail address", "erika.muster@example.org", send=True)
    type_into(page, "Name of the municipality", "Gießen", send=True)
    press_radio(page, re.compile("Gießen"))
    press_radio(page, re.compile("Swakopmund"))
    type_into(page, "Name of the contact", "Ama Mensah")
    type_into(page, "E-mail address of the contact", "ama@example.org")
    press_radio(page, "Deutsch")
    type_into(page, "People from the German side", "1")
    type_into(page, "People from the partner side", "1", send=True)
    tab_to(page, page.get_by_role("button", name="Continue"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Register the delegation"))
    page.keyboard.press("Enter")

    heading(page, "Gießen – Swakopmund")
    assert Delegation.objects.get().state == "submitted"


def slugs(edition):
    return [edition.series.slug, edition.slug]


def tab_to(page, target):
    """Reaches a control with the tab key alone, as somebody without a mouse does."""
    expect(target).to_be_attached()
    handle = target.element_handle()
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement === one", handle):
            return
    pytest.fail(f"the tab key does not reach {target}")


def type_into(page, label, text, send=False):
    tab_to(page, page.locator("main").get_by_label(label, exact=True))
    page.keyboard.type(text)
    if send:
        page.keyboard.press("Enter")


def press_radio(page, label):
    tab_to(page, page.locator("main").get_by_label(label).first)
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
