import json
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from conferences.models import Edition
from registrations.models.option import Option
from registrations.models.question import Question
from registrations.models.second_stage import SecondStage

# Travel, room and working meetings: what most conferences ask after the approval.
USUAL = Path(__file__).parent.parent / "data" / "second_stage.json"


class EditionQuestions(Edition):
    """An edition as those see it who decide what it asks."""

    class Meta:
        proxy = True
        verbose_name = _("questions of a conference")
        verbose_name_plural = _("questions of the conferences")

    @transaction.atomic
    def add_usual_questions(self) -> int:
        """Begin the second stage with the usual questions; those it has stay.

        Returns how many are new.
        """
        edition = Edition.objects.select_for_update().get(pk=self.pk)
        SecondStage.objects.get_or_create(edition=edition)
        known = {question.key: question for question in edition.questions.all()}
        new = 0
        for number, row in enumerate(json.loads(USUAL.read_text("utf-8")), start=1):
            if row["key"] in known:
                continue
            known[row["key"]] = _added(edition, row, number, known)
            new += 1
        return new


def _added(edition, row: dict, number: int, known: dict[str, Question]) -> Question:
    """One question of the file, for each person; its condition stands before it."""
    options, condition = row.pop("options", []), row.pop("condition", None)
    if condition:
        row["condition_on"] = known[condition["on"]]
        row["condition_values"] = condition["values"]
    question = Question.objects.create(
        edition=edition,
        scope=Question.Scope.PERSON,
        stage=Question.Stage.SECOND,
        order=10 * number,
        **row,
    )
    for order, option in enumerate(options, start=1):
        Option.objects.create(question=question, order=order, **option)
    return question
