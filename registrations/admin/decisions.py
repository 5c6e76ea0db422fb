"""Verbs that staff use on chosen rows: first a page that says what will happen.

The page rehearses: it runs the verb, notes its letters and what it refuses, and
takes everything back. So it names the letters that will really go.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.staff_text import StaffLinesField
from registrations import letters
from registrations.models import Letter, Refused

KEY = re.compile(r"[0-9]{1,18}")
# How many letters the page shows in full: one of each language is the rule.
SHOWN = 4


@dataclass(frozen=True)
class Decision:
    """One verb: how its page reads, and what it does to a row.

    `act` raises Refused, or returns False where there was nothing to do; without one
    it is the row's own verb of that name.
    """

    name: str
    title: str | Promise
    action: str | Promise  # what the list offers for the chosen rows
    help: str | Promise
    button: str | Promise
    done: str | Promise  # with %(count)d
    reason: str = "none"  # or "optional", "required"
    fits: Callable = lambda row: True  # whether a row's own page offers it
    act: Callable | None = None
    way_on: Callable | None = None  # where staff go on; else back to the rows
    reason_before: Callable = lambda row: ""  # of a single row, to be changed

    def carry_out(self, row, by, reason):
        if self.act is not None:
            return self.act(row, by, reason)
        return getattr(row, self.name)(by=by, reason=reason)

    def as_action(self):
        """The action of a list, which leads to the page of the decision."""

        @admin.action(
            description=self.action,  # type: ignore[arg-type]  # lazy words too
            permissions=["change"],
        )
        def action(modeladmin, request, queryset):
            return modeladmin.to_page(self.name, queryset)

        action.__name__ = self.name
        return action


class ReasonForm(forms.Form):
    reason = StaffLinesField(
        most=2000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
    )

    def __init__(self, *args, decision, rows, **kwargs):
        super().__init__(*args, **kwargs)
        if len(rows) == 1:
            self.initial["reason"] = decision.reason_before(rows[0])
        self.fields["reason"].label = _("Reason")
        self.fields["reason"].required = decision.reason == "required"
        self.fields["reason"].help_text = _(
            "It stands in the history, and in the letter where its text says {reason}."
        )
        if decision.reason == "none":
            del self.fields["reason"]


@dataclass
class Outcome:
    """What a verb did, or would do, to the chosen rows."""

    done: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    letters: list = field(default_factory=list)
    mails: list = field(default_factory=list)

    @property
    def shown_letters(self) -> list:
        """The first letter of each language, as it would be read."""
        first: dict[str, Letter] = {}
        for letter in self.letters:
            first.setdefault(letter.language, letter)
        return list(first.values())[:SHOWN]


def carry_out(decision, rows, *, by, reason, delegation_of) -> Outcome:
    """Each row in a transaction of its own: one refusal stops no other row."""
    outcome = Outcome()
    for row in rows:
        delegation = delegation_of(row)
        before = Letter.objects.filter(side__delegation=delegation).order_by("-pk")
        last = before.values_list("pk", flat=True).first() or 0
        try:
            with transaction.atomic():
                acted = decision.carry_out(row, by, reason)
        except Refused as refusal:
            outcome.refused.append((row, str(refusal)))
            continue
        if acted is False:
            outcome.refused.append((row, _("There was nothing left to do.")))
            continue
        outcome.done.append(row)
        written = Letter.objects.filter(side__delegation=delegation, pk__gt=last)
        outcome.letters += written.select_related(
            "participant", "side__delegation__edition"
        )
    return outcome


@transaction.atomic
def rehearse(decision, rows, **how) -> Outcome:
    outcome = carry_out(decision, rows, **how)
    for letter in outcome.shown_letters:
        try:
            outcome.mails.append((letter, letters.rendered(letter)))
        except letters.NoText:
            outcome.mails.append((letter, None))
    transaction.set_rollback(True)
    return outcome


class DecidingAdmin(admin.ModelAdmin):
    """Adds a page per decision; list actions and buttons lead to the same page."""

    decisions: tuple[Decision, ...] = ()
    change_form_template = "admin/registrations/deciding_change_form.html"

    def get_urls(self):
        name = self.model._meta.model_name
        pages = [
            path(
                f"{decision.name}/",
                self.admin_site.admin_view(self.page_of(decision)),
                name=f"registrations_{name}_{decision.name}",
            )
            for decision in self.decisions
        ]
        return pages + super().get_urls()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        row = self.get_object(request, object_id)
        offered = [one for one in self.decisions if row and one.fits(row)]
        context = {"decisions": offered, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def decided_rows(self, queryset):
        """The rows in the order in which they are decided on."""
        return queryset.order_by("pk")

    def delegation_of(self, row):
        return row

    def to_page(self, name, queryset):
        """From the list's action to the page of a decision."""
        chosen = ",".join(str(key) for key in queryset.values_list("pk", flat=True))
        model = self.model._meta.model_name
        address = reverse(f"admin:registrations_{model}_{name}")
        return HttpResponseRedirect(f"{address}?chosen={chosen}")

    def page_of(self, decision):
        def page(request):
            return self.decide(request, decision)

        return page

    def decide(self, request, decision):
        if not self.has_change_permission(request):
            raise PermissionDenied
        rows = self.chosen_rows(request)
        looks = "_look" in request.POST
        # Not bound, and so never valid, where nobody pressed a button.
        posted = request.POST if request.method == "POST" else None
        form = ReasonForm(posted, decision=decision, rows=rows)
        valid = form.is_valid()
        how = {
            "by": request.user,
            "reason": form.cleaned_data.get("reason", "") if valid else "",
            "delegation_of": self.delegation_of,
        }
        if valid and not looks:
            self.tell(request, decision, carry_out(decision, rows, **how))
            return HttpResponseRedirect((decision.way_on or self.way_back)(rows))
        return self.show(request, decision, form, rehearse(decision, rows, **how))

    def chosen_rows(self, request):
        chosen = request.POST.get("chosen") or ",".join(request.GET.getlist("chosen"))
        keys = [int(key) for key in chosen.split(",") if KEY.fullmatch(key)]
        return list(self.decided_rows(self.get_queryset(request).filter(pk__in=keys)))

    def way_back(self, rows):
        name = f"admin:registrations_{self.model._meta.model_name}"
        if len(rows) == 1:
            return reverse(f"{name}_change", args=[rows[0].pk])
        return reverse(f"{name}_changelist")

    def show(self, request, decision, form, outcome):
        rows = [*outcome.done, *(row for row, _why in outcome.refused)]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": decision.title,
            "decision": decision,
            "form": form,
            "outcome": outcome,
            "chosen": ",".join(str(row.pk) for row in rows),
            "back": self.way_back(rows),
        }
        return TemplateResponse(request, "admin/registrations/decide.html", context)

    def tell(self, request, decision, outcome):
        if count := len(outcome.done):
            done = decision.done % {"count": count}
            self.message_user(request, done, messages.SUCCESS)
        if count := len(outcome.letters):
            message = ngettext(
                "%(count)d letter is on its way.",
                "%(count)d letters are on their way.",
                count,
            )
            self.message_user(request, message % {"count": count})
        for row, why in outcome.refused:
            self.message_user(request, f"{row}: {why}", messages.WARNING)
