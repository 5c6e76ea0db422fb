"""The status page of a delegation, and what its contact may do there."""

from django.http import Http404, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences import calendars
from registrations import choice, forms, rules
from registrations.board import Board
from registrations.models import HistoryEntry, PersonalLink, Request
from registrations.views.pages import DraftPage, RegisteredPage, SidePage
from registrations.views.questions import AnswersShown
from registrations.views.second_stage import second_stage_of

# What the status page says after a change, by the word in its address.
DONE = {
    "saved": gettext_lazy("Your change is saved."),
    "taken": gettext_lazy("Thank you, the places are yours."),
    "turned-down": gettext_lazy("Thank you for telling us."),
    "confirmed": gettext_lazy("Thank you, your e-mail address is confirmed."),
    "coming": gettext_lazy("Thank you. We have told your partner that you come."),
    "not-coming": gettext_lazy("Thank you. We have told your partner."),
    "link-sent": gettext_lazy("A new link to your partner is on its way."),
    "link-sent-before": gettext_lazy(
        "Your partner got a link a few minutes ago. Please wait a little."
    ),
}


class DelegationView(AnswersShown, SidePage):
    """Where a delegation stands; a draft goes on at its first open question."""

    http_method_names = ["get", "head", "options"]
    template_name = "registrations/delegation.html"
    names_towns = True
    is_for_partner = True

    def get_template_names(self):
        if self.side.is_german:
            return [self.template_name]
        return ["registrations/partner/delegation.html"]

    def get(self, request, *args, **kwargs):
        if self.delegation.is_draft:
            return self.go_on()
        if not self.side.is_german:
            self.load_texts()
        return super().get(request, *args, **kwargs)

    def load_texts(self):
        """The partner reads here what the conference is: all its texts at once."""
        edition = self.delegation.edition
        edition.refresh_from_db(fields=edition.get_deferred_fields())

    def get_context_data(self, **kwargs):
        links = PersonalLink.objects.opened_by(self.token).confirming()
        return super().get_context_data(
            can_confirm=self.side.confirmed_at is None and links.exists(),
            can_change=self.delegation.is_live and self.delegation.can_change(),
            requests=list(self.side.requests.all()),
            reason=self.reason(),
            board=Board(self.side, self.token) if self.delegation.is_live else None,
            state_template=self.side.state_template,
            done=DONE.get(self.request.GET.get("done", "")),
            second_stage=second_stage_of(self.side),
            choice=choice.of_side(self.side),
            **kwargs,
        )

    def reason(self) -> str:
        """What staff wrote when they declined."""
        if self.delegation.state != self.delegation.State.DECLINED:
            return ""
        line = self.delegation.history.filter(verb=HistoryEntry.Verb.DECLINE).last()
        return line.reason if line else ""


class ConfirmView(SidePage):
    """Only a link from a letter proves that the address is the contact's."""

    http_method_names = ["post"]
    is_for_partner = True

    def post(self, request, *args, **kwargs):
        self.side.confirm_by(self.token)
        return self.go_back("confirmed")


class ContactView(SidePage):
    """The contact of a side; of the German one first as a step."""

    template_name = "registrations/contact.html"
    number = 1
    is_for_partner = True

    def is_here(self):
        return self.side.is_german or self.delegation.is_live

    def get_form_class(self):
        is_german = self.side.is_german
        return forms.ContactForm if is_german else forms.PartnerContactForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "side": self.side}

    def save(self, form):
        token = self.side.change_contact(by=self.by, **form.contact)
        self.token = token or self.token
        return self.go_on()


class WithdrawView(RegisteredPage):
    form_class = forms.WithdrawForm
    template_name = "registrations/withdraw.html"
    names_towns = True

    def is_here(self):
        return self.delegation.is_live

    def save(self, form):
        self.delegation.withdraw(by=self.by, reason=form.cleaned_data["reason"])
        return self.go("delegation")


class AdmissionView(DraftPage):
    """Says which rules are broken and why, and lets ask the organiser."""

    form_class = forms.AdmissionForm
    template_name = "registrations/admission.html"

    @cached_property
    def broken(self):
        return rules.broken(self.delegation)

    def get(self, request, *args, **kwargs):
        if not self.broken:
            return self.go_on()
        return super().get(request, *args, **kwargs)

    def save(self, form):
        for one in self.broken:
            Request.objects.ask(
                self.side, Request.Kind.ADMISSION, form.cleaned_data["text"], one.rule
            )
        return self.go("admission")

    def get_context_data(self, **kwargs):
        open_requests = list(self.side.requests.unanswered())
        asked = {request.rule for request in open_requests}
        return super().get_context_data(
            broken=self.broken,
            pages={one.page for one in self.broken},
            is_asked=all(one.rule in asked for one in self.broken),
            refused=list(self.side.requests.filter(granted=False)),
            open_question=self.delegation.open_question,
            **kwargs,
        )


class ChangeView(RegisteredPage):
    """After the time for changes, a side asks and staff decide."""

    form_class = forms.ChangeForm
    template_name = "registrations/change.html"
    is_for_partner = True

    def is_here(self):
        return self.delegation.is_live

    def save(self, form):
        text = form.cleaned_data["text"]
        Request.objects.ask(self.side, Request.Kind.CHANGE, text)
        return self.go("delegation")


class CalendarView(RegisteredPage):
    """The days of the conference, with the reference, for a calendar."""

    http_method_names = ["get", "head", "options"]
    is_for_partner = True

    def get(self, request, *args, **kwargs):
        if self.delegation.edition.starts_on is None:
            raise Http404
        reference = self.delegation.reference
        words = _("Reference: %(reference)s") % {"reference": reference}
        return HttpResponse(
            calendars.calendar(self.delegation.edition, words),
            content_type="text/calendar; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{reference}.ics"'},
        )
