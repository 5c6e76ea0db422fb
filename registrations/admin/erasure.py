"""What staff see of erasing: what is due, by which rules, and what remains."""

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from registrations import due
from registrations.admin.verbs import ReadAdmin
from registrations.models import EditionFigures
from registrations.register import REGISTER

# In the words of staff; the keys are those of `registrations.due`.
RULES = {
    "request": _("somebody asked to be erased; a letter was under way"),
    "draft": _("drafts that nobody saved for 30 days"),
    "people": _("delegations with people, contacts and letters, 90 days after"),
    "answer": _("answers whose question says when"),
    "needs": _("diet and accessibility"),
    "visa": _("data for visa letters"),
    "link": _("personal links that have expired"),
    "session": _("sessions of staff that have expired"),
    "trace": _("lines of the admin's log about rows that are gone"),
    "throttle": _("counts of who asks too often, without an address"),
}


@admin.register(EditionFigures)
class EditionFiguresAdmin(ReadAdmin):
    """The counted figures of past conferences, and the way to what is due."""

    list_display = [
        "edition",
        "people",
        "german",
        "partner",
        "online",
        "delegations",
        "partnerships",
        "countries",
        "frozen_at",
    ]
    list_select_related = ["edition__series__region"]
    form_help = _(
        "Counted once, from the approved delegations, before their people were erased. "
        "Nothing changes these figures any more."
    )

    @property
    def list_help(self):
        words = gettext(
            "These figures were counted once, from the approved delegations, before "
            "their people were erased 90 days after the conference."
        )
        link = reverse("admin:registrations_editionfigures_erasure")
        return format_html('{} <a href="{}">{}</a>', words, link, TITLE)

    def has_change_permission(self, request, row=None):
        return False

    def get_urls(self):
        erasure = path(
            "erasure/",
            self.admin_site.admin_view(self.erasure_view),
            name="registrations_editionfigures_erasure",
        )
        return [erasure, *super().get_urls()]

    def erasure_view(self, request):
        """A dry run of the next night; looking at it erases nothing."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = due.due(timezone.now())
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": TITLE,
            "due": [(RULES[one.rule], one) for one in found],
            "register": register_in_words(),
        }
        return TemplateResponse(request, "admin/registrations/erasure.html", context)


TITLE = gettext_lazy("What is erased")
# A session is an item of the programme everywhere else.
OTHER_NAMES = {
    "sessions.Session": _("logged-in member of staff"),
    "otp_totp.TOTPDevice": _("authenticator app of an account"),
    "otp_static.StaticDevice": _("recovery codes of an account"),
    "otp_static.StaticToken": _("recovery code"),
}
# Packages that have no German name their fields in English.
OTHER_FIELDS = {
    "user": _("account"),
    "key": _("key"),
    "created_at": _("made at"),
    "last_used_at": _("last used at"),
    "device": _("recovery codes of an account"),
    "token": _("recovery code"),
}


def register_in_words() -> list[dict[str, str]]:
    """Every entry of the register as staff read it: whose fields, why, who, until."""
    found = []
    for entry in REGISTER:
        options = apps.get_model(entry.model)._meta
        model = OTHER_NAMES.get(entry.model, options.verbose_name)
        fields = [_name(options.get_field(name)) for name in entry.fields]
        found.append(
            {
                "model": capfirst(str(model)),
                "fields": ", ".join(fields),
                "purpose": gettext(entry.purpose),
                "readers": gettext(entry.readers.value),
                "rule": gettext(entry.rule.value),
            }
        )
    return found


def _name(field) -> str:
    if field.model._meta.app_label.startswith("otp_"):
        return str(OTHER_FIELDS[field.name])
    return str(getattr(field, "verbose_name", field.name))
