"""What staff define as questions, and which of them are asked now."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.db.utils import DatabaseError

from registrations import questions
from registrations.models import Answer, HistoryEntry, Question, Refused
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    OptionFactory,
    ParticipantFactory,
    QuestionFactory,
)

pytestmark = pytest.mark.django_db

REGISTRATION = Question.Stage.REGISTRATION
CHANGES = {
    "key": "other",
    "type": "number",
    "scope": "side",
    "stage": "second",
}


def answered(delegation, question, value, person=None, side=None):
    """The row as the verb would write it."""
    of_side = side or (person.side if person else None)
    return Answer.objects.create(
        question=question,
        delegation=delegation,
        side=of_side,
        participant=person,
        value=value,
        wording="So it was asked",
        words=str(value),
    )


def keys(items):
    return [item.question.key for item in items]


@pytest.mark.parametrize(("field", "value"), CHANGES.items())
def test_a_question_keeps_what_gives_its_answers_their_meaning(field, value):
    question = QuestionFactory(key="one", is_personal=True)
    setattr(question, field, value)

    with pytest.raises(ValidationError) as refusal:
        question.full_clean()

    assert "fixed" in [error.code for error in refusal.value.error_dict["__all__"]]


@pytest.mark.parametrize(("field", "value"), CHANGES.items())
def test_the_database_refuses_another_meaning_too(field, value):
    question = QuestionFactory(key="one")

    with pytest.raises(DatabaseError), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(**{field: value})

    question.refresh_from_db()
    assert (question.key, question.type) == ("one", "text")


def test_the_words_of_a_question_may_change():
    question = QuestionFactory()
    question.label_de = "Anders gefragt?"

    question.full_clean()
    question.save()

    assert Question.objects.get().label_de == "Anders gefragt?"


def test_an_answered_question_cannot_be_deleted():
    delegation = DelegationFactory()
    question = QuestionFactory(edition=delegation.edition, scope="side")
    answered(delegation, question, "Ja", side=delegation.german_side)

    with pytest.raises(ProtectedError):
        question.delete()


def test_free_text_counts_as_personal():
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionFactory(scope="side", type="text", is_personal=False)


def test_a_question_on_which_others_depend_is_not_retired():
    parent = QuestionFactory(type="yes_no")
    QuestionFactory(
        edition=parent.edition, condition_on=parent, condition_values=["yes"]
    )

    with pytest.raises(ValidationError) as refusal:
        parent.retire()

    assert refusal.value.code == "dependents"
    assert Question.objects.get(pk=parent.pk).retired_at is None


@pytest.mark.parametrize(
    "parent",
    [
        {"type": "text"},
        {"type": "yes_no", "stage": "second"},
        {"type": "yes_no", "edition": "another"},
    ],
    ids=["no choice", "asked later", "of another conference"],
)
def test_a_condition_needs_a_question_that_decides(parent):
    edition = EditionFactory()
    values = {"edition": edition, **parent}
    if values["edition"] == "another":
        values["edition"] = EditionFactory()
    question = QuestionFactory(edition=edition)
    question.condition_on = QuestionFactory(**values)
    question.condition_values = ["yes"]

    with pytest.raises(ValidationError) as refusal:
        question.clean()

    assert refusal.value.code == "condition"


def test_a_question_about_the_side_cannot_depend_on_one_person():
    parent = QuestionFactory(type="yes_no", scope="person")
    question = QuestionFactory(edition=parent.edition, scope="side")
    question.condition_on, question.condition_values = parent, ["yes"]

    with pytest.raises(ValidationError) as refusal:
        question.clean()

    assert refusal.value.code == "condition"


def test_two_questions_cannot_wait_for_each_other():
    first = QuestionFactory(type="yes_no")
    second = QuestionFactory(
        edition=first.edition,
        type="yes_no",
        condition_on=first,
        condition_values=["yes"],
    )
    first.condition_on, first.condition_values = second, ["yes"]

    with pytest.raises(ValidationError) as refusal:
        first.clean()

    assert refusal.value.code == "circle"


@pytest.fixture
def chain():
    """Interpreting? If yes: which languages? If "other" among them: which one?"""
    edition = EditionFactory()
    first = QuestionFactory(edition=edition, key="interpreting", type="yes_no")
    second = QuestionFactory(
        edition=edition,
        key="languages",
        type="several_of",
        condition_on=first,
        condition_values=["yes"],
    )
    OptionFactory(question=second, key="fr")
    OptionFactory(question=second, key="other")
    third = QuestionFactory(
        edition=edition,
        key="which",
        condition_on=second,
        condition_values=["other"],
        required_for="both",
    )
    delegation = DelegationFactory(edition=edition)
    person = ParticipantFactory(side=delegation.german_side)
    return delegation, person, first, second, third


def applying(delegation, person, **how):
    sheet = questions.sheet(delegation)
    items = sheet.of_person(person, person.side, **how)
    return keys(item for item in items if item.is_asked)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({}, ["interpreting"]),
        ({"interpreting": "no"}, ["interpreting"]),
        ({"interpreting": "yes"}, ["interpreting", "languages"]),
        (
            {"interpreting": "yes", "languages": ["fr"]},
            ["interpreting", "languages"],
        ),
        (
            {"interpreting": "yes", "languages": ["fr", "other"]},
            ["interpreting", "languages", "which"],
        ),
        ({"interpreting": "no", "languages": ["other"]}, ["interpreting"]),
    ],
)
def test_a_question_is_asked_only_while_all_its_conditions_hold(chain, typed, found):
    delegation, person, *asked = chain
    by_key = {question.key: question.pk for question in asked}

    assert (
        applying(
            delegation,
            person,
            typed={by_key[key]: value for key, value in typed.items()},
        )
        == found
    )


def test_what_a_removed_condition_hid_is_neither_shown_nor_missing(chain):
    delegation, person, first, second, third = chain
    answered(delegation, first, "no", person)
    answered(delegation, second, ["other"], person)
    answered(delegation, third, "Kurdisch", person)
    side = delegation.german_side
    sheet = questions.sheet(delegation)

    assert keys(sheet.shown(side, REGISTRATION)) == ["interpreting"]
    assert sheet.missing(side, REGISTRATION) == []


def test_a_required_question_is_missing_once_its_condition_holds(chain):
    delegation, person, first, second, _third = chain
    answered(delegation, first, "yes", person)
    answered(delegation, second, ["other"], person)
    sheet = questions.sheet(delegation)

    assert keys(sheet.missing(delegation.german_side, REGISTRATION)) == ["which"]


@pytest.mark.parametrize(
    ("required_for", "german", "partner"),
    [
        ("nobody", [], []),
        ("german", ["one"], []),
        ("partner", [], ["one"]),
        ("both", ["one"], ["one"]),
    ],
)
def test_a_side_owes_only_what_is_required_of_it(required_for, german, partner):
    delegation = DelegationFactory()
    QuestionFactory(
        edition=delegation.edition, key="one", scope="side", required_for=required_for
    )
    sheet = questions.sheet(delegation)

    assert keys(sheet.missing(delegation.german_side, REGISTRATION)) == german
    assert keys(sheet.missing(delegation.partner_side, REGISTRATION)) == partner


def test_a_question_about_a_person_is_put_to_those_who_are_named():
    delegation = DelegationFactory(german__planned=3)
    QuestionFactory(edition=delegation.edition, required_for="german")
    ParticipantFactory(side=delegation.german_side, family_name="Eins")
    ParticipantFactory(side=delegation.german_side, family_name="Zwei")
    sheet = questions.sheet(delegation)

    missing = sheet.missing(delegation.german_side, REGISTRATION)

    assert [item.person.family_name for item in missing] == ["Eins", "Zwei"]


def test_a_retired_question_is_not_asked_and_its_answer_stays():
    delegation = DelegationFactory()
    question = QuestionFactory(
        edition=delegation.edition, scope="side", required_for="german"
    )
    answered(delegation, question, "Ja", side=delegation.german_side)
    question.retire()
    sheet = questions.sheet(delegation)
    [item] = sheet.of_side(delegation.german_side)

    assert (item.is_asked, item.is_missing, item.is_shown) == (False, False, True)


def test_an_answer_keeps_the_words_that_it_was_given_to():
    delegation = DelegationFactory()
    question = QuestionFactory(edition=delegation.edition, scope="side", type="yes_no")
    side = delegation.german_side
    side.answer_questions({question.pk: "yes"}, REGISTRATION, by=side)

    Question.objects.update(label_en="Asked in another way?")

    answer = Answer.objects.get()
    assert (answer.wording, answer.words) == (f"Question {question.key}?", "yes")
    assert answer.value == "yes"


def test_an_answer_is_forgotten_when_its_condition_is_taken_back(chain):
    delegation, person, first, second, third = chain
    side = delegation.german_side
    first_page = {first.pk: "yes", second.pk: ["other"], third.pk: "Kurdisch"}
    side.answer_questions(first_page, REGISTRATION, by=side, person=person)
    assert Answer.objects.count() == 3

    side.answer_questions(
        {**first_page, first.pk: "no"}, REGISTRATION, by=side, person=person
    )

    assert [answer.value for answer in Answer.objects.all()] == ["no"]


def test_answering_twice_is_answering_once():
    delegation = DelegationFactory()
    delegation.submit()
    question = QuestionFactory(edition=delegation.edition, scope="side")
    side = delegation.german_side

    for _time in range(2):
        side.answer_questions({question.pk: "Ja"}, REGISTRATION, by=side)

    lines = delegation.history.filter(verb=HistoryEntry.Verb.ANSWER_QUESTIONS)
    assert [line.changes for line in lines] == [{"answers": 1}]
    assert Answer.objects.count() == 1


def test_nobody_answers_after_the_time_for_changes():
    delegation = DelegationFactory()
    delegation.submit()
    question = QuestionFactory(edition=delegation.edition, scope="side")
    type(delegation.edition).objects.update(changes_until="2021-01-01T00:00Z")
    side = delegation.german_side

    with pytest.raises(Refused):
        side.answer_questions({question.pk: "Ja"}, REGISTRATION, by=side)

    assert not Answer.objects.exists()


def test_a_side_cannot_answer_for_people_of_the_other(chain):
    delegation, _person, first, *_others = chain
    stranger = ParticipantFactory(side=delegation.partner_side)
    side = delegation.german_side

    with pytest.raises(Refused):
        side.answer_questions({first.pk: "yes"}, REGISTRATION, by=side, person=stranger)

    assert not Answer.objects.exists()


def test_many_delegations_cost_as_many_queries_as_one(django_assert_num_queries):
    edition = EditionFactory()
    choice = QuestionFactory(edition=edition, scope="side", type="one_of")
    OptionFactory(question=choice, key="a")
    QuestionFactory(edition=edition, scope="side", type="country")
    few = DelegationFactory.create_batch(2, edition=edition)
    many = DelegationFactory.create_batch(20, edition=edition)

    with django_assert_num_queries(4):
        questions.sheets(edition, few)
    with django_assert_num_queries(4):
        assert len(questions.sheets(edition, many)) == 20


def test_another_person_in_the_same_place_has_answered_nothing(chain):
    delegation, person, first, *_others = chain
    answered(delegation, first, "yes", person)
    person.given_names, person.family_name = "Anna", "Neu"

    delegation.german_side.save_person(person, by=delegation.german_side)

    assert not Answer.objects.exists()


def test_a_corrected_name_keeps_the_answers(chain):
    delegation, person, first, *_others = chain
    answered(delegation, first, "yes", person)
    person.family_name = "Muster-Neu"

    delegation.german_side.save_person(person, by=delegation.german_side)

    assert Answer.objects.count() == 1
