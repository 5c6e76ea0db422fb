"""When the pages of questions are closed, and who it was that answered there."""

from datetime import date

import pytest

from conferences.models import Edition
from registrations.models import Answer, SecondStage
from tests.factories import EditionFactory, ParticipantFactory, QuestionFactory
from tests.people import VISA, approved
from tests.registrations.answers import address, registered

pytestmark = pytest.mark.django_db

ASKED_NOTHING = {
    "needs": {"asks_diet": False, "asks_accessibility": False},
    "visa": {"visa_for": "nobody"},
    "consents": {"asks_photos": False, "asks_list": False},
}


def asked(**question):
    """A submitted delegation whose conference asks each side something."""
    delegation, token = registered()
    QuestionFactory(edition=delegation.edition, key="topic", **question)
    return delegation, token


def coming():
    """An approved delegation, one of its people, and a link of the German side."""
    delegation = approved()
    side = delegation.german_side
    return delegation, ParticipantFactory(side=side), side.mint_link()


def test_what_was_withdrawn_answers_no_questions(client):
    delegation, token = asked(scope="side")
    delegation.withdraw(by=delegation.german_side)

    response = client.post(address("questions", token), {"q-topic": "Wasser"})

    assert response.url == address("delegation", token)
    assert not Answer.objects.exists()


def test_where_a_conference_asks_nothing_there_is_no_page_of_questions(client):
    delegation, token = registered()
    person = ParticipantFactory(side=delegation.german_side)

    response = client.get(address("person-questions", token, person.pk))

    assert response.url == address("delegation", token)


def test_the_history_says_which_side_answered(client):
    delegation, token = asked(scope="side")

    client.post(address("questions", token), {"q-topic": "Wasser"})

    assert delegation.history.get(verb="answer_questions").actor_kind == "german"


@pytest.mark.parametrize("name", ASKED_NOTHING)
def test_what_the_conference_does_not_ask_has_no_page(client, name):
    _delegation, person, token = coming()
    SecondStage.objects.update(**ASKED_NOTHING[name])

    response = client.get(address(name, token, person.pk))

    assert response.url == address("delegation", token)


def test_each_conference_asks_for_itself(client):
    delegation, person, token = coming()
    SecondStage.objects.update(edition=EditionFactory())

    response = client.get(address("needs", token, person.pk))

    assert response.url == address("delegation", token)
    assert delegation.state == "approved"


def test_nothing_is_sent_to_the_overview_of_people(client):
    _delegation, _person, token = coming()

    assert client.post(address("second-stage", token)).status_code == 405


@pytest.mark.parametrize(
    ("name", "typed"),
    [("needs", {}), ("visa", VISA), ("consents", {"photos": "on"})],
)
def test_the_history_says_which_side_saved_what_a_person_needs(client, name, typed):
    delegation, person, token = coming()

    client.post(address(name, token, person.pk), typed)

    [line] = delegation.history.filter(verb="second_stage")
    assert (line.actor_kind, line.changes) == ("german", {"part": name})


def test_a_consent_that_was_taken_back_is_off_in_the_form(client):
    _delegation, person, token = coming()
    page = address("consents", token, person.pk)
    client.post(page, {"photos": "on", "list": "on"})
    client.post(page, {"list": "on"})

    form = client.get(page).context["form"]

    assert {name: form[name].value() for name in form.fields} == {
        "photos": False,
        "list": True,
    }


def test_the_overview_of_people_is_open_after_the_conference(client):
    _delegation, _person, token = coming()
    days = {"starts_on": date(2021, 1, 1), "ends_on": date(2021, 1, 2)}
    Edition.objects.update(year=2021, **days)

    page = client.get(address("second-stage", token))

    assert page.status_code == 200
    assert page.context["is_over"] is True
