"""The own page of one person: what we know, whose hand it came from, what to mend."""

from django.shortcuts import redirect
from django.urls import reverse

from registrations.forms import OwnDataForm
from registrations.views.own import OwnPart, parts_of


class OwnPageView(OwnPart):
    """The own data, to see and correct, and the notice that the law demands."""

    form_class = OwnDataForm
    template_name = "registrations/person/page.html"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "person": self.person}

    def save(self, form):
        token = self.person.correct(**form.cleaned_data)
        query = {"done": "saved"}
        args = [token or self.token]
        return redirect(reverse("registrations:own-page", args=args, query=query))

    def get_context_data(self, **kwargs):
        is_saved = self.request.GET.get("done") == "saved"
        return super().get_context_data(
            person=self.person,
            parts=parts_of(self.person),
            is_saved=is_saved,
            **kwargs,
        )
