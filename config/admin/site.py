import functools
from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import BadRequest
from django.db import DataError
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from config import logs, sign_in
from config.admin.second_factor import CodeView, EnrolView, OwnView
from partnerships.models import Correction
from registrations.models import (
    Delegation,
    EditionPlaces,
    EnteredMunicipality,
    Letter,
    PreparedDecision,
    Request,
)


class LabelView(AutocompleteJsonView):
    """Offers rows by their label: names of municipalities repeat."""

    def serialize_result(self, obj, to_field_name):
        found = super().serialize_result(obj, to_field_name)
        return {**found, "text": getattr(obj, "label", found["text"])}


# What staff search for is text; all other numbers of an address are keys and years.
TYPED = {"q", "term"}
MOST_DIGITS = 9
# Comparisons that no list makes, and whose values a database may not understand.
UNASKED = ("__range", "__regex", "__iregex", "__search")


# What waits for staff: the rows, what narrows their list to them, and their words.
WAITING = (
    (
        Request.objects.unanswered,
        "?answered=no",
        ngettext_lazy(
            "%(count)d request to answer", "%(count)d requests to answer", "count"
        ),
    ),
    (
        Delegation.objects.submitted,
        "?state__exact=submitted",
        ngettext_lazy(
            "%(count)d delegation to decide on",
            "%(count)d delegations to decide on",
            "count",
        ),
    ),
    (
        PreparedDecision.objects.all,
        "",
        ngettext_lazy(
            "%(count)d prepared decision to send",
            "%(count)d prepared decisions to send",
            "count",
        ),
    ),
    (
        Delegation.objects.to_look_at,
        "?needs_review_since=yes",
        ngettext_lazy(
            "%(count)d delegation that changed something",
            "%(count)d delegations that changed something",
            "count",
        ),
    ),
    (
        EnteredMunicipality.objects.unchecked,
        "",
        ngettext_lazy(
            "%(count)d entered municipality to check",
            "%(count)d entered municipalities to check",
            "count",
        ),
    ),
    (
        Correction.objects.open,
        "?answered=no",
        ngettext_lazy(
            "%(count)d suggested correction to check",
            "%(count)d suggested corrections to check",
            "count",
        ),
    ),
    (
        Letter.objects.failed,
        "?state__exact=failed",
        ngettext_lazy(
            "%(count)d letter that could not be sent",
            "%(count)d letters that could not be sent",
            "count",
        ),
    ),
    (
        Letter.objects.in_doubt,
        "?state__exact=in_doubt",
        ngettext_lazy(
            "%(count)d letter in doubt", "%(count)d letters in doubt", "count"
        ),
    ),
)


class PasswordForm(AdminAuthenticationForm):
    """Says in our words what may be wrong, and not which of the two it is."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _(
            "Please check user name and password. Capital and small letters differ."
        ),
    }


class StaffSite(admin.AdminSite):
    site_title = site_header = _("Partnership Conferences")
    index_title = _("What do you want to do?")
    login_form = PasswordForm

    def admin_view(self, view, cacheable=False):
        """Refuses what no page sends and a database cannot compare."""

        @functools.wraps(view)
        def checked(request, *args, **kwargs):
            for name, values in request.GET.lists():
                if any(is_absurd(name, value) for value in values):
                    raise BadRequest(name)
            try:
                return view(request, *args, **kwargs)
            except (OverflowError, DataError) as error:  # a choice that no page offers
                raise BadRequest(request.path) from error

        return super().admin_view(checked, cacheable)

    def get_urls(self):
        steps = "second-factor/"
        return [
            # Who has given only the password may go again: Django asks for all of it.
            path("logout/", self.logout, name="logout"),
            path(steps, CodeView.as_view(), name="second_factor"),
            path(f"{steps}enrol/", EnrolView.as_view(), name="second_factor_enrol"),
            path(
                f"{steps}own/",
                self.admin_view(OwnView.as_view()),
                name="second_factor_own",
            ),
            *super().get_urls(),
        ]

    def login(self, request, extra_context=None):
        """Asks for the password, and then leads to the second factor."""
        is_half = sign_in.known_by_password(request) and not self.has_permission(
            request
        )
        if request.method == "GET" and is_half:
            query = request.GET.urlencode()
            address = reverse("admin:second_factor")
            return redirect(f"{address}?{query}" if query else address)
        answer = super().login(request, extra_context)
        if request.method == "POST":
            is_right = answer.status_code == 302
            logs.note(request, "password right" if is_right else "password wrong")
        return answer

    def index(self, request, extra_context=None):
        context = {
            "waiting": self.waiting(request),
            "boards": self.boards(request),
            **(extra_context or {}),
        }
        return super().index(request, context)

    def boards(self, request) -> list[tuple[str, str]]:
        shown: Any = self.get_model_admin(EditionPlaces)
        return shown.boards(request.user)

    def waiting(self, request) -> list[tuple[str, str]] | None:
        """In words, with the list of each; None for who may see none of the lists."""
        found: list[tuple[str, str]] | None = None
        for find, query, words in WAITING:
            rows = find()
            if not self.get_model_admin(rows.model).has_view_permission(request):
                continue
            found = found or []
            if count := rows.count():
                name = rows.model._meta.label_lower.replace(".", "_")
                address = reverse(f"admin:{name}_changelist") + query
                found.append((words % {"count": count}, address))
        return found

    def autocomplete_view(self, request):
        return LabelView.as_view(admin_site=self)(request)


def is_absurd(name: str, value: str) -> bool:
    is_number = name not in TYPED and value.isdecimal()
    is_unasked = name.endswith(UNASKED)
    return "\0" in value or is_unasked or (is_number and len(value) > MOST_DIGITS)
