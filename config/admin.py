from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.utils.translation import gettext_lazy as _


class LabelView(AutocompleteJsonView):
    """Offers rows by their label: names of municipalities repeat."""

    def serialize_result(self, obj, to_field_name):
        found = super().serialize_result(obj, to_field_name)
        return {**found, "text": getattr(obj, "label", found["text"])}


class StaffSite(admin.AdminSite):
    site_title = site_header = _("Partnership Conferences")
    index_title = _("What do you want to do?")

    def autocomplete_view(self, request):
        return LabelView.as_view(admin_site=self)(request)
