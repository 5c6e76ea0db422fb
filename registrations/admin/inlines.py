"""What a delegation's page shows of its sides and history: read-only."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registrations.admin.history import changes_in_words
from registrations.models import HistoryEntry, Side


class ShownInline(admin.TabularInline):
    """Rows that are looked at here and changed, if at all, somewhere else."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request, parent=None):
        return False

    def has_change_permission(self, request, row=None):
        return False

    def has_delete_permission(self, request, row=None):
        return False


class SideInline(ShownInline):
    model = Side
    fields = [
        "which",
        "contact_name",
        "contact_email",
        "language",
        "planned",
        "online",
        "held",
        "confirmed_at",
        "answer",
        "page",
    ]
    readonly_fields = ["held", "answer", "page"]
    ordering = ["which"]

    @admin.display(description=_("page"))
    def page(self, side):
        """The way to where contact, number and people are changed."""
        address = reverse("admin:registrations_side_change", args=[side.pk])
        return format_html('<a href="{}">{}</a>', address, _("Change this side"))


class HistoryInline(ShownInline):
    model = HistoryEntry
    fields = ["at", "by", "verb", "reason", "changed"]
    readonly_fields = ["at", "by", "changed"]
    ordering = ["at", "pk"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("actor")

    @admin.display(description=_("by"))
    def by(self, entry):
        return entry.actor or entry.get_actor_kind_display()

    @admin.display(description=_("changes"))
    def changed(self, entry):
        return changes_in_words(entry)
