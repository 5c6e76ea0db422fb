import zoneinfo

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from conferences.admin.zones import AtTheConference
from conferences.models import Edition, Figure, Host, Page, Publication, Series
from partnerships.admin import (
    SAFE_ADDRESSES,
    ByLanguage,
    LabelField,
    NamedCells,
    PublishedFilter,
    in_every_language,
)
from partnerships.chooser import Chooser


@admin.register(Series)
class SeriesAdmin(ByLanguage, Chooser, TranslationAdmin):
    list_display = ["title", "region", "rhythm_years"]
    list_select_related = ["region"]
    search_fields = in_every_language("title")
    fields = ["region", "title", "slug", "lead", "text", "rhythm_years"]
    autocomplete_fields = ["region"]
    list_help = _("The conferences of one world region belong to one series.")
    form_help = _("These texts stand on the page of the series.")

    def get_readonly_fields(self, request, series=None):
        return ["slug"] if series else []

    def get_prepopulated_fields(self, request, series=None):
        return {} if series else {"slug": [f"title_{settings.LANGUAGE_CODE}"]}


class HostInline(NamedCells, Chooser, admin.TabularInline):
    model = Host
    extra = 0
    formfield_overrides = {models.ForeignKey: {"form_class": LabelField}}
    autocomplete_fields = ["partnership", "municipality"]


class FigureInline(NamedCells, admin.TabularInline):
    model = Figure
    extra = 0
    formfield_overrides = SAFE_ADDRESSES


class PublicationInline(NamedCells, admin.TabularInline):
    model = Publication
    extra = 0
    show_change_link = True  # its files stand there


@admin.register(Edition)
class EditionAdmin(ByLanguage, AtTheConference, Chooser, TranslationAdmin):
    list_display = [
        "__str__",
        "series",
        "number",
        "starts_on",
        "city",
        "closes_at",
        "published_at",
    ]
    list_display_links = ["__str__"]
    list_filter = [
        PublishedFilter,
        ("series", admin.RelatedOnlyFieldListFilter),
        "is_demonstration",
    ]
    list_select_related = ["series__region"]
    search_fields = ["city", "=year", *in_every_language("title", "motto", "theme")]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "series",
                    "number",
                    "year",
                    "slug",
                    "published_at",
                    "is_demonstration",
                ],
            },
        ),
        (
            _("When and where"),
            {
                "description": _(
                    "What is not known yet stays empty: the page leaves it out."
                ),
                "fields": [
                    ("starts_on", "ends_on"),
                    ("month", "season"),
                    "city",
                    "venue",
                    "time_zone",
                ],
            },
        ),
        (
            _("Texts"),
            {
                "fields": [
                    "title",
                    "motto",
                    "theme",
                    "introduction",
                    "audience",
                    "costs",
                    "programme",
                    "practical",
                    "conference_languages",
                    "cooperation",
                ],
            },
        ),
        (
            _("Registration"),
            {
                "description": _(
                    "All times are those of the clocks in the time zone above. Without "
                    "opening and closing there is no registration on this site."
                ),
                "fields": ["opens_at", "closes_at", "changes_until"],
            },
        ),
        (
            _("Choice of workshops"),
            {
                "description": _(
                    "For sessions that participants choose beforehand, in the time "
                    "zone above. Empty: nobody chooses."
                ),
                "fields": ["choice_opens_at", "choice_closes_at", "choice_link"],
            },
        ),
        (
            _("Rules and places"),
            {
                "description": _(
                    "Whoever breaks a rule is told why and may ask to be admitted."
                ),
                "fields": [
                    "countries",
                    "german_most",
                    "partner_most",
                    "partner_paid",
                    "needs_administration",
                    "partner_optional",
                    ("offer_days", "offer_land"),
                    "has_person_pages",
                    "attendance",
                    "interpretation",
                    "places_link",
                ],
            },
        ),
        (_("Contact"), {"fields": ["contact_email", "contact_phone"]}),
        (_("Afterwards"), {"fields": ["results", "next_steps", "attending"]}),
        (_("For staff"), {"fields": ["source", "note"]}),
    ]
    formfield_overrides = {
        **SAFE_ADDRESSES,
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})},
    }
    autocomplete_fields = ["series", "countries", "attending"]
    inlines = [HostInline, FigureInline, PublicationInline]
    list_help = _(
        "Each conference, from its announcement to its archive. Without a date of "
        "publication only staff can see its page."
    )
    form_help = _("“View on site” shows the page, also while it is not published yet.")

    def get_queryset(self, request):
        return Edition.objects.with_series()

    def get_readonly_fields(self, request, edition=None):
        links = ["places_link", "choice_link"]
        return ["slug", *links] if edition else links

    def get_prepopulated_fields(self, request, edition=None):
        return {} if edition else {"slug": ["year"]}

    @admin.display(description=_("places"))
    def places_link(self, edition):
        """The places of the edition, and where they are changed under a lock."""
        if not edition.pk:
            return _("You enter the places once the conference is saved.")
        return render_to_string("admin/conferences/_places.html", {"edition": edition})

    @admin.display(description=_("wishes"))
    def choice_link(self, edition):
        """Where staff see what people wish for, and give the places."""
        if not edition.pk:
            return _("People choose once the conference is saved.")
        return render_to_string("admin/conferences/_choice.html", {"edition": edition})

    def save_model(self, request, edition, form, change):
        """Only what the form asks: the places may have been changed meanwhile."""
        fields = [field.name for field in edition._meta.concrete_fields]
        asked = [name for name in fields if name in form.cleaned_data]
        edition.save(update_fields=asked if change else None)

    def zone(self, request, object_id):
        """The zone that the form says, or else the edition's, or else our own."""
        typed = request.POST.get("time_zone", "")
        if typed in zoneinfo.available_timezones():
            return zoneinfo.ZoneInfo(typed)
        return super().zone(request, object_id)


@admin.register(Page)
class PageAdmin(ByLanguage, TranslationAdmin):
    list_display = ["__str__", "title", "gap_count"]
    search_fields = in_every_language("title", "text")
    fields = ["key", "title", "text", "gaps_shown"]
    readonly_fields = ["gaps_shown"]
    list_help = _(
        "Texts of the home page, and pages of their own. What only you can know "
        "stands in double square brackets until you have written it."
    )
    form_help = _("“View on site” shows the page on which the text stands.")

    def get_readonly_fields(self, request, page=None):
        return ["key", "gaps_shown"] if page else ["gaps_shown"]

    def has_delete_permission(self, request, page=None):
        """Each has its place on the site; what is not wanted is left empty."""
        return False

    @admin.display(description=_("gaps"))
    def gap_count(self, page):
        return len(page.gaps) or ""

    @admin.display(description=_("still missing"))
    def gaps_shown(self, page):
        gaps = [(gap,) for gap in dict.fromkeys(page.gaps)]
        if not gaps:
            return _("nothing")
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", gaps))
