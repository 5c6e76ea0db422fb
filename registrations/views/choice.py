"""The choice of workshops, by a person's own link or by the link of its side."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property

from registrations import choice
from registrations.forms import ChoiceForm
from registrations.views.pages import RegisteredPage


class ChoicePage(RegisteredPage):
    """Of an approved delegation whose conference lets people choose sessions."""

    is_for_partner = True

    def is_here(self):
        return super().is_here() and self.choice is not None

    @cached_property
    def choice(self):
        return choice.of_side(self.side)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            choice=self.choice,
            is_saved=self.request.GET.get("done") == "saved",
            **kwargs,
        )


class ChoicesView(ChoicePage):
    """All people of the side, and whether each has chosen."""

    http_method_names = ["get", "head", "options"]
    template_name = "registrations/choice/overview.html"

    def get_context_data(self, **kwargs):
        people = [(one, self.choice.part(one)) for one in self.side.people]
        return super().get_context_data(people=people, **kwargs)


class ChooseView(ChoicePage):
    """What one person of the side wishes for, and later what it got."""

    form_class = ChoiceForm
    template_name = "registrations/choice/choose.html"

    @cached_property
    def person(self):
        return get_object_or_404(self.side.participants, pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        return {
            **super().get_form_kwargs(),
            "slots": self.choice.slots,
            "wishes": self.choice.wishes.get(self.person.pk, {}),
        }

    def save(self, form):
        self.side.choose(self.person, form.wishes, by=self.by)
        return self.go_to_overview()

    def go_to_overview(self):
        path = reverse("registrations:choice", args=[self.token])
        return redirect(f"{path}?done=saved")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            person=self.person,
            wished=self.choice.wished(self.person),
            places=self.choice.places.get(self.person.pk, []),
            **kwargs,
        )
