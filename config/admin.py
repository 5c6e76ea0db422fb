import functools

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import BadRequest
from django.utils.translation import gettext_lazy as _


class LabelView(AutocompleteJsonView):
    """Offers rows by their label: names of municipalities repeat."""

    def serialize_result(self, obj, to_field_name):
        found = super().serialize_result(obj, to_field_name)
        return {**found, "text": getattr(obj, "label", found["text"])}


# What staff search for is text; all other numbers of an address are keys and years.
TYPED = {"q", "term"}
MOST_DIGITS = 9


class StaffSite(admin.AdminSite):
    site_title = site_header = _("Partnership Conferences")
    index_title = _("What do you want to do?")

    def admin_view(self, view, cacheable=False):
        """Refuses queries that no page makes and that a database cannot compare."""

        @functools.wraps(view)
        def checked(request, *args, **kwargs):
            for name, values in request.GET.lists():
                if any(is_absurd(name, value) for value in values):
                    raise BadRequest(name)
            return view(request, *args, **kwargs)

        return super().admin_view(checked, cacheable)

    def autocomplete_view(self, request):
        return LabelView.as_view(admin_site=self)(request)


def is_absurd(name: str, value: str) -> bool:
    is_number = name not in TYPED and value.isdecimal()
    return "\0" in value or (is_number and len(value) > MOST_DIGITS)
