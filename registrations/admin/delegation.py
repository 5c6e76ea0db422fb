from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from conferences.models import Edition
from registrations import questions
from registrations.admin import delegation_decisions
from registrations.admin.changes import ReviewingAdmin, changes_shown
from registrations.admin.decisions import DecidingAdmin
from registrations.admin.downloads import ParticipantsDownload
from registrations.admin.filters import ConfirmedFilter, EditionFilter, ToLookAtFilter
from registrations.admin.inlines import HistoryInline, SideInline
from registrations.models import Delegation, Letter, Request

# What staff write on the page of a delegation; all else is changed by verbs.
FOR_STAFF = ["reminders_off", "note"]


@admin.register(Delegation)
class DelegationAdmin(ParticipantsDownload, ReviewingAdmin, DecidingAdmin):
    list_display = [
        "reference",
        "edition",
        "names",
        "state",
        "prepared_shown",
        "held",
        "queue",
        "submitted",
        "to_look_at",
    ]
    list_filter = [EditionFilter, "state", "kind", ToLookAtFilter, ConfirmedFilter]
    search_fields = ["reference"]
    search_help_text = _("Reference, municipality in any spelling, or contact.")
    fieldsets = [
        (
            None,
            {"fields": ["edition", "kind", "who", "state", "prepared_shown", "queue"]},
        ),
        (
            _("Dates"),
            {
                "fields": [
                    ("started_at", "saved_at"),
                    ("submitted_at", "needs_review_since"),
                    "entered_by",
                ]
            },
        ),
        (_("People"), {"fields": ["people", "answers_shown"]}),
        (
            _("Offers, requests and letters"),
            {"fields": ["offers_shown", "requests_shown", "letters_shown"]},
        ),
        (_("For staff"), {"fields": ["reminders_off", "note"]}),
    ]
    inlines = [SideInline, HistoryInline]
    change_form_template = "admin/registrations/delegation/change_form.html"
    list_help = _(
        "Delegations that registered. Choose some and an action: prepare approvals or "
        "refusals and look at their letters before you send them, or download the "
        "participants as a table. Places are those held/planned, first of the German "
        "side, then of the partner side."
    )
    form_help = _(
        "The state changes only by the buttons above, so that places are counted "
        "rightly and letters are written. Contacts, numbers and people are changed "
        "on the page of a side."
    )
    decisions = delegation_decisions.ALL
    actions = [
        *(decision.as_action() for decision in delegation_decisions.ALL),
        "looked_at",
        "export_participants",
    ]
    ordering = ["-started_at", "-pk"]

    def get_queryset(self, request):
        waiting = Delegation.objects.waiting().order_by()
        ahead = waiting.filter(
            edition=OuterRef("edition"), queue_number__lte=OuterRef("queue_number")
        )
        counted = ahead.values("edition").annotate(count=Count("pk")).values("count")
        position = Coalesce(Subquery(counted), 0)
        found = Delegation.objects.with_all().select_related("prepared__prepared_by")
        return found.annotate(place_in_queue=position)

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        return queryset.found(search_term.strip()), False

    def get_readonly_fields(self, request, delegation=None):
        shown = [
            name for _title, options in self.fieldsets for name in options["fields"]
        ]
        flat = [
            name for row in shown for name in ([row] if isinstance(row, str) else row)
        ]
        return ["changes", *(name for name in flat if name not in FOR_STAFF)]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, delegation=None):
        return False

    def save_model(self, request, delegation, form, change):
        """Only these: a verb may have changed the state since the row was read."""
        delegation.save(update_fields=FOR_STAFF)

    def decided_rows(self, queryset):
        """Whoever waits comes in the order of the queue."""
        order = [F("queue_number").asc(nulls_first=True), "submitted_at", "pk"]
        return queryset.order_by("edition", *order)

    @admin.display(description=_("who comes"), ordering="partnership__german__name")
    def names(self, delegation):
        return delegation.names

    @admin.display(description=_("who comes"))
    def who(self, delegation):
        town = delegation.partnership or delegation.german_municipality
        if town is None:
            return "–"
        model = town._meta.model_name
        address = reverse(f"admin:partnerships_{model}_change", args=[town.pk])
        return format_html('<a href="{}">{}</a>', address, town)

    @admin.display(description=_("places"))
    def held(self, delegation):
        sides = delegation.german_side, delegation.partner_side
        return ", ".join(f"{side.held}/{side.planned}" for side in sides)

    @admin.display(description=_("submitted"), ordering="submitted_at")
    def submitted(self, delegation):
        return short_day(delegation.submitted_at)

    @admin.display(description=_("changes"))
    def changes(self, delegation):
        return changes_shown(delegation)

    @admin.display(description=_("prepared"), ordering="prepared__verdict")
    def prepared_shown(self, delegation):
        found = getattr(delegation, "prepared", None)
        return found.get_verdict_display() if found else "–"

    @admin.display(description=_("to be looked at"), ordering="needs_review_since")
    def to_look_at(self, delegation):
        return short_day(delegation.needs_review_since)

    @admin.display(description=_("waiting list"), ordering="queue_number")
    def queue(self, delegation):
        if delegation.state != Delegation.State.WAITING:
            return "–"
        words = {
            "position": delegation.place_in_queue,
            "number": delegation.queue_number,
        }
        if delegation.passed_over_at:
            return _("%(position)d (no. %(number)d), passed over") % words
        return _("%(position)d (no. %(number)d)") % words

    @admin.display(description=_("participants"))
    def people(self, delegation):
        return shown_in("_people.html", sides=list(delegation.sides.all()))

    @admin.display(description=_("answers to questions"))
    def answers_shown(self, delegation):
        sheet = questions.sheet(delegation)
        sides = [
            (side, [item for item in sheet.everything_of(side) if item.is_shown])
            for side in delegation.sides.all()
        ]
        return shown_in("_answers.html", sides=sides)

    @admin.display(description=_("offers"))
    def offers_shown(self, delegation):
        offers = delegation.offers.select_related("made_by")
        return shown_in("_offers.html", offers=offers)

    @admin.display(description=_("requests to the organiser"))
    def requests_shown(self, delegation):
        asked = Request.objects.filter(side__delegation=delegation)
        return shown_in("_requests.html", requests=asked.select_related("side"))

    @admin.display(description=_("letters"))
    def letters_shown(self, delegation):
        written = Letter.objects.filter(side__delegation=delegation)
        return shown_in(
            "_letters.html", letters=written.select_related("side", "participant")
        )

    @admin.action(description=_("Tick off as looked at"), permissions=["change"])
    def looked_at(self, request, queryset):
        self.tell_looked_at(request, queryset.mark_looked_at(by=request.user))

    def get_urls(self):
        on_behalf = path(
            "on-behalf/",
            self.admin_site.admin_view(self.on_behalf),
            name="registrations_delegation_on_behalf",
        )
        return [on_behalf, *super().get_urls()]

    def on_behalf(self, request):
        """Choose a conference, and go through the same steps as a visitor."""
        if not request.user.has_perm("registrations.add_delegation"):
            raise PermissionDenied
        today = timezone.localdate()
        coming = Edition.objects.with_series().exclude(opens_at=None)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": _("Enter a delegation on behalf"),
            "editions": [one for one in coming if not one.is_over(today)],
        }
        return TemplateResponse(request, "admin/registrations/on_behalf.html", context)


def short_day(instant) -> str:
    if instant is None:
        return "–"
    return date_format(timezone.localtime(instant), "SHORT_DATE_FORMAT")


def shown_in(template: str, **context) -> str:
    return render_to_string(f"admin/registrations/{template}", context)
