"""An offer of freed places: all, fewer, or none."""

from django.utils.functional import cached_property

from registrations import forms
from registrations.models import Refused
from registrations.views.pages import RegisteredPage


class OfferPage(RegisteredPage):
    """Only as long as the offer runs; afterwards the status page is due."""

    names_towns = True

    def is_here(self):
        return self.offer is not None

    @cached_property
    def offer(self):
        return self.delegation.running_offer

    def get_context_data(self, **kwargs):
        return super().get_context_data(offer=self.offer, **kwargs)


class OfferView(OfferPage):
    """Takes all places of the offer, or fewer."""

    form_class = forms.OfferForm
    template_name = "registrations/offer.html"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "delegation": self.delegation}

    def save(self, form):
        answers = form.cleaned_data
        try:
            self.delegation.take_offer(
                answers["german"], answers.get("partner", 0), by=self.by
            )
        except Refused as refusal:
            self.refused_field = refusal.which
            raise
        return self.go_back("taken")


class DeclineOfferView(OfferPage):
    """Takes none of them, and waits on."""

    template_name = "registrations/offer_decline.html"

    def save(self, form):
        self.delegation.decline_offer(by=self.by)
        return self.go_back("turned-down")
