"""The pages after the approval, opened by both sides' links for their own people."""

from typing import Any

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property

from registrations import forms, second_stage, sensitive
from registrations.models import PersonalNeeds, Question, SecondStage, VisaData
from registrations.views.pages import RegisteredPage
from registrations.views.questions import QuestionsPage


def second_stage_of(side):
    """What is asked of a side now; None: nothing, or not yet."""
    delegation = side.delegation
    is_due = delegation.state == delegation.State.APPROVED
    if not is_due:
        return None
    return SecondStage.objects.filter(edition=delegation.edition).first()


class SecondStagePage(RegisteredPage):
    """Of an approved delegation whose conference asks more, until it is over."""

    is_for_partner = True
    is_open_afterwards = False

    def is_here(self):
        is_over = self.delegation.edition.is_over()
        return self.stage is not None and (self.is_open_afterwards or not is_over)

    @cached_property
    def stage(self):
        return second_stage_of(self.side)

    def go_to_overview(self):
        query = {"done": "saved"}
        path = reverse("registrations:second-stage", args=[self.token], query=query)
        return redirect(path)

    def get_context_data(self, **kwargs):
        return super().get_context_data(stage=self.stage, **kwargs)


class SecondStageView(SecondStagePage):
    """All people of the side, and what is still open for each."""

    http_method_names = ["get", "head", "options"]
    template_name = "registrations/second_stage/overview.html"
    is_open_afterwards = True

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            board=second_stage.board(self.side, self.stage),
            is_over=self.delegation.edition.is_over(),
            is_saved=self.request.GET.get("done") == "saved",
            **kwargs,
        )


class SecondQuestionsView(SecondStagePage, QuestionsPage):
    """What the side is asked for itself, and the German one for the delegation."""

    stage_of_questions = Question.Stage.SECOND
    template_name = "registrations/second_stage/questions.html"

    def get_form_kwargs(self):
        """What is not known yet follows; the overview says what is still open."""
        return {**super().get_form_kwargs(), "takes_parts": True}

    def go_further(self):
        return self.go_to_overview()


class SecondPersonView(SecondQuestionsView):
    """Travel, room and whatever else the conference asks one person."""


class PersonPage(SecondStagePage):
    """One part of what one person of the side is asked."""

    model: Any = None  # of what is encrypted, where it is

    @cached_property
    def person(self):
        return get_object_or_404(self.side.participants, pk=self.kwargs["pk"])

    def is_asked(self) -> bool:
        raise NotImplementedError

    def is_here(self):
        """Staff who enter on behalf need the permission that they need elsewhere."""
        is_asked = super().is_here() and self.is_asked()
        by_staff = self.model is not None and self.by_staff
        return is_asked and not (
            by_staff and not sensitive.may_read(self.by, self.model)
        )

    def saved(self):
        """What was saved before; staff who enter on behalf read it as staff."""
        row = self.model.objects.filter(pk=self.person.pk).first()
        if row is None:
            return None
        row.participant = self.person
        self.person.side = self.side
        found = sensitive.read([row], by=self.by)[0] if self.by_staff else None
        return {**row.__dict__, **(found or sensitive.texts(row))}

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        return {**kwargs, "stage": self.stage, "saved": self.saved()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(person=self.person, **kwargs)


class NeedsView(PersonPage):
    form_class = forms.NeedsForm
    template_name = "registrations/second_stage/needs.html"
    model = PersonalNeeds

    def is_asked(self):
        return self.stage.asks_needs

    def save(self, form):
        self.side.save_needs(self.person, by=self.by, **form.texts)
        return self.go_to_overview()


class VisaView(PersonPage):
    form_class = forms.VisaForm
    template_name = "registrations/second_stage/visa.html"
    model = VisaData

    def is_asked(self):
        return self.stage.asks_visa(self.side)

    def save(self, form):
        self.side.save_visa_data(
            self.person, needs_letter=form.needs_one, by=self.by, **form.texts
        )
        return self.go_to_overview()


class ConsentsView(PersonPage):
    """Also after the conference: who has agreed can take it back as easily."""

    form_class = forms.ConsentsForm
    template_name = "registrations/second_stage/consents.html"
    is_open_afterwards = True

    def is_asked(self):
        return self.stage.asks_consents

    def saved(self):
        return set(self.person.consents.given().values_list("what", flat=True))

    def save(self, form):
        self.side.save_consents(self.person, form.given, by=self.by)
        return self.go_to_overview()
