"""What else is asked of a person, answered by that person from the own page."""

from datetime import date

import pytest

from conferences.models import Edition
from registrations.models import (
    Answer,
    Consent,
    EditionQuestions,
    HistoryEntry,
    Participant,
    PersonalNeeds,
    Refused,
    SecondStage,
    VisaData,
)
from tests.factories import EditionFactory, ParticipantFactory, QuestionFactory, later
from tests.people import VISA, approved
from tests.registrations.answers import address

pytestmark = pytest.mark.django_db

PARTS = ["own-second-person", "own-needs", "own-visa", "own-consents"]


def coming(**values):
    """A person of the German side of an approved delegation, and the own link."""
    delegation = approved(**values)
    EditionQuestions.objects.get(pk=delegation.edition_id).add_usual_questions()
    person = ParticipantFactory(side=delegation.german_side, email="e@example.org")
    return delegation, person, person.links.mint(person)


def over(edition):
    days = {"starts_on": date(2021, 1, 1), "ends_on": date(2021, 1, 2)}
    Edition.objects.filter(pk=edition.pk).update(year=2021, **days)


def titles(response):
    return [str(part.title) for part in response.context["parts"]]


def test_the_own_page_lists_what_is_asked_of_the_person(client):
    _delegation, _person, token = coming()

    page = client.get(address("own-page", token))

    assert titles(page) == [
        "Travel and stay",
        "Diet and accessibility",
        "Letter for the visa",
        "Consents",
    ]
    for name in PARTS:
        assert f'href="{address(name, token)}"' in page.content.decode()


@pytest.mark.parametrize("name", PARTS)
def test_each_part_opens_by_the_own_link_and_leads_back(client, name):
    _delegation, person, token = coming()

    page = client.get(address(name, token))

    assert (page.status_code, page.context["person"]) == (200, person)
    assert f'href="{address("own-page", token)}"' in page.content.decode()
    assert not page.context["by_staff"]


@pytest.mark.parametrize("name", [*PARTS, "own-person-questions"])
def test_no_other_link_opens_a_part(client, name):
    delegation, _person, _token = coming()

    for token in (delegation.german_side.mint_link(), "dead"):
        assert client.get(address(name, token)).status_code == 404


@pytest.mark.parametrize("name", PARTS)
def test_nothing_more_is_asked_before_the_approval(client, name):
    delegation, _person, token = coming()
    delegation.state = delegation.State.SUBMITTED
    delegation.save()

    answer = client.get(address(name, token))

    assert answer.url == address("own-page", token)
    assert titles(client.get(answer.url)) == []


def test_the_person_says_what_it_needs_in_words_of_its_own(client):
    delegation, person, token = coming()
    page = client.get(address("own-needs", token)).content.decode()

    answer = client.post(address("own-needs", token), {"diet": "vegan", "agrees": "on"})

    assert "What do you need to take part?" in page
    assert "this person" not in page
    assert answer.url == address("own-page", token) + "?done=saved"
    assert PersonalNeeds.objects.get(participant=person).diet == "vegan"
    line = delegation.history.latest("pk")
    assert (line.verb, line.actor_kind) == (HistoryEntry.Verb.SECOND_STAGE, "person")


def test_the_person_gives_what_a_letter_for_a_visa_needs(client):
    _delegation, person, token = coming()

    client.post(address("own-visa", token), VISA)

    row = VisaData.objects.get(participant=person)
    assert (row.passport_name, row.birth_date) == ("ERIKA MUSTER", "1980-09-08")


def test_a_consent_is_kept_in_the_words_that_the_person_read(client):
    _delegation, _person, token = coming()

    client.post(address("own-consents", token), {"photos": "on"})

    assert "films of me may be published" in Consent.objects.get().wording


def test_after_the_conference_only_consents_can_be_taken_back(client):
    delegation, _person, token = coming()
    over(delegation.edition)

    page = client.get(address("own-page", token))

    assert titles(page) == ["Consents"]
    assert client.get(address("own-needs", token)).status_code == 302
    assert client.get(address("own-consents", token)).status_code == 200


def test_a_question_of_the_registration_is_answered_by_the_person(client):
    delegation, person, token = coming()
    SecondStage.objects.all().delete()
    asked = QuestionFactory(edition=delegation.edition, key="topic")

    page = client.get(address("own-page", token))
    client.post(address("own-person-questions", token), {"q-topic": "Wasser"})

    assert titles(page) == ["Questions of the conference"]
    answer = Answer.objects.get(question=asked)
    assert (answer.participant, answer.value) == (person, "Wasser")


def test_after_the_time_for_changes_a_person_answers_no_such_question(client):
    delegation, person, token = coming()
    asked = QuestionFactory(edition=delegation.edition, key="topic")
    Edition.objects.update(changes_until=later(days=-1))
    answer = client.get(address("own-person-questions", token))

    assert answer.url == address("own-page", token)
    assert "Questions of the conference" not in titles(client.get(answer.url))
    side = Participant.objects.get(pk=person.pk).side
    with pytest.raises(Refused, match="time for changes is over"):
        side.answer_questions({asked.pk: "x"}, asked.stage, by=person, person=person)


def test_a_conference_that_asks_nothing_more_shows_no_list(client):
    delegation = approved(edition=EditionFactory())
    SecondStage.objects.all().delete()
    person = ParticipantFactory(side=delegation.german_side)

    page = client.get(address("own-page", person.links.mint(person)))

    assert titles(page) == []
    assert "What we need to know now" not in page.content.decode()
