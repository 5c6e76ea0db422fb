"""What the database itself refuses of questions, answers, offers and reminders."""

import pytest
from django.db import IntegrityError, transaction

from registrations.models import (
    Answer,
    Consent,
    Offer,
    Question,
    Reminder,
    ReminderRule,
)
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    OptionFactory,
    ParticipantFactory,
    QuestionFactory,
    berlin,
)

pytestmark = pytest.mark.django_db
MADE, LATER = berlin("2027-01-01 12:00"), berlin("2027-01-02 12:00")


def refused(make, name=None, **values):
    """The row is not written; `name`: of the check, which the database says."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make(**values)


def test_a_conference_has_each_question_once():
    edition = EditionFactory()
    QuestionFactory(edition=edition, key="topic")
    QuestionFactory(key="topic")

    refused(QuestionFactory, edition=edition, key="topic")


def test_a_question_stays_with_its_conference():
    question = QuestionFactory()
    rows = Question.objects.filter(pk=question.pk)

    refused(rows.update, "a question keeps its key", edition=EditionFactory())


@pytest.mark.parametrize(
    ("scope", "kind"),
    [("person", "yes_no"), ("side", "text"), ("delegation", "long_text")],
)
def test_what_may_name_people_counts_as_personal(scope, kind):
    QuestionFactory(scope="side", type="yes_no", is_personal=False)

    refused(
        QuestionFactory,
        "registrations_question_personal_where_it_may_name_people",
        scope=scope,
        type=kind,
        is_personal=False,
    )


@pytest.mark.parametrize("required_for", ["partner", "both"])
def test_the_partner_owes_no_answer_for_the_delegation(required_for):
    QuestionFactory(scope="delegation", required_for="german")

    refused(
        QuestionFactory,
        "registrations_question_german_side_answers_for_all",
        scope="delegation",
        required_for=required_for,
    )


def test_a_question_has_each_answer_to_choose_once():
    question = QuestionFactory(type="one_of")
    OptionFactory(question=question, key="a")
    OptionFactory(question=QuestionFactory(type="one_of"), key="a")

    refused(OptionFactory, question=question, key="a")


@pytest.mark.parametrize("scope", ["delegation", "side", "person"])
def test_a_question_is_answered_once(scope):
    delegation = DelegationFactory()
    side = delegation.german_side
    values = {
        "question": QuestionFactory(edition=delegation.edition, scope=scope),
        "delegation": delegation,
        "side": None if scope == "delegation" else side,
        "participant": ParticipantFactory(side=side) if scope == "person" else None,
        "value": "Ja",
    }
    Answer.objects.create(**values)

    refused(Answer.objects.create, **values)


def test_the_answer_of_a_person_names_the_side():
    delegation = DelegationFactory()
    person = ParticipantFactory(side=delegation.german_side)

    refused(
        Answer.objects.create,
        "registrations_answer_of_a_person_names_the_side",
        question=QuestionFactory(edition=delegation.edition),
        delegation=delegation,
        participant=person,
        value="Ja",
    )


def test_one_consent_to_the_same_thing_holds():
    person = ParticipantFactory(side=DelegationFactory().german_side)
    values = {"participant": person, "what": "photos", "wording": "Ja."}
    Consent.objects.create(**values, withdrawn_at=LATER)
    Consent.objects.create(**values)

    refused(Consent.objects.create, **values)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"ended_at": LATER}, "ended_or_not"),
        ({"outcome": "taken"}, "ended_or_not"),
        ({"german": 0}, "one_german_at_least"),
        ({"expires_at": MADE}, "expires_after_it_is_made"),
    ],
)
def test_an_offer_agrees_with_itself(values, name):
    usual = {"german": 1, "partner": 0, "made_at": MADE, "expires_at": LATER}
    offers = DelegationFactory().offers
    offers.create(**usual, ended_at=LATER, outcome=Offer.Outcome.TAKEN)

    refused(offers.create, f"registrations_offer_{name}", **{**usual, **values})


@pytest.mark.parametrize("of_edition", [True, False])
def test_a_rule_of_reminders_exists_once(of_edition):
    edition = EditionFactory() if of_edition else None
    # Far from the rules that the tests load.
    values = {"what": "names", "days": 999, "deadline": "changes"}
    ReminderRule.objects.create(edition=edition, **values)
    ReminderRule.objects.create(edition=EditionFactory(), **values)

    refused(ReminderRule.objects.create, edition=edition, **values)


def test_a_side_is_reminded_once_by_a_rule():
    delegation = DelegationFactory()
    rule = ReminderRule.objects.create(what="names", days=999, deadline="changes")
    values = {"rule": rule, "what": "names"}
    Reminder.objects.create(side=delegation.german_side, **values)
    Reminder.objects.create(side=delegation.partner_side, **values)

    refused(Reminder.objects.create, side=delegation.german_side, **values)
