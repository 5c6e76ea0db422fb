"""Some time after a conference its figures stay, and its people are forgotten."""

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry

from registrations import erasure, register
from registrations.models import (
    Answer,
    Delegation,
    Letter,
    Participant,
    PersonalLink,
    PreparedDecision,
    Request,
    Side,
)
from tests.factories import (
    EditionFactory,
    QuestionFactory,
    berlin,
)
from tests.people import (
    ADMISSION,
    AT,
    INSTANT,
    draft,
    everything_about,
    logged,
    long_over,
)

pytestmark = pytest.mark.django_db


RULES = (
    register.Rule.DELEGATION,
    register.Rule.QUESTION,
    register.Rule.NEEDS,
    register.Rule.VISA,
)


def fields_of_the_rules():
    """The fields that go some time after the conference."""
    return {
        (entry.model, field)
        for entry in register.REGISTER
        for field in entry.fields
        if entry.rule in RULES
    }


def filled():
    """Those of them that hold something in some row."""
    return {
        (model, field)
        for model, field in fields_of_the_rules()
        if any(apps.get_model(model).objects.values_list(field, flat=True))
    }


@pytest.mark.parametrize(
    ("days", "at", "name"),
    [
        (
            {"starts_on": date(2027, 3, 1), "ends_on": date(2027, 3, 3)},
            berlin("2027-06-02 00:00") - INSTANT,
            "Erika Muster",
        ),
        (
            {"starts_on": date(2027, 3, 1), "ends_on": date(2027, 3, 3)},
            berlin("2027-06-02 00:00"),
            "",
        ),
        (
            {"starts_on": None, "ends_on": None, "time_zone": "Africa/Windhoek"},
            datetime(2028, 3, 30, 22, 0, tzinfo=UTC) - INSTANT,
            "Erika Muster",
        ),
        (
            {"starts_on": None, "ends_on": None, "time_zone": "Africa/Windhoek"},
            datetime(2028, 3, 30, 22, 0, tzinfo=UTC),
            "",
        ),
    ],
    ids=["90th day", "after it", "90th day of the next year", "after that"],
)
def test_people_go_ninety_days_after_the_conference(days, at, name):
    edition = EditionFactory(year=2027, **days)
    delegation = draft(edition=edition, state=Delegation.State.APPROVED)

    erasure.erase(at=at)

    assert Side.objects.get(delegation=delegation, which="german").contact_name == name


def test_every_personal_field_of_a_past_conference_is_empty_afterwards():
    delegation = everything_about(long_over())
    before = filled()

    erasure.erase(at=AT)

    assert (before, filled()) == (fields_of_the_rules(), set())
    assert PersonalLink.objects.count() == 0
    assert Delegation.objects.get() == delegation


def test_a_prepared_decision_alone_is_erased_as_well():
    delegation = everything_about(long_over())
    erasure.erase(at=AT)
    PreparedDecision.objects.create(
        delegation=delegation, verdict="decline", reason="Erika", prepared_at=AT
    )

    erasure.erase(at=AT)

    assert PreparedDecision.objects.count() == 0


def test_the_figures_of_a_past_conference_stay():
    delegation = everything_about(long_over())

    erasure.erase(at=AT)

    kept = Delegation.objects.get()
    assert (kept.state, kept.reference) == ("approved", delegation.reference)
    assert (kept.german_side.planned, kept.german_side.held) == (2, 2)


def test_what_has_a_letter_under_way_waits_after_the_conference_too():
    everything_about(long_over())
    Letter.objects.update(state=Letter.State.SENDING)

    erasure.erase(at=AT)

    assert (Participant.objects.count(), Letter.objects.count()) == (1, 1)


def test_a_draft_of_a_past_conference_goes_with_its_open_request():
    delegation = draft(edition=long_over(), saved_at=AT)
    Request.objects.create(side=delegation.german_side, text="Bitte", **ADMISSION)

    erasure.erase(at=AT)

    assert Delegation.objects.count() == 0


def test_the_log_of_the_admin_forgets_the_people_of_a_past_conference():
    delegation = everything_about(long_over())
    for row in (delegation, delegation.german_side, Request.objects.get()):
        logged(row)
    kept = logged(delegation.edition)

    erasure.erase(at=AT)

    assert list(LogEntry.objects.all()) == [kept]


def answer_of(delegation, **question):
    """What a side answered to a question of its conference."""
    asked = QuestionFactory(edition=delegation.edition, scope="side", **question)
    return Answer.objects.create(
        question=asked,
        delegation=delegation,
        side=delegation.german_side,
        value="Erika",
        wording="W",
        words="Erika",
    )


def test_answers_that_say_nothing_about_a_person_stay_with_the_figures():
    delegation = everything_about(long_over())
    answer_of(delegation)
    kept = answer_of(delegation, is_personal=False, type="number")

    erasure.erase(at=AT)

    assert list(Answer.objects.all()) == [kept]


@pytest.mark.parametrize(
    ("at", "left"),
    [
        (berlin("2027-03-14 00:00") - INSTANT, 1),
        (berlin("2027-03-14 00:00"), 0),
    ],
    ids=["last instant", "first after it"],
)
def test_an_answer_goes_on_the_day_of_its_question(at, left):
    edition = EditionFactory(
        year=2027, starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 3)
    )
    delegation = draft(edition=edition, state=Delegation.State.APPROVED, saved_at=AT)
    answer_of(delegation, erased_after=10)
    answer_of(delegation, erased_after=None)

    counts = erasure.erase(at=at)

    assert Answer.objects.count() == left + 1
    assert counts["answers with a day of their own"] == 1 - left
