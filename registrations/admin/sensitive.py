"""Staff read what is encrypted: with a permission of its own, and a line about it."""

from django.contrib import admin
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations import export, sensitive
from registrations.admin.filters import EditionFilter
from registrations.admin.verbs import ReadAdmin
from registrations.models import PersonalNeeds, VisaData


class PersonEditionFilter(EditionFilter):
    path = "participant__side__delegation__edition"


class SensitiveAdmin(ReadAdmin):
    """The list names people only; a page or the table opens their texts."""

    list_display = ["__str__", "delegation", "side", "saved_at"]
    list_filter = [PersonEditionFilter]
    actions = ["export_texts"]
    ordering = ["participant__family_name", "pk"]
    form_help = gettext_lazy("That you read this stands in the history.")

    def get_queryset(self, request):
        rows = super().get_queryset(request).defer(*self.model.SEALED)
        return rows.select_related(
            "participant__side__delegation__edition__series__region"
        )

    def has_view_permission(self, request, row=None):
        return sensitive.may_read(request.user, self.model)

    def has_change_permission(self, request, row=None):
        return False

    @admin.display(description=gettext_lazy("delegation"))
    def delegation(self, row):
        return row.participant.side.delegation

    @admin.display(description=gettext_lazy("side"))
    def side(self, row):
        return row.participant.side.get_which_display()

    def get_fields(self, request, row=None):
        own = [field.name for field in self.model._meta.concrete_fields]
        return [f"{name}_opened" if name in self.model.SEALED else name for name in own]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        row = self.get_object(request, object_id)
        if row is not None and request.method != "POST":  # which is refused, unread
            [request.opened] = sensitive.read([row], by=request.user)
        return super().change_view(request, object_id, form_url, extra_context)

    def get_object(self, request, object_id, from_field=None):
        row = super().get_object(request, object_id, from_field)
        if row is not None:
            row.opened = getattr(request, "opened", {})
        return row

    @admin.action(description=gettext_lazy("Export with all texts (CSV)"))
    def export_texts(self, request, queryset):
        rows = list(queryset.defer(None))
        names = [str(self.model._meta.get_field(n).verbose_name) for n in self.texts()]
        table = [[_("conference"), _("reference"), _("side"), _("name"), *names]]
        found = sensitive.read(rows, by=request.user)
        for row, texts in zip(rows, found, strict=True):
            side = row.participant.side
            table.append(
                [
                    str(side.delegation.edition),
                    side.delegation.reference,
                    side.get_which_display(),
                    str(row.participant),
                    *(shown(texts[name]) for name in self.texts()),
                ]
            )
        response = HttpResponse(
            export.table(table), content_type="text/csv; charset=utf-8"
        )
        name = f"{self.model._meta.model_name}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def texts(self) -> tuple[str, ...]:
        return self.model.SEALED


def shown(text: str | None) -> str:
    return _("cannot be opened") if text is None else text


def opened(model, name):
    """A read-only field that shows a text that was opened for this page."""

    def display(self, row):
        return shown(row.opened.get(name, ""))

    display.short_description = model._meta.get_field(name).verbose_name  # type: ignore[attr-defined]  # for the admin
    return display


@admin.register(PersonalNeeds)
class PersonalNeedsAdmin(SensitiveAdmin):
    list_help = gettext_lazy(
        "Who has said something about diet and accessibility. Opening a person, or "
        "exporting, writes a line in the history of the delegation."
    )
    diet_opened = opened(PersonalNeeds, "diet")
    accessibility_opened = opened(PersonalNeeds, "accessibility")


@admin.register(VisaData)
class VisaDataAdmin(SensitiveAdmin):
    list_display = [*SensitiveAdmin.list_display, "needs_letter"]
    list_filter = [PersonEditionFilter, "needs_letter"]
    list_help = gettext_lazy(
        "Who needs a letter for a visa. Opening a person, or exporting, writes a line "
        "in the history of the delegation."
    )
    passport_name_opened = opened(VisaData, "passport_name")
    issuing_country_opened = opened(VisaData, "issuing_country")
    birth_date_opened = opened(VisaData, "birth_date")
    passport_number_opened = opened(VisaData, "passport_number")
