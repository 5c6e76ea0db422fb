"""The own page of one person: what we know, whose hand it came from, what to mend."""

from django.core.exceptions import ObjectDoesNotExist
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from registrations.forms import OwnDataForm
from registrations.models import Participant
from registrations.views.own import parts_of
from registrations.views.pages import FormPage, dead_link, private


class OwnPage(FormPage):
    """A page that a person's link opens, and no link of a side."""

    @method_decorator(private)
    def dispatch(self, request, *args, **kwargs):
        self.token = kwargs["token"]
        found = Participant.objects.opened_by(self.token).first()
        if found is None:
            return dead_link(request)
        self.person = found
        try:
            return super().dispatch(request, *args, **kwargs)
        except ObjectDoesNotExist:
            # A side took the person out while this page was asked for.
            return dead_link(request)

    def get_context_data(self, **kwargs):
        side = self.person.side
        return super().get_context_data(
            token=self.token,
            person=self.person,
            side=side,
            delegation=side.delegation,
            edition=side.delegation.edition,
            **kwargs,
        )


class OwnPageView(OwnPage):
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
        parts = parts_of(self.person)
        return super().get_context_data(is_saved=is_saved, parts=parts, **kwargs)
