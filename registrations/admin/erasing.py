"""Staff erase a person or a whole side because somebody asked them to."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from registrations import forgetting
from registrations.forms.page import offer
from registrations.models import Refused, Side

NEEDED = ("registrations.change_side", "registrations.delete_participant")
WHOLE = "side"


class EraseForm(forms.Form):
    """Who asked; nobody is chosen beforehand."""

    who = forms.ChoiceField(label=_("Who is erased?"), widget=forms.RadioSelect)

    def __init__(self, side, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = [(str(person.pk), str(person)) for person in side.people]
        whole = _("the whole side: the contact and all its people")
        offer(self, "who", [*people, (WHOLE, whole)])


class ErasingAdmin(admin.ModelAdmin):
    """Adds the page to the admin of sides."""

    change_form_template = "admin/registrations/side/change_form.html"

    def get_urls(self):
        erase = path(
            "<int:side_id>/erase/",
            self.admin_site.admin_view(self.erase_view),
            name="registrations_side_erase",
        )
        return [erase, *super().get_urls()]

    def erase_view(self, request, side_id):
        if not request.user.has_perms(NEEDED):
            raise PermissionDenied
        sides = Side.objects.select_related("delegation__edition__series__region")
        side = sides.filter(pk=side_id).first()
        if side is None:
            raise Http404
        form = EraseForm(side, request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                return self.erased(request, side, form.cleaned_data["who"])
            except Refused as refusal:
                form.add_error(None, str(refusal))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "original": side,
            "title": _("Erase on request: %(side)s") % {"side": side},
            "form": form,
        }
        return TemplateResponse(request, "admin/registrations/erase.html", context)

    def erased(self, request, side, who):
        delegation_id = side.delegation_id
        if who == WHOLE:
            is_done = forgetting.erase_side(side, by=request.user)
        else:
            person = side.participants.get(pk=who)
            person.side = side
            is_done = forgetting.erase_person(person, by=request.user)
        if is_done:
            self.message_user(request, _("Erased."))
        else:
            waits = _("A letter is under way: it is erased in the coming night.")
            self.message_user(request, waits, messages.WARNING)
        if not type(side.delegation).objects.filter(pk=delegation_id).exists():
            return HttpResponseRedirect(
                reverse("admin:registrations_delegation_changelist")
            )
        address = "admin:registrations_delegation_change"
        return HttpResponseRedirect(reverse(address, args=[delegation_id]))

    def render_change_form(self, request, context, *args, **kwargs):
        context["can_erase"] = request.user.has_perms(NEEDED)
        return super().render_change_form(request, context, *args, **kwargs)
