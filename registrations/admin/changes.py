"""What sides changed since staff looked, on the page of a delegation."""

from datetime import datetime

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from registrations.admin.history import changes_in_words
from registrations.models import Delegation, Refused


def changes_shown(delegation) -> str:
    """Each change in a line, with the button that ticks them off."""
    lines = [
        (entry, changes_in_words(entry)) for entry in delegation.changes_to_look_at()
    ]
    context = {"lines": lines, "delegation": delegation}
    return render_to_string("admin/registrations/_changes.html", context)


class ReviewingAdmin(admin.ModelAdmin):
    """Adds to the admin of delegations what is to be looked at, and ticks it off."""

    def get_fieldsets(self, request, delegation=None):
        fieldsets = super().get_fieldsets(request, delegation)
        if delegation is None or delegation.needs_review_since is None:
            return fieldsets
        title = gettext_lazy("Changed since you looked at it")
        return [(title, {"fields": ["changes"]}), *fieldsets]

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.look_at))
        name = "registrations_delegation_looked_at"
        return [path("<int:key>/looked-at/", view, name=name), *super().get_urls()]

    def look_at(self, request, key):
        if not self.has_change_permission(request):
            raise PermissionDenied
        delegation = get_object_or_404(Delegation, pk=key)
        try:
            seen = datetime.fromisoformat(request.POST.get("seen", ""))
        except ValueError:
            seen = delegation.started_at  # earlier than any change
        try:
            if delegation.look_at(by=request.user, seen=seen):
                self.tell_looked_at(request, 1)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
        address = reverse("admin:registrations_delegation_change", args=[key])
        return HttpResponseRedirect(address)

    def tell_looked_at(self, request, count):
        message = ngettext(
            "%(count)d delegation ticked off.",
            "%(count)d delegations ticked off.",
            count,
        )
        self.message_user(request, message % {"count": count})
