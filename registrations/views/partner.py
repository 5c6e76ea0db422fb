"""What the partner side answers, what is done on its behalf, and handing over."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from registrations import forms
from registrations.models import Participant, Refused
from registrations.views.pages import RegisteredPage, private
from registrations.views.people import ChangePage, PersonView, ReplaceView, TakeOutView


class PartnerPage(RegisteredPage):
    """A page that only the partner's own link opens, as long as it can come."""

    is_for_partner = True
    is_for_german = False

    def is_here(self):
        return self.delegation.is_live


class ComeView(PartnerPage):
    """The button of the partner's page: yes, we are coming."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        self.side.confirm_by(self.token)
        try:
            self.side.come(by=self.by)
        except Refused:
            return self.go("people")
        return self.go_back("coming")


class NotComingView(PartnerPage):
    """The partner says that nobody comes from its side."""

    form_class = forms.NotComingForm
    template_name = "registrations/partner/not_coming.html"
    names_towns = True

    def save(self, form):
        self.side.confirm_by(self.token)
        self.side.decline_to_come(by=self.by, reason=form.cleaned_data["reason"])
        return self.go_back("not-coming")


class HandOverView(RegisteredPage):
    """Either contact hands over to a colleague; the link of this page dies."""

    is_for_partner = True
    form_class = forms.HandOverForm
    template_name = "registrations/hand_over.html"

    def is_here(self):
        return self.delegation.is_live

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "side": self.side}

    def save(self, form):
        self.side.hand_over(by=self.by, **form.cleaned_data)
        return redirect("registrations:handed-over")


@private
@require_safe
def handed_over(request):
    return render(request, "registrations/handed_over.html")


class PartnerLinkView(RegisteredPage):
    """The German side has the partner's link sent again."""

    http_method_names = ["post"]

    def is_here(self):
        return self.delegation.is_live

    def post(self, request, *args, **kwargs):
        is_sent = self.delegation.partner_side.send_link_again(by=self.by)
        return self.go_back("link-sent" if is_sent else "link-sent-before")


class OnBehalf(ChangePage):
    """The German side fills in for its partner: only what it wrote itself."""

    is_for_partner = False

    @property
    def whose(self):
        return self.delegation.partner_side

    def is_here(self):
        return super().is_here() and self.delegation.has_partner

    def people(self):
        german = Participant.Hand.GERMAN
        return self.whose.participants.filter(entered_by=german)


class PartnerPersonView(OnBehalf, PersonView):
    pass


class PartnerReplaceView(OnBehalf, ReplaceView):
    pass


class PartnerTakeOutView(OnBehalf, TakeOutView):
    pass
