from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registrations.admin.filters import HistoryEditionFilter
from registrations.admin.verbs import ReadAdmin
from registrations.models import Delegation, HistoryEntry, Request, Side

LABELS = {
    "state": _("state"),
    "kind": _("kind"),
    "queue_number": _("number of the waiting list"),
    "german_planned": _("planned people of the German side"),
    "partner_planned": _("planned people of the partner side"),
    "german_held": _("places held by the German side"),
    "partner_held": _("places held by the partner side"),
    "partnership": _("partnership"),
    "german_municipality": _("German municipality"),
    "edition": _("conference"),
    "rule": _("rule"),
    "granted": _("granted"),
    "letter": _("letter"),
    "people": _("named people"),
    "on_behalf": _("on behalf of"),
}
WORDS: dict[str, dict] = {
    "state": dict(Delegation.State.choices),
    "kind": dict(Delegation.Kind.choices),
    "rule": dict(Request.Rule.choices),
    "granted": {True: _("yes"), False: _("no")},
    "on_behalf": dict(Side.Which.choices),
}
SHOWN = ["delegation", "at", "by", "verb", "reason", "changed"]


def changes_in_words(entry) -> str:
    """What a line of the history says that changed, as staff read it."""
    return ", ".join(
        f"{LABELS.get(name, name)}: {WORDS.get(name, {}).get(value, value)}"
        for name, value in entry.changes.items()
        if value != ""
    )


@admin.register(HistoryEntry)
class HistoryEntryAdmin(ReadAdmin):
    """To look at: no line is ever added, changed or deleted by hand."""

    list_display = ["at", "delegation", "verb", "by", "reason", "changed"]
    list_filter = [HistoryEditionFilter, "verb", "actor_kind"]
    list_select_related = ["delegation", "actor"]
    search_fields = ["delegation__reference"]
    date_hierarchy = "at"
    fields = tuple(SHOWN)
    readonly_fields = SHOWN
    ordering = ["-at", "-pk"]
    list_help = _(
        "What happened to each delegation, when, by whom and why. Nobody can change "
        "these lines."
    )
    form_help = list_help

    def has_change_permission(self, request, entry=None):
        return False

    @admin.display(description=_("by"), ordering="actor_kind")
    def by(self, entry):
        return entry.actor or entry.get_actor_kind_display()

    @admin.display(description=_("changes"))
    def changed(self, entry):
        return changes_in_words(entry)
