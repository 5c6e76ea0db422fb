from django.contrib import admin
from django.http import HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partnerships.admin import PublishedFilter
from registrations import export, places
from registrations.admin.verbs import VerbAdmin
from registrations.models import EditionPlaces


@admin.register(EditionPlaces)
class EditionPlacesAdmin(VerbAdmin):
    list_display = ["__str__", "people", "german", "partner", "delegations", "waits"]
    list_filter = [PublishedFilter, ("series", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["city", "=year"]
    fields = ["taken", *(f"capacity_{unit}" for unit in places.UNITS)]
    readonly_fields = ["taken"]
    actions = ["export_participants"]
    list_help = _(
        "How many places each conference has, how many are held, and who waits. "
        "Freed places go to nobody by themselves: approve who waits. The action below "
        "downloads the participants as a table."
    )
    form_help = _("Empty means unlimited. It cannot be fewer than are held already.")

    def get_queryset(self, request):
        return places.counted(EditionPlaces.objects.with_series())

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, edition=None):
        return False

    def has_export_permission(self, request):
        return request.user.has_perm("registrations.view_participant")

    def save_model(self, request, edition, form, change):
        for name in form.changed_data:
            request.asks = name
            unit = name.removeprefix("capacity_")
            edition.change_capacity(**{unit: form.cleaned_data[name]})

    @admin.display(description=_("people"))
    def people(self, edition):
        return shown(edition, "people")

    @admin.display(description=_("German sides"))
    def german(self, edition):
        return shown(edition, "german")

    @admin.display(description=_("partner sides"))
    def partner(self, edition):
        return shown(edition, "partner")

    @admin.display(description=_("delegations"))
    def delegations(self, edition):
        return shown(edition, "delegations")

    @admin.display(description=_("wait"), ordering="waiting_delegations")
    def waits(self, edition):
        return edition.waiting_delegations or "–"

    @admin.display(description=_("held now"))
    def taken(self, edition):
        held = places.held(edition)
        words = {
            "people": held.people,
            "german": held.german,
            "partner": held.partner,
            "delegations": held.delegations,
        }
        return (
            _(
                "%(people)d people (%(german)d of German sides, %(partner)d of the "
                "partners) in %(delegations)d delegations"
            )
            % words
        )

    @admin.action(
        description=_("Export the participants (CSV)"), permissions=["export"]
    )
    def export_participants(self, request, queryset):
        editions = list(queryset)
        rows = export.participants(editions)
        message = ngettext(
            "%(count)d row of participants exported.",
            "%(count)d rows of participants exported.",
            len(rows),
        )
        for edition in editions:
            self.log_change(request, edition, message % {"count": len(rows)})
        response = HttpResponse(
            export.csv_file(rows, editions), content_type="text/csv; charset=utf-8"
        )
        name = f"{capfirst(str(_('participants')))}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "no-store"
        return response


def shown(edition, unit: str) -> str:
    """What is held of a unit, of how many, and what is free."""
    held = getattr(edition, f"held_{unit}")
    limit = places.capacity(edition, unit)
    if limit is None:
        return _("%(held)d, unlimited") % {"held": held}
    return _("%(held)d of %(limit)d, %(free)d free") % {
        "held": held,
        "limit": limit,
        "free": limit - held,
    }
