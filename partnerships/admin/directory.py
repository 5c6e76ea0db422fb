from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db import IntegrityError, models, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.forms import CheckboxSelectMultiple, ModelChoiceField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.admin import TranslationAdmin

from partnerships.admin.named import NamedCells, NamedValuesFilter
from partnerships.chooser import Chooser
from partnerships.models import (
    Country,
    Goal,
    Municipality,
    MunicipalityName,
    OdaListing,
    Partnership,
    Programme,
    Region,
)

# Addresses that are typed without a scheme are taken for https ones.
SAFE_ADDRESSES: dict[type[models.Field], dict[str, Any]] = {
    models.URLField: {"assume_scheme": "https"}
}


class LabelField(ModelChoiceField):
    """Shows the chosen row by its label, as the list to choose from does."""

    def label_from_instance(self, obj):
        return getattr(obj, "label", str(obj))


def in_every_language(*fields: str) -> list[str]:
    """The columns of translated fields, for a search that finds all languages."""
    return [f"{field}_{code}" for field in fields for code, _name in settings.LANGUAGES]


class PublishedFilter(admin.SimpleListFilter):
    """Rows that the public sees, and rows that still wait for staff."""

    title = _("publication state")
    parameter_name = "published"

    def lookups(self, request, model_admin):
        return [("yes", _("published")), ("no", _("not published yet"))]

    def queryset(self, request, queryset):
        shown = queryset.model.objects.published().values("pk")
        if self.value() == "yes":
            return queryset.filter(pk__in=shown)
        if self.value() == "no":
            return queryset.exclude(pk__in=shown)
        return queryset


class CheckedFilter(admin.SimpleListFilter):
    title = _("checked by staff")
    parameter_name = "checked"

    def lookups(self, request, model_admin):
        return [("yes", _("checked")), ("no", _("not checked yet"))]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.checked()
        if self.value() == "no":
            return queryset.unchecked()
        return queryset


class FoldedSearch(admin.ModelAdmin):
    """Searches by `found()`: without case and accents, and by other spellings."""

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        found = self.model.objects.found(search_term).values("pk")
        return queryset.filter(pk__in=found), False


class ChosenByVisitors(admin.ModelAdmin):
    """What a visitor chooses while it is being deleted stays, and the page says so."""

    def delete_view(self, request, *args, **kwargs):
        return self.asked_again(super().delete_view, request, *args, **kwargs)

    def changelist_view(self, request, *args, **kwargs):
        return self.asked_again(super().changelist_view, request, *args, **kwargs)

    def asked_again(self, view, request, *args, **kwargs):
        """The second time, the page finds and names what holds the row."""
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            with transaction.atomic():
                return view(request, *args, **kwargs)
        except IntegrityError:
            return view(request, *args, **kwargs)


@admin.register(Region)
class RegionAdmin(TranslationAdmin):
    list_display = ["name", "code", "colour", "order"]
    search_fields = ["code", *in_every_language("name")]
    fields = ["code", "name", "colour", "order"]
    list_help = _(
        "The parts of the world to which the conference series are addressed. "
        "The colour is that of the pages of the series."
    )
    form_help = list_help


class OdaListingInline(NamedCells, admin.TabularInline):
    model = OdaListing
    extra = 0


@admin.register(Country)
class CountryAdmin(TranslationAdmin):
    list_display = ["name", "iso2", "region", "is_listed"]
    list_filter = ["region"]
    list_select_related = ["region"]
    search_fields = ["iso2", *in_every_language("name")]
    fields = ["iso2", "name", "region"]
    inlines = [OdaListingInline]
    view_on_site = False  # only some countries have a page
    list_help = _(
        "Only countries on the DAC list are addressed as partners. The list changes: "
        "close an entry with its last day and add a new one, delete nothing."
    )
    form_help = list_help

    def get_queryset(self, request):
        valid = OdaListing.objects.valid(timezone.localdate())
        listed = Exists(valid.filter(country=OuterRef("pk")))
        return super().get_queryset(request).annotate(listed_today=listed)

    @admin.display(
        description=_("on the DAC list today"), boolean=True, ordering="listed_today"
    )
    def is_listed(self, country):
        return country.listed_today


class MunicipalityNameInline(NamedCells, admin.TabularInline):
    model = MunicipalityName
    extra = 0


