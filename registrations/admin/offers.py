from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registrations.admin.filters import EndedFilter, HistoryEditionFilter
from registrations.admin.verbs import ReadAdmin
from registrations.models import Offer

SHOWN = [
    "of",
    "german",
    "partner",
    "made_at",
    "made_by",
    "expires_at",
    "outcome",
    "ended_at",
]


@admin.register(Offer)
class OfferAdmin(ReadAdmin):
    """To look at: the buttons on a delegation's page act on its offer."""

    list_display = [
        "of",
        "german",
        "partner",
        "made_at",
        "expires_at",
        "outcome",
        "ended_at",
    ]
    list_display_links = None
    list_filter = [HistoryEditionFilter, EndedFilter, "outcome"]
    list_select_related = [
        "delegation__german_municipality",
        "delegation__partnership__german",
        "delegation__partnership__partner",
    ]
    search_fields = ["delegation__reference"]
    fields = tuple(SHOWN)
    readonly_fields = SHOWN
    ordering = ["-made_at", "-pk"]
    list_help = _(
        "Freed places that were offered to delegations on the waiting list. To offer "
        "by hand, to withdraw an offer or to pass over, open the delegation."
    )
    form_help = list_help

    def has_change_permission(self, request, offer=None):
        return False

    @admin.display(description=_("delegation"), ordering="delegation__reference")
    def of(self, offer):
        delegation = offer.delegation
        address = reverse("admin:registrations_delegation_change", args=[delegation.pk])
        words = ", ".join(filter(None, [delegation.reference, delegation.names]))
        return format_html('<a href="{}">{}</a>', address, words)
