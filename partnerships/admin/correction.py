from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import F
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partnerships.models import Correction

# What staff write on the page of a correction; all else was sent, or is a verb's.
FOR_STAFF = ["note"]


class OpenFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "answered"

    def lookups(self, request, model_admin):
        return [("no", _("open")), ("yes", _("answered"))]

    def queryset(self, request, queryset):
        if self.value() in {"yes", "no"}:
            return queryset.filter(answered_at__isnull=self.value() == "no")
        return queryset


@admin.register(Correction)
class CorrectionAdmin(admin.ModelAdmin):
    """What visitors say is wrong; staff mend it on the page of the row itself."""

    list_display = ["__str__", "words", "organisation", "asked_at", "outcome"]
    list_filter = [OpenFilter, "outcome"]
    search_fields = ["text", "name", "organisation", "email"]
    fieldsets = [
        (None, {"fields": ["what", "text", "source"]}),
        (
            _("Who suggests it"),
            {"fields": ["name", "organisation", "email", "language"]},
        ),
        (_("State"), {"fields": ["asked_at", "answered_at", "outcome"]}),
        (_("For staff"), {"fields": ["note"]}),
    ]
    actions = ["mark_done", "mark_not_taken"]
    list_help = _(
        "What visitors say is wrong about partnerships and municipalities. Check it, "
        "correct the entry yourself, then tick the suggestion off by an action below."
    )
    form_help = _(
        "Nothing changes by itself: correct the entry on its own page. You tick the "
        "suggestion off in the list. It is erased 6 months after that, and one year "
        "after it was sent at the latest."
    )

    def get_queryset(self, request):
        return Correction.objects.select_related(
            "partnership__german", "partnership__partner", "municipality__country"
        )

    def get_ordering(self, request):
        return [F("answered_at").asc(nulls_first=True), "asked_at", "pk"]

    def get_readonly_fields(self, request, correction=None):
        shown = [name for _title, part in self.fieldsets for name in part["fields"]]
        return [name for name in shown if name not in FOR_STAFF]

    def has_add_permission(self, request):
        return False

    def save_model(self, request, correction, form, change):
        """Only these: it may have been answered since the row was read."""
        correction.save(update_fields=FOR_STAFF)

    @admin.display(description=_("entry that it is about"))
    def what(self, correction):
        about = correction.about
        name = f"admin:partnerships_{about._meta.model_name}_change"
        return format_html('<a href="{}">{}</a>', reverse(name, args=[about.pk]), about)

    @admin.display(description=_("text"))
    def words(self, correction):
        return Truncator(correction.text).chars(80)

    @admin.action(description=_("Tick off as done"), permissions=["change"])
    def mark_done(self, request, queryset):
        self.answer(request, queryset, Correction.Outcome.DONE)

    @admin.action(description=_("Tick off as not taken over"), permissions=["change"])
    def mark_not_taken(self, request, queryset):
        self.answer(request, queryset, Correction.Outcome.NOT_TAKEN)

    def answer(self, request, queryset, outcome):
        rows = list(queryset.open())
        count = Correction.objects.filter(pk__in=[row.pk for row in rows]).answer(
            outcome
        )
        LogEntry.objects.log_actions(request.user.pk, rows, CHANGE, outcome.label)
        message = ngettext(
            "%(count)d suggestion ticked off.",
            "%(count)d suggestions ticked off.",
            count,
        )
        self.message_user(request, message % {"count": count}, messages.SUCCESS)
        if left := queryset.count() - len(rows):
            message = ngettext(
                "%(count)d had been answered before and stays as it is.",
                "%(count)d had been answered before and stay as they are.",
                left,
            )
            self.message_user(request, message % {"count": left}, messages.WARNING)