@admin.register(Municipality)
class MunicipalityAdmin(ChosenByVisitors, Chooser, FoldedSearch):
    list_display = ["name", "kind", "kreis", "land", "country", "checked_at"]
    list_filter = [
        CheckedFilter,
        "kind",
        ("land", NamedValuesFilter),
        ("country", admin.RelatedOnlyFieldListFilter),
    ]
    search_fields = ["name"]
    fieldsets = [
        (None, {"fields": ["country", "name", "kind", "land", "kreis"]}),
        (_("Key and position"), {"fields": ["ags", "lat", "lon"]}),
        (_("For staff"), {"fields": ["slug", "checked_at", "note"]}),
    ]
    readonly_fields = ["slug"]
    autocomplete_fields = ["country"]
    inlines = [MunicipalityNameInline]
    search_help_text = _("Finds other spellings too, with or without accents.")
    list_help = _(
        "All German and foreign municipalities. What a visitor entered while "
        "registering is shown in public only once you have checked it."
    )
    form_help = _(
        "Several municipalities can have one name: kind, district and federal state "
        "tell them apart. Other spellings help visitors to find it."
    )

    def get_search_results(self, request, queryset, search_term):
        """A field for a German, or a partner, municipality offers only such ones."""
        rows, may_repeat = super().get_search_results(request, queryset, search_term)
        wanted = {"german": Q(country__iso2="DE"), "partner": ~Q(country__iso2="DE")}
        side = request.GET.get("field_name")
        return rows.filter(wanted.get(side, Q())), may_repeat

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("country")

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request)
        return {"checked_at": timezone.now(), **initial}

    def save_model(self, request, municipality, form, change):
        if not municipality.slug:
            municipality.slug = Municipality.objects.free_slug(
                municipality.name, municipality.country
            )
        super().save_model(request, municipality, form, change)


@admin.register(Goal)
class GoalAdmin(TranslationAdmin):
    list_display = ["number", "name", "partnership_count"]
    list_display_links = ["number", "name"]
    search_fields = in_every_language("name")
    fields = ["number", "name"]
    list_help = _(
        "The 17 goals of the 2030 Agenda, and how many partnerships each has."
    )

    def get_queryset(self, request):
        goals = super().get_queryset(request)
        return goals.annotate(counted=Count("partnerships"))

    @admin.display(description=_("partnerships"), ordering="counted")
    def partnership_count(self, goal):
        return goal.counted


@admin.register(Programme)
class ProgrammeAdmin(TranslationAdmin):
    list_display = ["name"]
    search_fields = in_every_language("name")
    fields = ["name"]
    list_help = _("Support programmes under which partnerships work.")


@admin.register(Partnership)
class PartnershipAdmin(ChosenByVisitors, Chooser, TranslationAdmin, FoldedSearch):
    list_display = ["pair", "country", "status", "since", "published_at"]
    list_filter = [
        PublishedFilter,
        "status",
        ("partner__country__region", admin.RelatedOnlyFieldListFilter),
        ("partner__country", admin.RelatedOnlyFieldListFilter),
        "programmes",
    ]
    search_fields = ["german__name"]
    fieldsets = [
        (None, {"fields": ["german", "partner", "status", "since"]}),
        (_("What it works on"), {"fields": ["programmes", "topics", "goals"]}),
        (_("For staff"), {"fields": ["slug", "published_at", "source", "note"]}),
    ]
    readonly_fields = ["slug"]
    formfield_overrides = {
        **SAFE_ADDRESSES,
        models.ForeignKey: {"form_class": LabelField},
        models.ManyToManyField: {"widget": CheckboxSelectMultiple},
    }
    autocomplete_fields = ["german", "partner"]
    actions = ["publish"]
    search_help_text = _("Finds other spellings too, with or without accents.")
    list_help = _(
        "Lasting relations of a German and a partner municipality. One that was "
        "entered with a registration is not published until you do so."
    )
    form_help = _(
        "A partnership outlives the conferences. A triangle is two partnerships."
    )

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related("german", "partner__country")

    @admin.display(description=_("partnership"), ordering="german__name")
    def pair(self, partnership):
        return str(partnership)

    @admin.display(description=_("country"), ordering="partner__country__name")
    def country(self, partnership):
        return partnership.partner.country

    def save_model(self, request, partnership, form, change):
        if not partnership.slug:
            partnership.slug = Partnership.objects.free_slug(
                partnership.german, partnership.partner
            )
        super().save_model(request, partnership, form, change)

    @admin.action(
        description=_("Publish the chosen partnerships"), permissions=["change"]
    )
    def publish(self, request, queryset):
        count = queryset.publish()
        message = ngettext(
            "%(count)d partnership published.",
            "%(count)d partnerships published.",
            count,
        )
        self.message_user(request, message % {"count": count})
