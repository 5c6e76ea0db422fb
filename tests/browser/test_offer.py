"""Offers and the own page of a person: by keyboard alone, and without JavaScript."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from registrations.models import Delegation, PersonalNeeds, SecondStage
from tests.browser.steps import heading
from tests.browser.test_registration_safety import tab_to, type_into
from tests.factories import DelegationFactory, ParticipantFactory
from tests.registrations.offered import full, held, states

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def asked(page, transactional_db):
    """Two that wait for four places; the first has its page of the offer open."""
    holding, first, second = full(4, (3, 1), (2, 0))
    holding.withdraw(by=holding.german_side)
    token = first.german_side.mint_link()
    page.goto(reverse("registrations:offer", args=[token]))
    heading(page, "Places have become free")
    return first, second


def test_fewer_places_are_taken_by_keyboard(page, asked):
    first, second = asked

    type_into(page, "People from the German side", "1")
    tab_to(page, page.get_by_role("button", name="Take these places"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_be_visible()
    assert states(first, second) == ["submitted", "offered"]
    assert held(first) == (1, 1)


def test_more_than_is_offered_is_refused_beside_the_field(page, asked, javascript):
    page.get_by_label("People from the German side").fill("9")

    page.get_by_role("button", name="Take these places").click()

    link = page.get_by_role("link", name="The offer holds 3 places here.")
    link.click()
    expect(page.get_by_label("People from the German side")).to_be_focused()
    expect(page.get_by_label("People from the German side")).to_have_value("9")


def test_an_offer_is_turned_down(page, asked, javascript):
    first, second = asked

    page.get_by_role("link", name="Turn the offer down").click()
    page.locator("main").get_by_role("button").click()

    expect(page.get_by_role("status")).to_be_visible()
    assert states(first, second) == ["waiting", "offered"]


@pytest.fixture
def own_page(page, transactional_db):
    """The page of somebody who is coming, opened by her own link."""
    delegation = DelegationFactory(state=Delegation.State.APPROVED, german__held=2)
    SecondStage.objects.create(edition=delegation.edition)
    person = ParticipantFactory(side=delegation.german_side, email="e@example.org")
    token = person.links.mint(person)
    page.goto(reverse("registrations:own-page", args=[token]))
    return page


def test_a_person_says_what_it_needs_by_keyboard(own_page):
    tab_to(own_page, own_page.get_by_role("link", name="Diet and accessibility"))
    own_page.keyboard.press("Enter")
    type_into(own_page, "Diet and allergies – optional", "vegan")
    tab_to(own_page, own_page.get_by_label("I agree that the organiser"))
    own_page.keyboard.press("Space")
    tab_to(own_page, own_page.get_by_role("button", name="Save the answers"))
    own_page.keyboard.press("Enter")

    expect(own_page.get_by_role("status")).to_have_text("Your change is saved.")
    assert PersonalNeeds.objects.get().diet == "vegan"


def test_a_person_gives_a_consent(own_page, javascript):
    own_page.get_by_role("link", name="Consents").click()
    own_page.get_by_label("Photos and films of me").check()
    own_page.get_by_role("button", name="Save the consents").click()

    expect(own_page.get_by_role("status")).to_have_text("Your change is saved.")
