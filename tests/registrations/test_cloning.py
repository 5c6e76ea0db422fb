"""A conference as the pattern of the next one, without its people."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from modeltranslation.fields import TranslationField

from conferences import cloning as of_conferences
from conferences.models import Edition
from registrations import cloning
from registrations.models import LetterText, Question, ReminderRule, SecondStage
from tests.conferences.sessions import RoomFactory, SessionFactory, SpeakerFactory
from tests.factories import (
    CountryFactory,
    EditionFactory,
    OptionFactory,
    PartnershipFactory,
    QuestionFactory,
    SeriesFactory,
    berlin,
    submitted,
)

pytestmark = pytest.mark.django_db
NEXT = {"number": 7, "year": 2103, "slug": "2103"}
# What is decided about each column and relation of a conference.
DECIDED = (
    *of_conferences.TAKEN_OVER,
    *of_conferences.ASKED,
    *of_conferences.LEFT,
    *of_conferences.ROWS_TAKEN_OVER,
    *of_conferences.ROWS_LEFT,
    *cloning.ROWS_TAKEN_OVER,
    *cloning.ROWS_LEFT,
)
# A value of its own for each column that could be taken over by mistake.
FILLED = {
    "number": 6,
    "title_de": "Titel",
    "motto_de": "Motto",
    "theme_de": "Thema",
    "introduction_de": "Worum",
    "introduction_fr": "De quoi",
    "audience_de": "Wer",
    "costs_de": "Was",
    "programme_de": "Wann",
    "practical_de": "Wie",
    "results_de": "Ergebnisse",
    "next_steps_de": "Schritte",
    "conference_languages_de": "Deutsch",
    "cooperation_de": "Zusammen mit",
    "time_zone": "America/Bogota",
    "venue": "Rathaus",
    "contact_phone": "123",
    "note": "Notiz",
    "source": "https://example.org/",
    "capacity_people": 60,
    "capacity_german": 30,
    "capacity_partner": 31,
    "capacity_delegations": 20,
    "german_most": 4,
    "partner_most": 5,
    "partner_paid": 2,
    "needs_administration": True,
    "has_person_pages": True,
    "offer_days": 9,
    "offer_land": "HE",
    "attendance": "both",
    "interpretation": "de en",
}


def old(**values):
    return EditionFactory(**{"number": 6, **values})


def columns(names):
    """Of a conference, in every language of its translated texts."""
    return [
        field.name
        for field in Edition._meta.concrete_fields
        if getattr(field, "translated_field", field).name in names
    ]


def values_of(row, *, but=()):
    names = [field.attname for field in row._meta.concrete_fields]
    return {name: getattr(row, name) for name in names if name not in ("id", *but)}


def test_of_each_field_of_a_conference_it_is_decided_whether_the_next_takes_it_over():
    fields = [
        field.name
        for field in Edition._meta.get_fields()
        if field.name != "id" and not isinstance(field, TranslationField)
    ]

    assert sorted(DECIDED) == sorted(fields)


def test_what_stays_the_same_is_taken_over_in_every_language():
    edition = old(**FILLED)
    edition.countries.set([CountryFactory(), CountryFactory(iso2="GH")])

    new = Edition.objects.get(pk=cloning.clone(edition, **NEXT).pk)

    taken = columns(of_conferences.TAKEN_OVER)
    assert {name: getattr(new, name) for name in taken} == {
        name: getattr(edition, name) for name in taken
    }
    assert set(new.countries.all()) == set(edition.countries.all())


def test_what_belongs_to_one_conference_stays_behind():
    edition = old(**FILLED)
    edition.attending.add(PartnershipFactory())
    empty = Edition()

    new = Edition.objects.get(pk=cloning.clone(edition, **NEXT).pk)

    left = columns(of_conferences.LEFT)
    assert {name: getattr(new, name) or "" for name in left} == {
        name: getattr(empty, name) or "" for name in left
    }
    assert {name: getattr(new, name) for name in NEXT} == NEXT
    assert not new.attending.exists()
    assert not new.is_published


def test_rooms_come_along_and_nobody_who_speaks():
    edition = old()
    room = RoomFactory(edition=edition, name_de="Saal", order=3)
    session = SessionFactory(edition=edition, room=room)
    session.contributions.create(speaker=SpeakerFactory(edition=edition))
    submitted(edition)

    new = cloning.clone(edition, **NEXT)

    (copy,) = new.rooms.all()
    assert values_of(copy, but=["edition_id"]) == values_of(room, but=["edition_id"])
    for name in (*of_conferences.ROWS_LEFT, *cloning.ROWS_LEFT):
        rows = Edition._meta.get_field(name).related_model._base_manager.all()
        assert not rows.filter(edition=new).exists()


def test_questions_come_along_with_their_answers_and_conditions():
    edition = old()
    # The condition stands first, so that no copy of the other is there yet.
    child = QuestionFactory(edition=edition, help_de="Hinweis", required_for="both")
    parent = QuestionFactory(edition=edition, type="one_of", erased_after=5)
    option = OptionFactory(question=parent, key="yes", label_fr="Oui", order=4)
    child.condition_on, child.condition_values = parent, [option.key]
    child.save()

    new = cloning.clone(edition, **NEXT)

    copies = {row.key: row for row in new.questions.all()}
    own = ["edition_id", "condition_on_id"]
    for question in (child, parent):
        question.refresh_from_db()
        assert values_of(copies[question.key], but=own) == values_of(question, but=own)
    assert copies[child.key].condition_on == copies[parent.key]
    (answer,) = copies[parent.key].options.all()
    option.refresh_from_db()
    own = ["question_id"]
    assert values_of(answer, but=own) == values_of(option, but=own)
    for copy in copies.values():
        copy.full_clean()


def test_a_question_that_is_not_asked_any_more_stays_behind():
    question = QuestionFactory(edition=old(), retired_at=timezone.now())

    new = cloning.clone(question.edition, **NEXT)

    assert not new.questions.exists()


def test_the_second_stage_comes_along_without_its_day():
    stage = SecondStage.objects.create(
        edition=old(),
        answers_until=berlin("2100-06-01 12:00"),
        asks_diet=False,
        asks_accessibility=False,
        asks_photos=False,
        asks_list=False,
        visa_for="partner",
        asks_birth_date=True,
        asks_passport_number=True,
        needs_erased_after=9,
        visa_erased_after=8,
    )

    new = cloning.clone(stage.edition, **NEXT)

    own = ["edition_id", "answers_until"]
    assert values_of(new.second_stage, but=own) == values_of(stage, but=own)
    assert new.second_stage.answers_until is None


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (
            ReminderRule,
            {"what": "names", "days": 7, "deadline": "changes", "is_on": False},
        ),
        (
            LetterText,
            {"kind": "submitted", "language": "fr", "subject": "s", "body": "b"},
        ),
    ],
)
def test_reminders_and_letters_of_its_own_come_along(model, values):
    row = model.objects.create(edition=old(), **values)

    new = cloning.clone(row.edition, **NEXT)

    copy = model.objects.get(edition=new)
    assert values_of(copy, but=["edition_id"]) == values_of(row, but=["edition_id"])


def test_what_is_asked_in_general_is_not_made_a_rule_of_one_conference():
    ReminderRule.objects.create(what="names", days=7, deadline="changes")

    new = cloning.clone(old(), **NEXT)

    assert not ReminderRule.objects.filter(edition=new).exists()


@pytest.mark.parametrize(
    ("taken", "words"),
    [
        ({"number": 7}, "This series has this number already."),
        ({"slug": "2103"}, "This series has this address already."),
    ],
)
def test_a_series_has_each_number_and_address_once(taken, words):
    edition = old()
    QuestionFactory(edition=edition)
    EditionFactory(**taken)

    with pytest.raises(ValidationError) as refusal:
        cloning.clone(edition, **NEXT)

    assert refusal.value.messages == [words]
    assert (Edition.objects.count(), Question.objects.count()) == (2, 1)


@pytest.mark.parametrize(
    ("rhythm", "suggested"),
    [
        (3, {"number": 7, "year": 2103, "slug": "2103"}),
        (None, {"number": 7}),
    ],
)
def test_the_next_number_and_year_of_the_series_are_suggested(rhythm, suggested):
    series = SeriesFactory(rhythm_years=rhythm)
    old = EditionFactory(series=series, number=5, year=2097, starts_on=date(2097, 9, 6))
    EditionFactory(series=series, number=6, year=2100)
    EditionFactory(series=series, number=None, is_demonstration=True, year=2100)

    assert of_conferences.suggestion(old) == suggested


def test_an_address_that_is_taken_is_not_suggested():
    edition = old()
    EditionFactory(
        series=edition.series, number=None, slug="2103", is_demonstration=True
    )

    assert of_conferences.suggestion(edition)["slug"] == "2103-2"
