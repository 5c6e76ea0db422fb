"""What a side answers to the questions of its conference, saved under the lock."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from registrations import questions
from registrations.models.answer import Answer
from registrations.models.history import HistoryEntry
from registrations.models.locking import Refused, is_side, locked, renew
from registrations.models.question import Question


class AnswerVerbs(models.Model):
    """What a side can answer, for itself or for one of its people."""

    # Of the Side that this is a part of.
    delegation: Any
    which: Any
    participants: Any

    class Meta:
        abstract = True

    def answer_questions(
        self, typed: questions.Values, stage, *, by, person=None
    ) -> None:
        """Take over what one page asked: values by question; None is no answer.

        What does not apply any more, given these answers, is forgotten. Raises
        Refused where the time for it is over.
        """
        with locked(self.delegation) as edition:
            renew(self, self.delegation.side(self.which))
            self._check_time_for(stage, by)
            if person and not self.participants.filter(pk=person.pk).exists():
                raise Refused(_("This person is no longer part of your delegation."))
            sheet = questions.sheets(edition, [self.delegation])[self.delegation.pk]
            how = {"stage": stage, "typed": typed}
            items = (
                sheet.of_person(person, self, **how)
                if person
                else sheet.of_side(self, **how)
            )
            changed = sum(self._take(item, typed) for item in items)
            self._answered(changed, by)

    def _take(self, item: questions.Item, typed: questions.Values) -> bool:
        """One answer as it is now; whether it is another than before."""
        question = item.question
        if question.retired_at or (item.applies and question.pk not in typed):
            return False
        value = typed.get(question.pk) if item.applies else None
        if value in (None, "", []):
            if item.answer is None:
                return False
            item.answer.delete()
            return True
        if item.answer and item.answer.value == value:
            return False
        self._write(item.answer or self._blank(item), value)
        return True

    def _blank(self, item: questions.Item) -> Answer:
        is_about_all = item.question.scope == Question.Scope.DELEGATION
        return Answer(
            question=item.question,
            delegation=self.delegation,
            side=None if is_about_all else self,  # type: ignore[misc]  # a Side
            participant=item.person,
        )

    def _write(self, answer: Answer, value) -> None:
        answer.value = value
        answer.wording = str(answer.question)
        answer.words = questions.in_words(answer.question, value)
        answer.answered_at = timezone.now()
        answer.save()

    def _check_time_for(self, stage, by) -> None:
        if stage == Question.Stage.SECOND:
            self.check_second_stage()
        else:
            self._check_time(by)  # type: ignore[attr-defined]  # of SideVerbs

    def check_second_stage(self) -> None:
        """Only who is coming is asked, until the conference is over."""
        delegation = self.delegation
        if delegation.state != delegation.State.APPROVED:
            raise Refused(_("This is asked only once your delegation is approved."))
        if delegation.edition.is_over():
            raise Refused(_("The conference is over: there is nothing to answer."))

    def _answered(self, changed: int, by) -> None:
        """A line of the history; a draft is saved and has none."""
        delegation = self.delegation
        delegation.touch_and_mark(by, {})
        if changed and not (delegation.is_draft and is_side(by)):
            delegation.history.record(
                delegation,
                HistoryEntry.Verb.ANSWER_QUESTIONS,
                by=by,
                changes={"answers": changed},
            )
