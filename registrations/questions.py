"""Which questions of an edition a delegation, a side, a person is asked now.

The one place that decides conditions: pages, the check before submission, the
export and letters all ask here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerships.models import Country
from partnerships.remembered import remember
from registrations.models.answer import Answer
from registrations.models.participant import Participant
from registrations.models.question import YES_NO, Question

Scope, Stage, Type = Question.Scope, Question.Stage, Question.Type
Values = dict[int, Any]

# For countries that the site does not know: it lists those of its conferences.
OTHER_COUNTRY = "other"


@dataclass(frozen=True)
class Item:
    """One question as it is put to one side, or to one person of it, and the answer.

    A question about the delegation is put to its German side.
    """

    question: Question
    side: Any
    person: Participant | None
    answer: Answer | None
    applies: bool
    depends_on: Question | None = None

    @property
    def is_asked(self) -> bool:
        return self.applies and self.question.retired_at is None

    @property
    def is_required(self) -> bool:
        return self.question.is_required_for(self.side.which)

    @property
    def is_missing(self) -> bool:
        return self.is_asked and self.is_required and self.answer is None

    @property
    def is_shown(self) -> bool:
        """Whether there is an answer that still counts."""
        return self.applies and self.answer is not None

    @property
    def words(self) -> str:
        """The answer in the reader's language, as the question is worded now."""
        return in_words(self.question, self.answer.value) if self.answer else ""

    @property
    def reminder(self) -> str:
        """A sentence for the one who still owes the answer."""
        words = {"question": str(self.question), "name": str(self.person)}
        if self.person is None:
            return _("Please answer “%(question)s”.") % words
        return _("For %(name)s, please answer “%(question)s”.") % words


class Sheet:
    """All questions of an edition, with the answers of one delegation."""

    def __init__(self, delegation, questions: list[Question], answers: list[Answer]):
        self.delegation = delegation
        self.questions = questions
        self._by_key = {question.pk: question for question in questions}
        self._answers: dict[tuple, dict[int, Answer]] = defaultdict(dict)
        for answer in answers:
            target = (answer.side_id, answer.participant_id)
            self._answers[target][answer.question_id] = answer

    def items(
        self, scope, side, person=None, *, stage=None, typed: Values | None = None
    ) -> list[Item]:
        """What is put to a side or a person, also what does not apply to them now.

        `typed`: answers that are not saved yet, by question; they count already.
        """
        given = self._given(scope, side, person)
        values = {**self._values(side, person), **(typed or {})}
        return [
            Item(
                question,
                side,
                person,
                given.get(question.pk),
                self._applies(question, values),
                self._by_key.get(question.condition_on_id or 0),
            )
            for question in self.questions
            if question.scope == scope and stage in (None, question.stage)
        ]

    def of_side(self, side, **how) -> list[Item]:
        """What one side answers for the delegation and for itself."""
        about_all = self.items(Scope.DELEGATION, side, **how) if side.is_german else []
        return about_all + self.items(Scope.SIDE, side, **how)

    def of_person(self, person, side, **how) -> list[Item]:
        return self.items(Scope.PERSON, side, person, **how)

    def everything_of(self, side, **how) -> Iterator[Item]:
        """What a side and its named people are asked."""
        yield from self.of_side(side, **how)
        for person in side.people:
            yield from self.of_person(person, side, **how)

    def missing(self, side, stage) -> list[Item]:
        """What a side still owes for itself and for its named people."""
        return [
            item for item in self.everything_of(side, stage=stage) if item.is_missing
        ]

    def shown(self, side, stage) -> list[Item]:
        return [item for item in self.everything_of(side, stage=stage) if item.is_shown]

    def _given(self, scope, side, person) -> dict[int, Answer]:
        if scope == Scope.DELEGATION:
            return self._answers[None, None]
        return self._answers[side.pk, person.pk if person else None]

    def _values(self, side, person) -> Values:
        targets = [(None, None), (side.pk, None)]
        if person:
            targets.append((side.pk, person.pk))
        return {
            key: answer.value
            for target in targets
            for key, answer in self._answers[target].items()
        }

    def _applies(self, question: Question, values: Values) -> bool:
        if question.condition_on_id is None:
            return True
        parent = self._by_key.get(question.condition_on_id)
        if parent is None or not self._applies(parent, values):
            return False
        value = values.get(parent.pk)
        chosen = value if isinstance(value, list) else [value]
        return any(one in question.condition_values for one in chosen)


def sheets(edition, delegations: Iterable) -> dict[int, Sheet]:
    """The sheets of delegations of one edition, however many: four queries."""
    found = list(edition.questions.prefetch_related("options"))
    by_country = [question for question in found if question.type == Type.COUNTRY]
    if by_country:
        countries = {one.iso2: one for one in Country.objects.all()}
        for question in by_country:
            question.countries = countries
    answers: dict[int, list[Answer]] = defaultdict(list)
    delegations = list(delegations)
    if found:
        for answer in Answer.objects.filter(delegation__in=delegations):
            answers[answer.delegation_id].append(answer)
    return {one.pk: Sheet(one, found, answers[one.pk]) for one in delegations}


def sheet(delegation) -> Sheet:
    return sheets(delegation.edition, [delegation])[delegation.pk]


def are_asked(edition) -> bool:
    """Whether registration asks anything beside the fixed fields."""
    asked = Question.objects.asked().of_registration().filter(edition=edition)
    return remember(("asks questions", edition.pk), asked.exists)


def missing_for_submission(delegation) -> list[Item]:
    """What the German side must still answer; the partner may answer later."""
    if not are_asked(delegation.edition):
        return []
    return sheet(delegation).missing(delegation.german_side, Stage.REGISTRATION)


def in_words(question: Question, value) -> str:
    """A value as people read it, in the language of now."""
    if question.type == Type.YES_NO:
        return str(dict(YES_NO).get(value, value))
    if question.has_options:
        labels = {option.key: option.label for option in question.options.all()}
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(str(labels.get(one, one)) for one in chosen)
    if question.type == Type.DATE:
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    if question.type == Type.COUNTRY:
        if value == OTHER_COUNTRY:
            return _("another country")
        return str(question.countries.get(value, value))
    return str(value)
