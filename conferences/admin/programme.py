"""Staff prepare the programme of a conference; nothing of it is public yet."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from conferences import release
from conferences.admin.zones import AtTheConference
from conferences.models import Contribution, Edition, Room, Session
from conferences.models.programme import OTHER_PERSON, OTHER_ROOM
from partnerships.admin import ByLanguage, NamedCells, in_every_language
from partnerships.chooser import Chooser

SHORT_TEXTS: dict[Any, dict[str, Any]] = {
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})}
}


class OfEditionFilter(admin.SimpleListFilter):
    """By conference; one query, where Django's own would ask for each name."""

    title = _("conference")
    parameter_name = "edition"

    def lookups(self, request, model_admin):
        used = model_admin.model.objects.order_by().values("edition")
        editions = Edition.objects.with_series().filter(pk__in=used).order_by("-pk")
        return [(str(edition.pk), str(edition)) for edition in editions]

    def queryset(self, request, queryset):
        return of_edition(queryset, self.value())


def of_edition(rows, chosen: str | None):
    """Rows of the chosen conference; all where none is chosen."""
    return rows.filter(edition=chosen) if chosen and chosen.isdecimal() else rows


def choose_among(form, name: str, edition, refusal) -> None:
    """A field of a form offers, and takes, only rows of one conference."""
    field = form.base_fields.get(name)
    if field is None:
        return  # who may only look has no fields
    field.queryset = field.queryset.filter(edition=edition)
    field.error_messages["invalid_choice"] = refusal
    field.widget.widget.about = {"edition": edition.pk}


class AtAnEdition(Chooser, TranslationAdmin):
    """A row of one conference, which it keeps once it is saved."""

    list_filter: ClassVar[list] = [OfEditionFilter]
    list_select_related = ["edition__series__region"]
    autocomplete_fields = ["edition"]

    set_once: list[str] = []
    prepopulated: dict[str, list[str]] = {}

    def get_search_results(self, request, queryset, search_term):
        """Those of a conference alone, where the field of a form asks for them."""
        rows = of_edition(queryset, request.GET.get("edition"))
        return super().get_search_results(request, rows, search_term)

    def get_readonly_fields(self, request, row=None):
        return self.set_once if row else []

    def get_prepopulated_fields(self, request, row=None):
        return {} if row else self.prepopulated


@admin.register(Room)
class RoomAdmin(AtAnEdition):
    list_display = ["name", "edition", "order"]
    search_fields = in_every_language("name")
    fields = ["edition", "name", "order"]
    set_once = ["edition"]
    list_help = _("Where sessions take place. Each is a column of the programme.")
    form_help = _("A hall, a bus, or a room of a video conference.")

    def get_queryset(self, request):
        return Room.objects.order_by("-edition", "order", "pk")


class ContributionInline(NamedCells, Chooser, admin.TabularInline):
    model = Contribution
    extra = 0
    autocomplete_fields = ["speaker"]

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        if obj:
            choose_among(formset.form, "speaker", obj.edition, OTHER_PERSON)
        return formset


@admin.register(Session)
class SessionAdmin(ByLanguage, AtTheConference, AtAnEdition):
    list_display = ["title", "edition", "kind", "when", "room", "is_public", "state"]
    list_filter = [
        OfEditionFilter,
        "kind",
        "is_public",
        "is_by_choice",
        "is_cancelled",
    ]
    list_select_related = ["edition__series__region", "room"]
    search_fields = in_every_language("title")
    fieldsets = [
        (None, {"fields": ["edition", "kind", "title", "slug", "abstract"]}),
        (
            _("When and where"),
            {
                "description": _("Times are those of the clocks at the conference."),
                "fields": ["starts_at", "ends_at", "room"],
            },
        ),
        (
            _("For whom"),
            {
                "fields": [
                    "is_public",
                    "languages",
                    "interpretation",
                    "capacity",
                    "is_by_choice",
                ]
            },
        ),
        (_("Topics"), {"fields": ["goals"]}),
        (_("State"), {"fields": ["is_cancelled", "state"]}),
    ]
    autocomplete_fields = ["edition", "room"]
    formfield_overrides = {
        **SHORT_TEXTS,
        models.ManyToManyField: {"widget": CheckboxSelectMultiple},
    }
    inlines = [ContributionInline]
    set_once = ["edition", "slug", "state"]
    prepopulated = {"slug": ["title_de"]}
    list_help = _(
        "What you prepare here is public only when you release the programme of the "
        "conference, on the page “Releases of the programmes”."
    )
    form_help = _(
        "What is released keeps its address: cancel it instead of deleting it, so "
        "that calendars strike it out."
    )

    def get_queryset(self, request):
        rows = Session.objects.order_by("-edition", "starts_at", "room__order", "pk")
        return rows.prefetch_related("goals", "contributions")

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj:
            choose_among(form, "room", obj.edition, OTHER_ROOM)
        return form

    def get_readonly_fields(self, request, row=None):
        return self.set_once if row else ["state"]

    def has_delete_permission(self, request, session=None):
        """What the public knows is cancelled, not deleted."""
        is_public = session is not None and session.is_released
        return not is_public and super().has_delete_permission(request, session)

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def save_related(self, request, form, formsets, change):
        """Tell of rooms and people that are needed twice at a time, and save."""
        super().save_related(request, form, formsets, change)
        here = form.instance
        sessions = release.prepared(here.edition)
        if request.user.has_perm("conferences.change_editionprogramme"):
            self._lead_to_release(request, here, sessions)
        for found in release.overlaps(sessions):
            if here in (found.first, found.second):
                words = _("%(what)s: at the same time as “%(other)s”.") % {
                    "what": found.what,
                    "other": found.second if found.first == here else found.first,
                }
                self.message_user(request, words, messages.WARNING)

    def _lead_to_release(self, request, here, sessions):
        """Say that what was saved is not public yet, and where it becomes so."""
        if any(found.session == here for found in release.changes(sessions)):
            page = reverse(
                "admin:conferences_editionprogramme_change", args=[here.edition_id]
            )
            words = _("The public sees this only after a release.")
            link = _("Release the programme")
            message = format_html('{} <a href="{}">{}</a>', words, page, link)
            self.message_user(request, message, messages.INFO)

    @admin.display(description=_("when"), ordering="starts_at")
    def when(self, session):
        local = timezone.localtime(session.starts_at, session.edition.zone)
        return date_format(local, "SHORT_DATETIME_FORMAT")

    @admin.display(description=_("state"))
    def state(self, session):
        if not session.pk or not session.is_released:
            return _("prepared")
        if session.released != session.as_prepared():
            return _("changed since its release")
        page = session.get_absolute_url()
        return format_html('<a href="{}">{}</a>', page, _("released"))
