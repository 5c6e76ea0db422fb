"""Pressing twice, going back, two tabs, no cookie, no mouse: one delegation."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from registrations.models import Delegation, Letter
from tests.browser.steps import (
    go_on,
    heading,
    start,
    write_contact,
)
from tests.factories import (
    EditionFactory,
    MunicipalityFactory,
    PartnershipFactory,
    submitted,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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

    heading(page, "Look in your inbox")
    for _more in range(100):  # it is written once the answer is out
        if written := Letter.objects.filter(kind="new_link").count():
            break
        page.wait_for_timeout(50)
    assert written == 1


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
