from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partnerships.admin import PublishedFilter
from registrations import archive, places
from registrations.admin.board import BoardAdmin
from registrations.admin.downloads import ParticipantsDownload
from registrations.admin.filters import AheadFilter
from registrations.admin.verbs import VerbAdmin
from registrations.models import Delegation, EditionPlaces, Refused


@admin.register(EditionPlaces)
class EditionPlacesAdmin(ParticipantsDownload, BoardAdmin, VerbAdmin):
    list_display = [
        "__str__",
        "people",
        "german",
        "partner",
        "delegations",
        "waits",
        "board",
    ]
    list_filter = [
        AheadFilter,
        PublishedFilter,
        ("series", admin.RelatedOnlyFieldListFilter),
    ]
    search_fields = ["city", "=year"]
    fields = ["taken", "board", *(f"capacity_{unit}" for unit in places.UNITS)]
    readonly_fields = ["taken", "board"]
    actions = ["export_participants", "take_over_partnerships"]
    list_help = _(
        "How many places each conference ahead has, how many are held, and who waits; "
        "the filter “time” shows all conferences. Freed places are offered to those "
        "that wait, in their order. The actions below download the participants as a "
        "table, and record after a conference which partnerships took part."
    )
    form_help = _(
        "Empty means unlimited. It cannot be fewer than are held already, by offers "
        "too. What you add is offered at once to those that wait."
    )

    def get_queryset(self, request):
        return places.counted(EditionPlaces.objects.with_series())

    def get_changelist_instance(self, request):
        """Without the way to “all”, which only leads to where the list begins."""
        shown = super().get_changelist_instance(request)
        if not shown.query:
            shown.full_result_count = shown.result_count
        return shown

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, edition=None):
        return False

    def delegations_of(self, editions):
        return Delegation.objects.filter(edition__in=editions.values("pk"))

    def has_archive_permission(self, request):
        """It changes what the page of a conference shows."""
        return request.user.has_perm("conferences.change_edition")

    @admin.action(
        description=_("Record the partnerships that took part"),
        permissions=["archive"],
    )
    def take_over_partnerships(self, request, queryset):
        for edition in queryset.order_by("starts_on", "pk"):
            try:
                count = archive.take_over_partnerships(edition)
            except Refused as refusal:
                self.message_user(request, f"{edition}: {refusal}", messages.WARNING)
                continue
            words = ngettext(
                "%(count)d partnership was added to those that took part.",
                "%(count)d partnerships were added to those that took part.",
                count,
            ) % {"count": count}
            self.log_change(request, edition, words)
            self.message_user(request, f"{edition}: {words}", messages.SUCCESS)

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
