"""What else is asked of a person, opened by that person's own link.

The same pages as a side fills in for its people, in words to the person itself.
"""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registrations import choice, questions, second_stage
from registrations.models import Participant, Question
from registrations.second_stage import Part
from registrations.views.choice import ChooseView
from registrations.views.pages import SidePage
from registrations.views.questions import PersonQuestionsView
from registrations.views.second_stage import (
    ConsentsView,
    NeedsView,
    SecondPersonView,
    VisaView,
    second_stage_of,
)


class OwnPart(SidePage):
    """A page about one person; nobody else's can be reached from its link."""

    labels: dict[str, str | Promise] = {}

    def opened(self):
        found = Participant.objects.opened_by(self.token).first()
        if found is None:
            return None
        self.person = found
        return found.side

    def is_for(self, side) -> bool:
        return True

    @property
    def by(self):
        return self.person

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        for name in self.labels.keys() & form.fields.keys():
            form.fields[name].label = self.labels[name]
        return form

    def go_home(self):
        return self.go("own-page")

    def go_back(self, done="saved"):
        query = {"done": done}
        return redirect(
            reverse("registrations:own-page", args=[self.token], query=query)
        )

    def go_further(self):
        return self.go_back()

    def go_to_overview(self):
        return self.go_back()

    def get_context_data(self, **kwargs):
        return super().get_context_data(is_own=True, **kwargs)


class OwnQuestionsView(OwnPart, PersonQuestionsView):
    """Until the time for changes is over."""


class OwnTravelView(OwnPart, SecondPersonView):
    """Travel, room and whatever else the conference asks once it is approved."""


class OwnNeedsView(OwnPart, NeedsView):
    labels = {
        "accessibility": _("What do you need to take part?"),
        "agrees": _(
            "I agree that the organiser uses these answers to prepare the conference."
        ),
    }


class OwnVisaView(OwnPart, VisaView):
    labels = {"needs_letter": _("Do you need a letter for a visa?")}


class OwnConsentsView(OwnPart, ConsentsView):
    labels = {"photos": _("Photos and films of me may be published.")}


class OwnChoiceView(OwnPart, ChooseView):
    """The wishes of the person itself, and then its places."""


def parts_of(person) -> list[Part]:
    """What a person is asked now, beside the own data."""
    found = choice.of_side(person.side)
    chosen = [found.part(person)] if found else []
    return [*chosen, *_questions_of(person), *_second_stage_of(person)]


def _questions_of(person) -> list[Part]:
    delegation = person.side.delegation
    if not person.can_correct or not questions.are_asked(delegation.edition):
        return []
    sheet = questions.sheet(delegation)
    items = sheet.of_person(person, person.side, stage=Question.Stage.REGISTRATION)
    title = _("Questions of the conference")
    part = second_stage.questions_part("person-questions", title, items)
    return [part] if part else []


def _second_stage_of(person) -> list[Part]:
    """After the conference only what was agreed to can still be taken back."""
    stage = second_stage_of(person.side)
    if stage is None:
        return []
    is_over = person.edition.is_over()
    parts = second_stage.of_person(person, stage)
    return [part for part in parts if not is_over or part.page == "consents"]
