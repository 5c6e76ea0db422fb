"""The pages of an edition's own questions, from the names to the status page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from html5lib import parse

from registrations import export
from registrations.models import Answer, Question
from tests.factories import (
    CountryFactory,
    DelegationFactory,
    EditionFactory,
    OptionFactory,
    ParticipantFactory,
    QuestionFactory,
)
from tests.registrations.answers import NAME_FOLLOWS, PERSON, address, draft

pytestmark = pytest.mark.django_db


def draft_that_is_asked(**question):
    """A draft with one named person, and a question of its conference."""
    delegation, token = draft(german__planned=1)
    person = ParticipantFactory(side=delegation.german_side)
    asked = QuestionFactory(edition=delegation.edition, key="topic", **question)
    return delegation, token, person, asked


def test_a_conference_without_questions_loads_none(client):
    _delegation, token = draft(german__planned=2)
    with CaptureQueriesContext(connection) as made:
        names = client.post(address("names", token), {**PERSON, **NAME_FOLLOWS})
        client.get(address("check", token))
        client.post(address("submit", token))
        client.get(address("delegation", token))

    assert names.url == address("check", token)
    loaded = [q["sql"] for q in made if 'SELECT "registrations_question"' in q["sql"]]
    assert loaded == []


def test_the_questions_come_between_the_people_and_the_check(client):
    delegation, token, person, _asked = draft_that_is_asked(scope="side")
    own = QuestionFactory(edition=delegation.edition, key="own")

    names = client.post(address("names", token), PERSON)
    first = client.post(names.url, {"q-topic": "Wasser"})
    second = client.post(first.url, {"q-own": "Ja"})

    assert names.url == address("questions", token)
    assert first.url == address("person-questions", token, person.pk)
    assert second.url == address("check", token)
    assert dict(Answer.objects.values_list("question__key", "value")) == {
        "topic": "Wasser",
        own.key: "Ja",
    }


def test_a_required_answer_is_missing_before_submission(client):
    delegation, token, _person, asked = draft_that_is_asked(
        scope="side", required_for="german"
    )

    page = client.get(address("check", token))
    client.post(address("submit", token))

    delegation.refresh_from_db()
    assert page.context["missing"] == [f"Please answer “{asked.label_en}”."]
    assert delegation.state == "draft"
    assert delegation.open_question == "questions"


def test_what_the_partner_owes_does_not_stop_the_german_side(client):
    delegation, token, _person, _asked = draft_that_is_asked(
        scope="side", required_for="partner"
    )

    client.post(address("submit", token))

    delegation.refresh_from_db()
    assert delegation.state == "submitted"


def test_a_required_question_is_asked_for_beside_its_field(client):
    _delegation, token, _person, asked = draft_that_is_asked(
        scope="side", required_for="german"
    )

    response = client.post(address("questions", token), {"q-topic": ""})

    assert response.context["form"].errors == {
        "q-topic": [f"Please answer “{asked.label_en}”."]
    }


FAULTY = [
    ("number", "drei", "Please write a whole number, such as 3."),
    ("number", "-1", "Please write a whole number, such as 3."),
    ("date", "31.02.2027", "Please write the day as day.month.year"),
    ("date", "1.1.0001", "Please write the day as day.month.year"),
    ("text", "a\nb", "Please write this on one line."),
    ("yes_no", "perhaps", "Please choose one of the answers."),
    ("country", "XX", "Please choose one of the answers."),
]


@pytest.mark.parametrize(("kind", "typed", "message"), FAULTY)
def test_a_faulty_answer_is_refused_in_words(client, kind, typed, message):
    _delegation, token, _person, _asked = draft_that_is_asked(scope="side", type=kind)

    response = client.post(address("questions", token), {"q-topic": typed})

    [found] = response.context["form"].errors["q-topic"]
    assert found.startswith(message)
    assert not Answer.objects.exists()


def test_nothing_typed_is_lost_beside_a_faulty_answer(client):
    delegation, token, _person, _asked = draft_that_is_asked(scope="side", type="date")
    QuestionFactory(edition=delegation.edition, key="story", scope="side")

    typed = {"q-topic": "31.02.2027", "q-story": "Eine lange Geschichte"}
    page = client.post(address("questions", token), typed).content.decode()

    assert 'value="31.02.2027"' in page
    assert 'value="Eine lange Geschichte"' in page


GIVEN = [
    ("text", "Wasser", "Wasser", "Wasser"),
    ("long_text", "Eins\nZwei", "Eins\nZwei", "Eins<br>Zwei"),
    ("yes_no", "no", "no", "no"),
    ("number", "3", 3, "3"),
    ("date", "8.9.2027", "2027-09-08", "Sept. 8, 2027"),
    ("country", "NA", "NA", "Namibia"),
    ("country", "other", "other", "another country"),
]


@pytest.mark.parametrize(("kind", "typed", "value", "words"), GIVEN)
def test_each_kind_of_answer_is_kept(client, kind, typed, value, words):
    CountryFactory()
    _delegation, token, _person, _asked = draft_that_is_asked(scope="side", type=kind)

    client.post(address("questions", token), {"q-topic": typed})

    [answer] = Answer.objects.all()
    assert answer.value == value
    with translation.override("en"):
        assert words in client.get(address("check", token)).content.decode()


@pytest.mark.parametrize(
    ("kind", "typed", "value"), [("one_of", "a", "a"), ("several_of", ["a", "b"], None)]
)
def test_chosen_answers_are_kept(client, kind, typed, value):
    _delegation, token, _person, asked = draft_that_is_asked(scope="side", type=kind)
    for key in "abc":
        OptionFactory(question=asked, key=key)

    client.post(address("questions", token), {"q-topic": typed})

    assert Answer.objects.get().value == (value or typed)


def test_an_answer_that_is_offered_no_more_stays_with_who_chose_it(client):
    delegation, token, _person, asked = draft_that_is_asked(scope="side", type="one_of")
    for key in "ab":
        OptionFactory(question=asked, key=key, is_offered=key != "b")
    side = delegation.german_side

    def offered():
        form = client.get(address("questions", token)).context["form"]
        return [key for key, _label in form.fields["q-topic"].choices]

    before = offered()
    side.answer_questions({asked.pk: "b"}, Question.Stage.REGISTRATION, by=side)

    assert (before, offered()) == (["a", ""], ["a", "b", ""])


@pytest.fixture
def dependent(client):
    delegation, token, _person, asked = draft_that_is_asked(scope="side", type="yes_no")
    QuestionFactory(
        edition=delegation.edition,
        key="why",
        scope="side",
        required_for="german",
        condition_on=asked,
        condition_values=["yes"],
    )
    return lambda **typed: client.post(
        address("questions", token),
        {f"q-{key}": value for key, value in typed.items()},
    )


def test_a_condition_on_the_same_page_is_said_in_words(dependent):
    page = dependent(topic="perhaps").content.decode()

    assert "Only if you answer “Question topic?” with: yes." in page


def test_a_required_question_on_the_same_page_follows_what_was_typed(dependent):
    missing = dependent(topic="yes", why="")
    not_asked = dependent(topic="no", why="")

    assert list(missing.context["form"].errors) == ["q-why"]
    assert not_asked.status_code == 302


def test_what_is_typed_into_a_question_that_is_not_asked_is_not_kept(dependent):
    dependent(topic="no", why="Weil")

    assert [answer.value for answer in Answer.objects.all()] == ["no"]


def test_a_fault_in_a_question_that_is_not_asked_stops_nobody(dependent):
    response = dependent(topic="no", why="a\nb")

    assert response.status_code == 302


def test_a_question_in_another_language_says_so(client):
    _delegation, token, _person, asked = draft_that_is_asked(scope="side")
    Question.objects.update(label_en="")

    tree = parse(
        client.get(address("questions", token)).content, namespaceHTMLElements=False
    )

    [label] = [one for one in tree.iter("label") if one.get("for") == "id_q-topic"]
    part = next(label.iter("span"))
    assert (part.get("lang"), part.text) == ("de", asked.label_de)


def test_the_link_of_the_partner_shows_its_own_side_only(client):
    delegation, _token, _person, _asked = draft_that_is_asked(scope="side")
    QuestionFactory(edition=delegation.edition, key="all", scope="delegation")
    person = ParticipantFactory(side=delegation.german_side)
    delegation.submit()
    partner = delegation.partner_side.mint_link()

    page = client.get(address("questions", partner))
    foreign = client.get(address("person-questions", partner, person.pk))

    assert list(page.context["form"].fields) == ["q-topic"]
    assert foreign.status_code == 404


def test_a_page_that_was_open_too_long_keeps_the_answers(client):
    _delegation, token, _person, _asked = draft_that_is_asked(scope="side")
    client.handler.enforce_csrf_checks = True

    response = client.post(address("questions", token), {"q-topic": "Wasser"})

    assert response.status_code == 403
    assert 'value="Wasser"' in response.content.decode()
    assert not Answer.objects.exists()


def test_the_start_page_lists_what_the_conference_asks(client):
    question = QuestionFactory(label_en="Which topic?")
    QuestionFactory(edition=question.edition, stage="second", label_en="Which room?")
    edition = question.edition

    page = client.get(
        f"/en/conferences/{edition.series.slug}/{edition.slug}/registration/"
    ).content.decode()

    assert "Which topic?" in page
    assert "Which room?" not in page


def exported(edition):
    [header, *rows] = (
        export.csv_file(export.participants(edition.delegations.all()), [edition])
        .decode()
        .splitlines()
    )
    return header, rows


def test_the_export_has_a_column_for_each_question():
    edition = EditionFactory()
    delegation = DelegationFactory(
        edition=edition, german__planned=1, partner__planned=1
    )
    delegation.submit()
    german, partner = delegation.german_side, delegation.partner_side
    person = ParticipantFactory(side=german)
    stage = Question.Stage.REGISTRATION
    typed = {}
    for scope in Question.Scope:
        question = QuestionFactory(edition=edition, scope=scope, label_en=f"{scope}?")
        typed[scope] = {question.pk: f"={scope}"}
    german.answer_questions({**typed["delegation"], **typed["side"]}, stage, by=german)
    german.answer_questions(typed["person"], stage, by=german, person=person)
    partner.answer_questions(dict.fromkeys(typed["side"], "partner"), stage, by=partner)

    header, rows = exported(edition)

    assert header.endswith('"delegation?";"side?";"person?"')
    assert rows[0].endswith('"\'=delegation";"\'=side";"\'=person"')
    assert rows[1].endswith('"\'=delegation";"partner";""')


def test_the_export_leaves_out_what_a_condition_removed():
    edition = EditionFactory()
    delegation = DelegationFactory(edition=edition, german__planned=1)
    delegation.submit()
    side = delegation.german_side
    about_all = QuestionFactory(edition=edition, scope="delegation", type="yes_no")
    why = QuestionFactory(
        edition=edition,
        scope="person",
        condition_on=about_all,
        condition_values=["yes"],
    )
    person = ParticipantFactory(side=side)
    stage = Question.Stage.REGISTRATION
    side.answer_questions({about_all.pk: "yes"}, stage, by=side)
    side.answer_questions({why.pk: "Weil"}, stage, by=side, person=person)
    _header, before = exported(edition)
    side.answer_questions({about_all.pk: "no"}, stage, by=side)

    _header, after = exported(edition)

    assert before[0].endswith('"yes";"Weil"')
    assert after[0].endswith('"no";""')
