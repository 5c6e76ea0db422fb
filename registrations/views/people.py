"""Changing one person of what has been submitted: name, replace, take out."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from registrations import forms
from registrations.models import Participant
from registrations.views.pages import RegisteredPage


class ChangePage(RegisteredPage):
    """Only as long as the edition lets its delegations change people."""

    def is_here(self):
        delegation = self.delegation
        return delegation.is_live and delegation.can_change()


class PersonView(ChangePage):
    """Names a person: a new one, or another in the place of one."""

    form_class = forms.PeopleForm
    template_name = "registrations/person.html"
    is_another = False

    @cached_property
    def person(self):
        if "pk" not in self.kwargs:
            return None
        return get_object_or_404(self.side.participants, pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        people = [self.person] if self.person else []
        return {
            **super().get_form_kwargs(),
            "side": self.side,
            "people": people,
            "count": 1,
            "is_needed": True,
        }

    def save(self, form):
        participant = self.person or Participant()
        for name, value in form.answers()[0].items():
            setattr(participant, name, value)
        self.side.save_person(participant, by=self.by, is_another=self.is_another)
        return self.go_back()

    def get_context_data(self, **kwargs):
        return super().get_context_data(person=self.person, **kwargs)


class ReplaceView(PersonView):
    """Somebody else comes in the place of a person: nothing of theirs is kept."""

    template_name = "registrations/person_replace.html"
    is_another = True

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "people": []}


class TakeOutView(ChangePage):
    """A person does not come: the place goes too, or its name follows."""

    template_name = "registrations/take_out.html"

    @cached_property
    def person(self):
        return get_object_or_404(self.side.participants, pk=self.kwargs["pk"])

    def save(self, form):
        if "leave_open" in form.data:
            self.side.leave_open(self.person, by=self.by)
        else:
            self.side.take_out(self.person, by=self.by)
        return self.go_back()

    def get_context_data(self, **kwargs):
        return super().get_context_data(person=self.person, **kwargs)
