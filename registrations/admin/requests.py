from django.contrib import admin
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registrations.admin.decisions import DecidingAdmin, Decision
from registrations.admin.filters import AnsweredFilter, SideEditionFilter
from registrations.admin.verbs import ReadAdmin
from registrations.models import Request

DECISIONS = (
    Decision(
        name="grant",
        title=_("Grant"),
        action=_("Grant the chosen requests"),
        help=_(
            "A granted admission lets the delegation be submitted although it breaks "
            "the rule. It never makes a place."
        ),
        button=_("Grant and send the letters"),
        act=lambda row, by, reason: row.answer(granted=True, reason=reason, by=by),
        fits=lambda row: row.answered_at is None,
        done=ngettext_lazy(
            "%(count)d request granted.", "%(count)d requests granted.", "count"
        ),
        reason="required",
    ),
    Decision(
        name="refuse",
        title=_("Refuse"),
        action=_("Refuse the chosen requests"),
        help=_("The letter says so, with your reason."),
        button=_("Refuse and send the letters"),
        act=lambda row, by, reason: row.answer(granted=False, reason=reason, by=by),
        fits=lambda row: row.answered_at is None,
        done=ngettext_lazy(
            "%(count)d request refused.", "%(count)d requests refused.", "count"
        ),
        reason="required",
    ),
)
SHOWN = ["delegation", "side", "kind", "rule", "text", "asked_at"]
SHOWN += ["answered_at", "granted", "reason"]


@admin.register(Request)
class RequestAdmin(DecidingAdmin, ReadAdmin):
    list_display = ["delegation", "kind", "rule", "words", "asked_at"]
    list_display += ["answered_at", "granted"]
    list_filter = [AnsweredFilter, SideEditionFilter, "kind", "rule"]
    search_fields = ["side__delegation__reference", "text"]
    fields = tuple(SHOWN)
    readonly_fields = SHOWN
    list_help = _(
        "What delegations ask you: to be admitted although they break a rule, or to "
        "change something after the deadline. Unanswered ones come first."
    )
    form_help = _("You answer once, by a button above; a letter tells the side.")
    decisions = DECISIONS
    actions = [decision.as_action() for decision in DECISIONS]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related(
            "side__delegation__edition__series__region",
            "side__delegation__german_municipality",
            "side__delegation__partnership__german",
            "side__delegation__partnership__partner",
        )

    def delegation_of(self, row):
        return row.side.delegation

    @admin.display(description=_("delegation"))
    def delegation(self, row):
        delegation = row.side.delegation
        return ", ".join(filter(None, [delegation.reference, delegation.names]))

    @admin.display(description=_("text"))
    def words(self, row):
        return Truncator(row.text).chars(80)
