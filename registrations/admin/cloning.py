"""A conference as the pattern of the next one: what is taken over, and the button."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from conferences import cloning as of_conferences
from conferences.models import Edition
from registrations import cloning


def column(name: str, **limits) -> Any:
    """The field of a form for a column of a conference."""
    field: Any = Edition._meta.get_field(name)
    return field.formfield(**limits)


class NextForm(forms.Form):
    """What the next conference has of its own from the start."""

    number = column("number", min_value=1, max_value=999, required=True, help_text="")
    year = column("year", min_value=2000, max_value=2999)
    slug = column("slug")


class CloningAdmin(admin.ModelAdmin):
    """Adds the page that makes the next conference, to an admin of editions."""

    def get_urls(self):
        page = path(
            "<int:pk>/clone/",
            self.admin_site.admin_view(self.clone),
            name="registrations_editionquestions_clone",
        )
        return [page, *super().get_urls()]

    def clone(self, request, pk):
        if not request.user.has_perm("conferences.add_edition"):
            raise PermissionDenied
        edition = get_object_or_404(Edition.objects.with_series(), pk=pk)
        posted = request.POST if request.method == "POST" else None
        form = NextForm(posted, initial=of_conferences.suggestion(edition))
        if form.is_valid():
            try:
                new = cloning.clone(edition, **form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                return self.made(request, edition, new)
        context = {
            **self.admin_site.each_context(request),
            "opts": Edition._meta,
            "title": _("Pattern for the next conference"),
            "edition": edition,
            "form": form,
            "taken": labels(of_conferences.TAKEN_OVER),
            "left": labels(of_conferences.LEFT),
            "rows_taken": labels(
                (*of_conferences.ROWS_TAKEN_OVER, *cloning.ROWS_TAKEN_OVER)
            ),
            "rows_left": labels((*of_conferences.ROWS_LEFT, *cloning.ROWS_LEFT)),
        }
        return TemplateResponse(request, "admin/registrations/clone.html", context)

    def made(self, request, edition, new):
        words = _("Made after the pattern of %(edition)s.") % {"edition": edition}
        self.log_addition(request, new, str(words))
        message = _(
            "%(new)s is there, and hidden. Please go through its texts, then enter its "
            "days and the instants of its registration."
        ) % {"new": new}
        self.message_user(request, message, messages.SUCCESS)
        may_change = request.user.has_perm("conferences.change_edition")
        name = "admin:conferences_edition_change" if may_change else "admin:index"
        return HttpResponseRedirect(reverse(name, args=[new.pk] if may_change else []))


def labels(names) -> list[str]:
    """Of columns and of what hangs on an edition, as its forms and lists call them."""
    return [capfirst(label(Edition._meta.get_field(name))) for name in names]


def label(field) -> str:
    if not field.auto_created:
        return str(field.verbose_name)
    named = field.related_model._meta
    return str(named.verbose_name if field.one_to_one else named.verbose_name_plural)
