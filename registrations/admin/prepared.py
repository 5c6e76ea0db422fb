"""The page where prepared decisions are looked at as letters, and then sent."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from conferences.models import Edition
from registrations import prepared
from registrations.admin.decisions import DecidingAdmin, Decision, carry_out
from registrations.admin.verbs import ReadAdmin
from registrations.models import PreparedDecision

SEND = Decision(
    name="send",
    title="",
    action="",
    help="",
    button="",
    done=ngettext_lazy(
        "%(count)d decision sent.", "%(count)d decisions sent.", "count"
    ),
    act=lambda row, by, reason: row.send(by=by),
)


class SendForm(forms.Form):
    """Whoever sends names the number of letters, and has seen these letters."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    number = forms.IntegerField(
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args, outlook, **kwargs):
        super().__init__(*args, **kwargs)
        self.outlook = outlook
        self.initial["seen"] = outlook.seen
        count = len(outlook.letters)
        self.fields["number"].label = _("How many letters will be sent?")
        self.fields["number"].help_text = _(
            "So that nothing goes by mistake: please write %(count)d."
        ) % {"count": count}
        self.fields["number"].error_messages["invalid"] = self._other_number()

    def _other_number(self) -> str:
        return _(
            "Nothing was sent: %(count)d letters would go. Please look at them and "
            "write this number."
        ) % {"count": len(self.outlook.letters)}

    def clean(self):
        answers = super().clean() or {}
        if answers.get("seen") != self.outlook.seen:
            raise forms.ValidationError(
                _(
                    "Nothing was sent, because something has changed meanwhile. This "
                    "is how it stands now: please look once more."
                ),
                code="changed",
            )
        if "number" not in self.errors and answers.get("number") != len(
            self.outlook.letters
        ):
            self.add_error("number", self._other_number())
        return answers


@admin.register(PreparedDecision)
class PreparedDecisionAdmin(DecidingAdmin, ReadAdmin):
    def get_urls(self):
        name = "registrations_prepareddecision"
        view = self.admin_site.admin_view
        return [
            path("", view(self.changelist_view), name=f"{name}_changelist"),
            path("<int:edition>/", view(self.page), name=f"{name}_edition"),
        ]

    def delegation_of(self, row):
        return row.delegation

    def changelist_view(self, request, extra_context=None):
        """The conferences for which something is prepared; a single one at once."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        editions = Edition.objects.with_series().filter(
            delegations__prepared__isnull=False
        )
        editions = list(editions.annotate(count=Count("delegations__prepared")))
        if len(editions) == 1:
            return HttpResponseRedirect(address_of(editions[0].pk))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": _("Prepared decisions"),
            "editions": editions,
        }
        template = "admin/registrations/prepared_list.html"
        return TemplateResponse(request, template, context)

    def page(self, request, edition):
        if not self.has_view_permission(request):
            raise PermissionDenied
        edition = get_object_or_404(Edition.objects.with_series(), pk=edition)
        outlook = prepared.outlook(edition)
        if request.method != "POST":
            return self.show_outlook(request, edition, outlook)
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = SendForm(request.POST, outlook=outlook)
        if form.is_valid():
            return self.send(request, edition, outlook)
        errors = [*form.non_field_errors(), *form["number"].errors]
        return self.show_outlook(request, edition, outlook, errors)

    def send(self, request, edition, outlook):
        outcome = carry_out(
            SEND,
            outlook.ready,
            by=request.user,
            reason="",
            delegation_of=self.delegation_of,
        )
        self.tell(request, SEND, outcome)
        return HttpResponseRedirect(address_of(edition.pk))

    def show_outlook(self, request, edition, outlook, errors=()):
        """What is shown is always as it stands now, and so is the question."""
        count = len(outlook.ready)
        number = {"count": count}
        what = ngettext("%(count)d decision", "%(count)d decisions", count) % number
        number = {"count": len(outlook.letters)}
        mails = ngettext("%(count)d letter", "%(count)d letters", number["count"])
        words = {"decisions": what, "letters": mails % number}
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": _("Prepared decisions: %(edition)s") % {"edition": edition},
            "edition": edition,
            "outlook": outlook,
            "form": SendForm(outlook=outlook),
            "errors": errors,
            "may_send": self.has_change_permission(request),
            "summary": _("%(decisions)s with %(letters)s") % words,
            "button": _("Send %(decisions)s with %(letters)s") % words,
            "rows": [*outlook.ready, *(row for row, _why in outlook.held_back)],
        }
        return TemplateResponse(request, "admin/registrations/prepared.html", context)


def address_of(edition_key: int) -> str:
    return reverse("admin:registrations_prepareddecision_edition", args=[edition_key])


def way_on(rows) -> str:
    """After preparing: to the letters of these decisions."""
    editions = {row.edition_id for row in rows}
    if len(editions) == 1:
        return address_of(editions.pop())
    return reverse("admin:registrations_prepareddecision_changelist")
