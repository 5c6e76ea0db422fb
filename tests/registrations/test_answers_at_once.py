"""Two answer at the same moment, or one answers while the other takes all back."""

import threading

import pytest

from registrations import questions
from registrations.models import (
    Answer,
    Consent,
    EditionQuestions,
    Question,
    SecondStage,
    Side,
    VisaData,
    edition_questions,
)
from tests.factories import EditionFactory, ParticipantFactory, QuestionFactory
from tests.people import approved
from tests.registrations.test_at_once import PATIENCE, again, at_once, meet

__all__ = ["meet"]
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_two_answer_the_same_question(meet):
    delegation = approved()
    asked = QuestionFactory(edition=delegation.edition, scope="side")
    sides = [again(delegation).german_side for _number in range(2)]
    meet(questions, "sheets")

    outcomes = at_once(
        *(
            lambda side=side: side.answer_questions(
                {asked.pk: "Wasser"}, asked.stage, by=side
            )
            for side in sides
        )
    )

    assert outcomes == [None, None]
    assert [answer.value for answer in Answer.objects.all()] == ["Wasser"]


def test_two_consent_to_the_same_thing(meet):
    delegation = approved()
    person = ParticipantFactory(side=delegation.german_side)
    sides = [again(delegation).german_side for _number in range(2)]
    meet(type(Consent.objects.all()), "bulk_create", before=True)

    outcomes = at_once(
        *(
            lambda side=side: side.save_consents(person, {"photos": "Ja."}, by=side)
            for side in sides
        )
    )

    assert outcomes == [None, None]
    assert [consent.what for consent in Consent.objects.all()] == ["photos"]


def test_who_withdraws_while_a_passport_is_saved_leaves_none(monkeypatch):
    delegation = approved()
    side = delegation.german_side
    person = ParticipantFactory(side=side)
    looked, withdrawn = threading.Event(), threading.Event()
    check = Side.check_second_stage

    def held_up(self):
        check(self)
        looked.set()
        withdrawn.wait(PATIENCE)

    def withdraw():
        looked.wait()
        row = again(delegation)
        row.withdraw(by=row.german_side)
        withdrawn.set()

    monkeypatch.setattr(Side, "check_second_stage", held_up)

    outcomes = at_once(
        lambda: side.save_visa_data(
            person, needs_letter=True, passport_name="ERIKA MUSTER", by=side
        ),
        withdraw,
    )

    assert outcomes == [None, None]
    assert again(delegation).state == "withdrawn"
    assert not VisaData.objects.exists()


def test_two_add_the_usual_questions(meet):
    edition = EditionQuestions.objects.get(pk=EditionFactory().pk)
    SecondStage.objects.create(edition_id=edition.pk)
    meet(edition_questions, "_added", before=True)

    outcomes = at_once(edition.add_usual_questions, edition.add_usual_questions)

    count = Question.objects.count()
    assert count > 0
    assert sorted(outcomes) == [0, count]
