"""Changing one person of what has been submitted: name, replace, take out."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from registrations import forms
from registrations.models import Participant
from registrations.views.pages import RegisteredPage


class ChangePage(RegisteredPage):
    """Only as long as the edition lets its delegations change people."""

    is_for_partner = True

    @property
    def whose(self):
        """The side whose people are changed here."""
        return self.side

    def is_here(self):
        delegation = self.delegation
        return delegation.is_live and delegation.can_change()

    def people(self):
        """Those of them that may be changed here."""
        return self.whose.participants.all()

    @cached_property
    def person(self):
        if "pk" not in self.kwargs:
            return None
        return get_object_or_404(self.people(), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            person=self.person, is_on_behalf=self.whose is not self.side, **kwargs
        )


class PersonView(ChangePage):
    """Names a person: a new one, or another in the place of one."""

    form_class = forms.PeopleForm
    template_name = "registrations/person.html"
    is_other = False

    def get_form_kwargs(self):
        people = [self.person] if self.person else []
        return {
            **super().get_form_kwargs(),
            "side": self.whose,
            "people": people,
            "count": 1,
            "is_needed": True,
        }

    def save(self, form):
        participant = self.person or Participant()
        for name, value in form.answers()[0].items():
            setattr(participant, name, value)
        self.whose.save_person(participant, by=self.by, is_other=self.is_other)
        return self.go_back()


class ReplaceView(PersonView):
    """Somebody else comes in the place of a person: nothing of theirs is kept."""

    template_name = "registrations/person_replace.html"
    is_other = True

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "people": []}


class TakeOutView(ChangePage):
    """A person does not come: the place goes too, or its name follows."""

    template_name = "registrations/take_out.html"

    def save(self, form):
        """Taking out twice is taking out once."""
        person = self.people().filter(pk=self.kwargs["pk"]).first()
        if person and "leave_open" in form.data:
            self.whose.leave_open(person, by=self.by)
        elif person:
            self.whose.take_out(person, by=self.by)
        return self.go_back()
