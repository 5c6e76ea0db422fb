"""Questions of a draft and the second stage: by keyboard alone, without JavaScript."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from registrations import sensitive
from registrations.models import (
    Answer,
    Consent,
    PersonalNeeds,
    SecondStage,
    VisaData,
)
from tests.browser.steps import go_on, heading
from tests.browser.test_registration_safety import tab_to, type_into
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    OptionFactory,
    ParticipantFactory,
    QuestionFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def draft(page, transactional_db):
    """A draft of a conference that asks more, and its page of questions."""
    edition = EditionFactory()
    way = QuestionFactory(
        edition=edition,
        key="way",
        type="one_of",
        scope="side",
        required_for="german",
        label_en="How do you travel?",
    )
    for key, label in (("train", "by train"), ("plane", "by plane")):
        OptionFactory(question=way, key=key, label_en=label)
    asked = {"edition": edition, "scope": "side", "required_for": "german"}
    QuestionFactory(
        key="why",
        label_en="Why by plane?",
        condition_on=way,
        condition_values=["plane"],
        **asked,
    )
    QuestionFactory(key="hope", label_en="What do you hope for?", **asked)
    found = DelegationFactory(edition=edition, german__planned=1, partner__planned=0)
    ParticipantFactory(side=found.german_side)
    open_page(page, "questions", found.german_side)
    return found


@pytest.fixture
def person(page, transactional_db):
    """Somebody who is coming, and the overview of what is asked of her."""
    found = DelegationFactory(state="approved", german__held=2, partner__held=2)
    SecondStage.objects.create(edition=found.edition, visa_for="both")
    QuestionFactory(
        edition=found.edition,
        key="travels-from",
        stage="second",
        required_for="both",
        label_en="Travels from",
    )
    erika = ParticipantFactory(side=found.german_side)
    open_page(page, "second-stage", found.german_side)
    return erika


def open_page(page, name, side):
    page.goto(reverse(f"registrations:{name}", args=[side.mint_link()]))


def answers():
    return dict(Answer.objects.values_list("question__key", "value"))


def test_who_chooses_the_plane_is_asked_why(page, draft, javascript):
    expect(page.get_by_text(re.compile("Only if you answer “How do"))).to_be_visible()
    page.get_by_label("by plane", exact=True).check()
    page.get_by_label("What do you hope for?").fill("New ideas.")

    go_on(page)
    words = "Please answer “Why by plane?”."
    page.get_by_role("alert").get_by_role("link", name=words).click()
    expect(page.get_by_label("Why by plane?")).to_be_focused()
    expect(page.get_by_label("by plane", exact=True)).to_be_checked()
    expect(page.get_by_label("What do you hope for?")).to_have_value("New ideas.")
    page.get_by_label("Why by plane?").fill("It is far.")
    go_on(page)

    heading(page, "Is everything right?")
    main = page.locator("main")
    for said in ("by plane", "It is far.", "New ideas."):
        expect(main.get_by_text(said, exact=True)).to_be_visible()
    assert answers() == {"way": "plane", "why": "It is far.", "hope": "New ideas."}


def test_who_takes_the_train_is_not_asked_why(page, draft, javascript):
    page.get_by_label("by train").check()
    page.get_by_label("What do you hope for?").fill("New ideas.")
    go_on(page)

    heading(page, "Is everything right?")
    assert answers() == {"way": "train", "hope": "New ideas."}


def test_a_required_text_is_asked_for(page, draft, javascript):
    page.get_by_label("by train").check()
    go_on(page)

    words = "Please answer “What do you hope for?”."
    expect(page.get_by_role("alert").get_by_role("link")).to_have_text([words])
    assert answers() == {}


def test_questions_are_answered_by_keyboard(page, draft):
    tab_to(page, page.get_by_label("by train"))
    page.keyboard.press("ArrowDown")
    type_into(page, "Why by plane?", "It is far.")
    type_into(page, "What do you hope for?", "New ideas.", send=True)

    heading(page, "Is everything right?")
    assert answers() == {"way": "plane", "why": "It is far.", "hope": "New ideas."}


def follow(page, words):
    """Goes to one part of the overview by keyboard."""
    heading(page, "Travel, stay and more")
    tab_to(page, page.get_by_role("link", name=re.compile(words)))
    page.keyboard.press("Enter")


def test_the_second_stage_goes_by_keyboard(page, person):
    follow(page, "^answer – Travel and stay, Erika Muster$")
    type_into(page, "Travels from", "Gießen", send=True)
    follow(page, "Diet and accessibility")
    type_into(page, "Diet and allergies – optional", "vegan")
    tab_to(page, page.get_by_label("This person agrees"))
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    follow(page, "^answer – Letter for the visa")
    tab_to(page, page.get_by_label("yes", exact=True))
    page.keyboard.press("Space")
    type_into(page, "Full name, as in the passport", "ERIKA MUSTER")
    type_into(page, "Country that issued the passport", "Germany", send=True)
    follow(page, "Consents")
    tab_to(page, page.get_by_label("Photos and films"))
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    everything_is_kept(page, person)


def test_the_second_stage_is_answered_part_by_part(page, person, javascript):
    page.get_by_role("link", name="answer – Travel and stay").click()
    page.get_by_label("Travels from").fill("Gießen")
    page.get_by_role("button", name="Save the answers").click()
    page.get_by_role("link", name="Diet and accessibility").click()
    page.get_by_label("Diet and allergies").fill("vegan")
    page.get_by_label("This person agrees").check()
    page.get_by_role("button", name="Save the answers").click()
    page.get_by_role("link", name="Letter for the visa").click()
    page.get_by_label("yes", exact=True).check()
    page.get_by_label("Full name, as in the passport").fill("ERIKA MUSTER")
    page.get_by_label("Country that issued the passport").fill("Germany")
    page.get_by_role("button", name="Save the answers").click()
    page.get_by_role("link", name="Consents").click()
    page.get_by_label("Photos and films").check()
    page.get_by_role("button", name="Save the consents").click()

    everything_is_kept(page, person)


def everything_is_kept(page, person):
    heading(page, "Travel, stay and more")
    states = page.locator(".summary--parts dd:nth-of-type(1)")
    expect(states).to_have_text(["answered", "answered", "answered", "photos"])
    expect(page.get_by_text("still open")).to_have_count(0)
    assert answers() == {"travels-from": "Gießen"}
    assert sensitive.texts(PersonalNeeds.objects.get())["diet"] == "vegan"
    visa = sensitive.texts(VisaData.objects.get())
    assert visa["passport_name"] == "ERIKA MUSTER"
    assert visa["issuing_country"] == "Germany"
    assert [(one.participant, one.what) for one in Consent.objects.given()] == [
        (person, "photos")
    ]


def test_what_was_forgotten_is_said_and_linked(page, person, javascript):
    page.get_by_role("link", name="Letter for the visa").click()
    page.get_by_label("yes", exact=True).check()
    page.get_by_role("button", name="Save the answers").click()

    summary = page.get_by_role("alert")
    summary.get_by_role("link", name="Please write the name as in the").click()
    expect(page.get_by_label("Full name, as in the passport")).to_be_focused()
    expect(page.get_by_label("yes", exact=True)).to_be_checked()
    assert VisaData.objects.count() == 0


def test_diet_is_kept_with_consent_only(page, person, javascript):
    page.get_by_role("link", name="Diet and accessibility").click()
    page.get_by_label("Diet and allergies").fill("vegan")
    page.get_by_role("button", name="Save the answers").click()

    words = "Please tick this, or leave the answers above empty."
    page.get_by_role("alert").get_by_role("link", name=words).click()
    expect(page.get_by_label("This person agrees")).to_be_focused()
    expect(page.get_by_label("Diet and allergies")).to_have_value("vegan")
    assert PersonalNeeds.objects.count() == 0
