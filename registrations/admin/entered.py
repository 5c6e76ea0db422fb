from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conferences.models import Host
from partnerships.admin import (
    FoldedSearch,
    LabelField,
    MunicipalityNameInline,
    NamedValuesFilter,
)
from partnerships.chooser import Chooser
from partnerships.models import Municipality
from registrations import merging
from registrations.admin.decisions import KEY
from registrations.models import EnteredMunicipality, Refused


class MergeForm(forms.Form):
    into = LabelField(
        Municipality.objects.select_related("country"),
        label=_("Municipality that remains"),
        widget=AutocompleteSelect(Host._meta.get_field("municipality"), admin.site),
    )


@admin.register(EnteredMunicipality)
class EnteredMunicipalityAdmin(Chooser, FoldedSearch):
    list_display = ["name", "kind", "kreis", "land", "country", "who_entered"]
    list_filter = [
        ("country", admin.RelatedOnlyFieldListFilter),
        ("land", NamedValuesFilter),
    ]
    list_select_related = ["country"]
    search_fields = ["name"]
    fieldsets = [
        (None, {"fields": ["country", "name", "kind", "land", "kreis"]}),
        (_("Key and position"), {"fields": ["ags", "lat", "lon"]}),
        (_("For staff"), {"fields": ["note"]}),
    ]
    autocomplete_fields = ["country"]
    view_on_site = False  # the public page comes with the check
    inlines = [MunicipalityNameInline]
    actions = ["mark_checked"]
    list_help = _(
        "What visitors entered because they did not find it. Check each: correct it "
        "and mark it as checked, or merge it into the one that it means."
    )
    form_help = _(
        "Is it listed under another spelling? Then merge it. Otherwise complete it "
        "and mark it as checked in the list."
    )

    def get_queryset(self, request):
        delegations = "delegations", "partnerships_as_partner__delegations"
        return EnteredMunicipality.objects.unchecked().prefetch_related(*delegations)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, municipality=None):
        return False

    @admin.display(description=_("delegations"))
    def who_entered(self, municipality):
        found = set(municipality.delegations.all())
        for partnership in municipality.partnerships_as_partner.all():
            found |= set(partnership.delegations.all())
        return ", ".join(sorted(delegation.reference for delegation in found))

    @admin.action(description=_("Mark as checked"), permissions=["change"])
    def mark_checked(self, request, queryset):
        count = queryset.mark_checked()
        message = ngettext(
            "%(count)d municipality is checked.",
            "%(count)d municipalities are checked.",
            count,
        )
        self.message_user(request, message % {"count": count})

    def get_urls(self):
        merge = path(
            "<int:key>/merge/",
            self.admin_site.admin_view(self.merge),
            name="registrations_enteredmunicipality_merge",
        )
        return [merge, *super().get_urls()]

    def merge(self, request, key):
        """Choose the municipality that remains; all that hangs on this one moves."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        municipality = self.get_queryset(request).filter(pk=key).first()
        if municipality is None:
            raise Http404
        into = request.POST.get("into") or request.GET.get("into", "")
        chosen = {"into": into} if KEY.fullmatch(into) else {}
        form = MergeForm(chosen if request.method == "POST" else None, initial=chosen)
        if form.is_valid():
            into = form.cleaned_data["into"]
            try:
                merging.merge(municipality, into, by=request.user)
            except Refused as refusal:
                form.add_error("into", str(refusal))
            else:
                return self.merged(request, municipality, into)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": _("Merge a municipality"),
            "municipality": municipality,
            "alike": self.alike(municipality),
            "form": form,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/registrations/merge.html", context)

    def alike(self, municipality):
        """Others of that name, each of which may be the one that is meant."""
        others = Municipality.objects.found(municipality.name)
        return others.select_related("country").exclude(pk=municipality.pk)[:10]

    def merged(self, request, municipality, into):
        words = {"name": municipality.name, "into": into}
        message = _("%(name)s is now another spelling of %(into)s.") % words
        self.log_change(request, into, message)
        self.message_user(request, message, messages.SUCCESS)
        address = "admin:registrations_enteredmunicipality_changelist"
        return HttpResponseRedirect(reverse(address))
