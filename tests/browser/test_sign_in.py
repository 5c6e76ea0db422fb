"""Somebody new of the staff signs in, in a narrow window and without a mouse."""

from base64 import b32decode

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import expect

from tests.browser.test_accessibility import RULES
from tests.signing_in import PASSWORD, app_of, code_of, wrong_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 320, "height": 700}


@pytest.fixture
def anna():
    return get_user_model().objects.create_user(
        "anna", password=PASSWORD, is_staff=True, is_superuser=True
    )


@pytest.fixture
def narrow(browser, live_server):
    """A narrow window, whose console may tell of the styles with which axe looks."""
    context = browser.new_context(base_url=live_server.url, viewport=NARROW)
    yield context.new_page()
    context.close()


def give_password(page, password=PASSWORD):
    page.goto(reverse("admin:index"))
    page.get_by_label("Benutzername").fill("anna")
    page.get_by_label("Passwort").fill(password)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def give_code(page, code):
    page.get_by_role("textbox").fill(code)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def is_as_promised(page):
    """Fits the window, and axe has nothing to say."""
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert page.evaluate("document.querySelectorAll('h1').length") == 1
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_a_new_account_brings_an_app_and_gets_in_again(javascript, page, anna):
    page.set_viewport_size(NARROW)
    give_password(page)
    key = page.locator("code.secret").inner_text().replace(" ", "")
    picture = page.get_by_role("img", name="QR-Code").locator("svg").bounding_box()
    give_code(page, code_of(app_with(key)))
    codes = page.locator(".recovery-codes code").all_inner_texts()
    page.get_by_role("link", name="Ich habe die Codes gesichert: weiter").click()
    page.get_by_role("button", name="Abmelden").click()
    give_password(page)
    give_code(page, codes[0])

    expect(page.get_by_role("button", name="Abmelden")).to_be_visible()
    assert len(codes) == 10
    assert picture["width"] >= 200


def app_with(key):
    """An app into which somebody has typed the key."""
    return TOTPDevice(key=b32decode(key).hex())


def test_every_page_of_the_sign_in_is_accessible(narrow, anna):
    app = app_of(anna)
    narrow.goto(reverse("admin:login"))
    is_as_promised(narrow)
    give_password(narrow)
    is_as_promised(narrow)
    give_code(narrow, wrong_code(app))
    expect(narrow.get_by_role("alert")).to_be_focused()
    is_as_promised(narrow)
    TOTPDevice.objects.update(throttling_failure_timestamp=None)
    give_code(narrow, code_of(app))
    narrow.goto(reverse("admin:second_factor_own"))
    is_as_promised(narrow)
    give_code(narrow, code_of(app, later=1))
    is_as_promised(narrow)


def test_bringing_an_app_is_accessible(narrow, anna):
    give_password(narrow)
    is_as_promised(narrow)
    give_code(narrow, "000000")
    is_as_promised(narrow)


def test_being_locked_out_is_accessible(narrow, anna):
    for _time in range(5):
        give_password(narrow, "falsch")

    expect(narrow.get_by_role("alert")).to_contain_text("in 15 Minuten")
    is_as_promised(narrow)
