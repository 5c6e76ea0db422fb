from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registrations.admin.filters import HistoryEditionFilter
from registrations.admin.verbs import ReadAdmin
from registrations.models import (
    Delegation,
    HistoryEntry,
    PreparedDecision,
    Request,
    Side,
)

LABELS = {
    "side": _("side"),
    "state": _("state"),
    "kind": _("kind"),
    "queue_number": _("number of the waiting list"),
    "german_planned": _("planned people of the German side"),
    "partner_planned": _("planned people of the partner side"),
    "german_online": _("people online of the German side"),
    "partner_online": _("people online of the partner side"),
    "german_held": _("places held by the German side"),
    "partner_held": _("places held by the partner side"),
    "partnership": _("partnership"),
    "german_municipality": _("German municipality"),
    "edition": _("conference"),
    "rule": _("rule"),
    "granted": _("granted"),
    "letter": _("letter"),
    "people_added": _("people added"),
    "people_replaced": _("people replaced or renamed"),
    "people_taken_out": _("people taken out"),
    "roles_changed": _("people with another role"),
    "people": _("named people"),
    "on_behalf": _("on behalf of"),
    "partner_contact": _("contact of the partner"),
    "verdict": _("decision"),
    "answers": _("answers"),
    "part": _("part"),
    "session": _("session"),
}
ORDER = list(LABELS)
WORDS: dict[str, dict] = {
    "state": dict(Delegation.State.choices),
    "kind": dict(Delegation.Kind.choices),
    "rule": dict(Request.Rule.choices),
    "part": {
        "needs": _("diet and accessibility"),
        "visa": _("data for the visa letter"),
        "consents": _("consents"),
    },
    "granted": {True: _("yes"), False: _("no")},
    "on_behalf": dict(Side.Which.choices),
    "side": dict(Side.Which.choices),
    "partner_contact": {True: _("another person")},
    "verdict": dict(PreparedDecision.Verdict.choices),
}
SHOWN = ["delegation", "at", "by", "verb", "reason", "changed"]


def changes_in_words(entry) -> str:
    """What a line of the history says that changed, as staff read it."""
    return ", ".join(
        f"{LABELS.get(name, name)}: {in_words(name, value)}"
        for name, value in sorted(entry.changes.items(), key=by_label)
        if value != ""
    )


def by_label(change) -> int:
    """Databases keep the keys in an order of their own."""
    name, _value = change
    return ORDER.index(name) if name in ORDER else len(ORDER)


def in_words(name, value) -> str:
    """A value, or what it was and what it is."""
    if isinstance(value, list):
        return " → ".join(in_words(name, one) for one in value)
    return str(WORDS.get(name, {}).get(value, value))


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
