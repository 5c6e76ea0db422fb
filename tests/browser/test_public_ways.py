"""Reading a programme, suggesting a correction and choosing: keys only, no script."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from partnerships.models import Correction
from tests.browser.steps import heading
from tests.browser.test_registration_safety import tab_to, type_into
from tests.conferences.sessions import RoomFactory, SessionFactory, let_out
from tests.factories import EditionFactory, PartnershipFactory
from tests.registrations import workshops

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "The partnership began in 1998."


@pytest.fixture
def programme(page, transactional_db):
    edition = EditionFactory()
    room = RoomFactory(edition=edition)
    for hour, title in ((10, "Clean water"), (14, "Young people")):
        kind = "workshop" if hour == 10 else "excursion"
        SessionFactory(edition=edition, room=room, hour=hour, title_en=title, kind=kind)
    let_out(edition)
    page.goto(
        reverse("conferences:programme", args=[edition.series.slug, edition.slug])
    )
    return page


def test_a_programme_is_narrowed_down_and_read_by_keyboard(programme):
    tab_to(programme, programme.get_by_label("Kind", exact=True))
    programme.keyboard.press("ArrowDown")
    tab_to(programme, programme.get_by_role("button", name="Show sessions"))
    programme.keyboard.press("Enter")
    session = programme.locator("main h3").get_by_role("link")

    expect(session).to_have_count(1)
    tab_to(programme, session)
    words = session.text_content()
    programme.keyboard.press("Enter")

    heading(programme, words)


def test_a_programme_is_narrowed_down_and_taken_along(programme, javascript):
    programme.get_by_label("Kind", exact=True).select_option(label="Excursion")
    programme.get_by_role("button", name="Show sessions").click()
    programme.get_by_role("link", name="Young people").click()
    calendar = programme.get_by_role("link", name="Put this session into your calendar")

    with programme.expect_download() as download:
        calendar.click()

    assert "Young people" in download.value.path().read_text()


@pytest.fixture
def correction(page, transactional_db):
    partnership = PartnershipFactory()
    page.goto(reverse("partnerships:correction", args=[partnership.slug]))
    return page


WRONG = "What is wrong, and what is right?"


def sent_by(page):
    heading(page, "Thank you for your suggestion")
    return list(Correction.objects.values_list("text", "name"))


def test_a_correction_is_suggested_by_keyboard(correction):
    type_into(correction, WRONG, TEXT)
    type_into(correction, "Your name", "Erika Muster")
    type_into(correction, "Your municipality or organisation", "Hildesheim")
    type_into(correction, "Your e-mail address", "erika@example.org")
    tab_to(correction, correction.locator("main").get_by_role("button"))
    correction.keyboard.press("Enter")

    assert sent_by(correction) == [(TEXT, "Erika Muster")]


def test_a_correction_is_suggested_at_the_second_try(correction, javascript):
    button = correction.locator("main").get_by_role("button")
    correction.get_by_label(WRONG).fill(TEXT)
    correction.get_by_label("Your name").fill("Erika Muster")
    correction.get_by_label("Your municipality or organisation").fill("Hildesheim")
    button.click()
    expect(correction.get_by_label(WRONG)).to_have_value(TEXT)
    correction.get_by_label("Your e-mail address").fill("erika@example.org")
    button.click()

    assert sent_by(correction) == [(TEXT, "Erika Muster")]


@pytest.fixture
def chooser(page, transactional_db):
    """The page on which somebody who is coming chooses one of two workshops."""
    edition = workshops.edition()
    sessions = workshops.workshops(edition)
    (person,) = workshops.coming(edition)
    token = person.links.mint(person)
    page.goto(reverse("registrations:own-choice", args=[token]))
    return page, person, sessions


def wished(person):
    return list(person.wishes.order_by("rank").values_list("session", flat=True))


def test_a_workshop_is_chosen_by_keyboard(chooser):
    page, person, sessions = chooser
    tab_to(page, page.get_by_label("First wish"))
    page.keyboard.press("ArrowDown")
    tab_to(page, page.locator("main").get_by_role("button"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_be_visible()
    assert wished(person) == [sessions[0].pk]


def test_workshops_are_chosen(chooser, javascript):
    page, person, sessions = chooser
    page.get_by_label("First wish").select_option(index=2)
    page.get_by_label("Second wish").select_option(index=1)
    page.locator("main").get_by_role("button").click()

    expect(page.get_by_role("status")).to_be_visible()
    assert wished(person) == [sessions[1].pk, sessions[0].pk]
