"""What is missing, and what a condition may be: the cases beside the usual ones."""

import pytest
from django.core.exceptions import ValidationError

from registrations import questions
from registrations.models import Question
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    OptionFactory,
    QuestionFactory,
)

pytestmark = pytest.mark.django_db
REGISTRATION, SECOND = Question.Stage.REGISTRATION, Question.Stage.SECOND


def owed(delegation, stage):
    sheet = questions.sheet(delegation)
    missing = sheet.missing(delegation.german_side, stage)
    return [item.question.key for item in missing]


def required(edition, key, **values):
    return QuestionFactory(
        edition=edition, key=key, scope="side", required_for="both", **values
    )


def test_what_is_not_asked_is_not_missing():
    delegation = DelegationFactory()
    parent = required(delegation.edition, "parent", type="yes_no")
    required(delegation.edition, "child", condition_on=parent, condition_values=["yes"])
    required(delegation.edition, "retired").retire()

    assert owed(delegation, REGISTRATION) == ["parent"]


def test_each_stage_asks_for_its_own_answers():
    delegation = DelegationFactory()
    required(delegation.edition, "first")
    required(delegation.edition, "later", stage=SECOND)

    assert owed(delegation, REGISTRATION) == ["first"]
    assert owed(delegation, SECOND) == ["later"]


def test_a_question_of_the_second_stage_stops_no_submission():
    delegation = DelegationFactory()
    required(delegation.edition, "first")
    required(delegation.edition, "later", stage=SECOND)

    missing = questions.missing_for_submission(delegation)

    assert [item.question.key for item in missing] == ["first"]


@pytest.mark.parametrize(
    ("stage", "is_retired", "found"),
    [
        (REGISTRATION, False, True),
        (REGISTRATION, True, False),
        (SECOND, False, False),
    ],
)
def test_only_what_is_asked_now_makes_a_page_of_the_registration(
    stage, is_retired, found
):
    edition = EditionFactory()
    question = QuestionFactory(edition=edition, stage=stage)
    if is_retired:
        question.retire()

    assert questions.are_asked(edition) is found


def test_a_question_on_which_only_retired_ones_depend_is_retired():
    parent = QuestionFactory(type="yes_no")
    QuestionFactory(
        edition=parent.edition, condition_on=parent, condition_values=["yes"]
    ).retire()

    parent.retire()

    assert Question.objects.get(pk=parent.pk).retired_at is not None


@pytest.mark.parametrize("values", [[], ["no-such-answer"], ["yes", "no-such-answer"]])
def test_a_condition_names_answers_that_can_be_given(values):
    parent = QuestionFactory(type="yes_no")
    question = QuestionFactory(edition=parent.edition)
    question.condition_on, question.condition_values = parent, values

    with pytest.raises(ValidationError) as refusal:
        question.clean()

    assert refusal.value.code == "condition"


def test_a_text_decides_nothing_though_answers_to_choose_were_entered():
    parent = QuestionFactory(type="text")
    OptionFactory(question=parent, key="a")
    question = QuestionFactory(edition=parent.edition)
    question.condition_on, question.condition_values = parent, ["a"]

    with pytest.raises(ValidationError) as refusal:
        question.clean()

    assert refusal.value.code == "condition"


def test_without_a_condition_no_answers_are_kept_for_it():
    question = QuestionFactory(condition_values=["yes"])

    question.clean()

    assert question.condition_values == []
