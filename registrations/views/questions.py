"""The pages of the questions that an edition asks with the registration."""

from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from registrations import forms, questions
from registrations.models import Question
from registrations.views.pages import SidePage

Scope, Stage = Question.Scope, Question.Stage


class QuestionsPage(SidePage):
    """Questions to a side or to one of its people, whichever side's link it is."""

    form_class = forms.QuestionsForm
    stage_of_questions = Stage.REGISTRATION
    is_for_partner = True
    number = 4

    def is_here(self):
        """In a draft, or as long as the sides may change their people."""
        delegation = self.delegation
        is_open = delegation.is_draft or delegation.can_change()
        return is_open and questions.are_asked(delegation.edition)

    @cached_property
    def sheet(self) -> questions.Sheet:
        return questions.sheet(self.delegation)

    @cached_property
    def person(self):
        if "pk" not in self.kwargs:
            return None
        return get_object_or_404(self.side.participants, pk=self.kwargs["pk"])

    def items(self, typed: questions.Values) -> list[questions.Item]:
        how: dict[str, Any] = {"stage": self.stage_of_questions, "typed": typed}
        if self.person:
            return self.sheet.of_person(self.person, self.side, **how)
        return self.sheet.of_side(self.side, **how)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "asks": self.items}

    def save(self, form):
        self.side.answer_questions(
            form.answers, self.stage_of_questions, by=self.by, person=self.person
        )
        return self.go_further()

    def go_further(self):
        """To the next page of questions of a draft, else back."""
        if not self.delegation.is_draft:
            return self.go_back()
        pages = pages_of(self.side, self.sheet, self.stage_of_questions)
        here = self.person.pk if self.person else None
        return go_to(self, pages[pages.index(here) + 1 :] if here in pages else [])

    def get_context_data(self, **kwargs):
        return super().get_context_data(person=self.person, **kwargs)


class QuestionsView(QuestionsPage):
    """What the delegation and the side are asked, beside the fixed fields."""

    template_name = "registrations/questions.html"

    def get(self, request, *args, **kwargs):
        if not self.get_form().fields:
            return go_to(self, pages_of(self.side, self.sheet, self.stage_of_questions))
        return super().get(request, *args, **kwargs)


class PersonQuestionsView(QuestionsPage):
    """What one person is asked, beside the name."""

    template_name = "registrations/person_questions.html"


class AnswersShown(SidePage):
    """A page that shows what was answered to the questions of the edition."""

    def get_context_data(self, **kwargs):
        found: list[questions.Item] = []
        asks = questions.are_asked(self.delegation.edition)
        if asks:
            sheet = questions.sheet(self.delegation)
            found = sheet.shown(self.side, Stage.REGISTRATION)
        return super().get_context_data(
            asks_questions=asks, answers_given=grouped(found), **kwargs
        )


def grouped(items: list[questions.Item]) -> list[tuple[Any, list[questions.Item]]]:
    """By person; first what is no person's."""
    groups: dict[Any, list[questions.Item]] = {}
    for item in items:
        groups.setdefault(item.person, []).append(item)
    return list(groups.items())


def pages_of(side, sheet: questions.Sheet, stage) -> list[int | None]:
    """The pages of a side's questions: None is its own, then one for each person."""

    def asks(items) -> bool:
        return any(item.is_asked for item in items)

    pages: list[int | None] = []
    if asks(sheet.of_side(side, stage=stage)):
        pages.append(None)
    pages += [
        person.pk
        for person in side.people
        if asks(sheet.of_person(person, side, stage=stage))
    ]
    return pages


def go_to(page: SidePage, pages: list[int | None]):
    """To the first of these pages; where there is none, on with the registration."""
    if not pages:
        is_draft = page.delegation.is_draft
        return page.go("check") if is_draft else page.go("delegation")
    to: Callable = page.go
    return to("questions") if pages[0] is None else to("person-questions", pk=pages[0])


def go_to_questions(page: SidePage):
    """From the names to the questions of a draft, if its conference asks any."""
    if not questions.are_asked(page.delegation.edition):
        return page.go_on()
    sheet = questions.sheet(page.delegation)
    return go_to(page, pages_of(page.side, sheet, Stage.REGISTRATION))
