"""The next conference with all that delegations are asked, and without delegations."""

from django.db import transaction

from conferences import cloning
from conferences.cloning import copied
from conferences.models import Edition
from registrations.models import Question, SecondStage

ROWS_TAKEN_OVER = ("questions", "second_stage", "reminder_rules", "letter_texts")
ROWS_LEFT = ("delegations", "allotment", "frozen_figures")


@transaction.atomic
def clone(edition: Edition, *, number: int, year: int, slug: str) -> Edition:
    """The next conference of the series, hidden, with its questions and its letters.

    Raises ValidationError where the series has this number or this address already.
    """
    new = cloning.clone(edition, number=number, year=year, slug=slug)
    _take_over_questions(edition, new)
    for stage in SecondStage.objects.filter(edition=edition):
        copied(stage, edition_id=new.pk, answers_until=None)
    for row in (*edition.reminder_rules.all(), *edition.letter_texts.all()):
        copied(row, edition_id=new.pk)
    return new


def _take_over_questions(edition: Edition, new: Edition) -> None:
    """Those that are still asked. First all, then which depends on which."""
    copies: dict[int, Question] = {}
    questions = Question.objects.filter(edition=edition).asked()
    asked = questions.order_by("pk").prefetch_related("options")
    for question in asked:
        copy = copied(question, edition_id=new.pk, condition_on_id=None)
        for option in question.options.all():
            copied(option, question_id=copy.pk)
        copies[question.pk] = copy
    for question in asked:
        if question.condition_on_id:
            copy = copies[question.pk]
            copy.condition_on = copies[question.condition_on_id]
            copy.save(update_fields=["condition_on"])
