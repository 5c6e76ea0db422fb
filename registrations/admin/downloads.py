"""The participants as a table, from any list of staff that leads to delegations."""

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.http import HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registrations import export


class ParticipantsDownload(admin.ModelAdmin):
    """Adds the action `export_participants`; who took what stands in the log."""

    def delegations_of(self, queryset):
        """The delegations that the chosen rows stand for."""
        return queryset

    def has_export_permission(self, request):
        return request.user.has_perm("registrations.view_participant")

    @admin.action(
        description=_("Export the participants (CSV)"), permissions=["export"]
    )
    def export_participants(self, request, queryset):
        delegations = self.delegations_of(queryset)
        rows = export.participants(delegations)
        if not rows:
            nobody = _("None of the chosen is coming: there is nobody to export.")
            self.message_user(request, nobody, messages.WARNING)
            return None
        message = ngettext(
            "%(count)d row of participants exported.",
            "%(count)d rows of participants exported.",
            len(rows),
        )
        LogEntry.objects.log_actions(
            request.user.pk, queryset, CHANGE, message % {"count": len(rows)}
        )
        table = export.csv_file(rows, export.editions_of(delegations))
        response = HttpResponse(table, content_type="text/csv; charset=utf-8")
        name = f"{capfirst(str(_('participants')))}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
