from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registrations.admin.erasing import ErasingAdmin
from registrations.admin.verbs import RefusalForm, VerbAdmin
from registrations.models import Participant, Side

CONTACT = [
    "contact_name",
    "contact_email",
    "contact_phone",
    "organisation",
    "language",
]


class SideForm(RefusalForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("contact_name", "contact_email"):
            if name in self.fields:
                self.fields[name].required = self.instance.is_german


class ParticipantInline(admin.StackedInline):
    model = Participant
    extra = 0
    fields = [
        ("given_names", "family_name"),
        ("organisation", "organisation_kind"),
        ("function", "role"),
        ("email", "language"),
    ]


@admin.register(Side)
class SideAdmin(ErasingAdmin, VerbAdmin):
    """One side of a delegation; reached from the delegation's page."""

    form = SideForm
    list_display = ["__str__", "planned", "held"]
    list_select_related = ["delegation"]
    fieldsets = [
        (
            _("Contact"),
            {
                "description": _(
                    "With a new e-mail address the old links die; a letter with a new "
                    "one goes there. It counts as confirmed by you."
                ),
                "fields": tuple(CONTACT),
            },
        ),
        (
            _("People"),
            {
                "description": _(
                    "More people than places are held take free places at once, or it "
                    "is refused. Taking a person out lowers the number; to replace "
                    "one, overwrite the name."
                ),
                "fields": [
                    ("planned", "online", "held"),
                    "confirmed_at",
                    "invited_at",
                    "answer",
                ],
            },
        ),
    ]
    readonly_fields = ["held", "confirmed_at", "invited_at", "answer"]
    inlines = [ParticipantInline]
    form_help = _("What you save here happens at once and stands in the history.")

    def get_queryset(self, request):
        sides = super().get_queryset(request)
        return sides.select_related("delegation__edition__series__region")

    def has_module_permission(self, request):
        return False

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, side=None):
        return False

    def save_model(self, request, side, form, change):
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        contact = {name: changed[name] for name in CONTACT if name in changed}
        if contact:
            side.change_contact(by=request.user, **contact)
        if "planned" in changed:
            request.asks = "planned"
            side.change_planned(changed["planned"], by=request.user)
        if "online" in changed:
            online = {side.which: changed["online"]}
            side.delegation.change_numbers({}, online=online, by=request.user)

    def save_formset(self, request, form, formset, change):
        """People by name are changed by the verbs, one after the other."""
        side = form.instance
        request.asks = None
        formset.save(commit=False)
        for person in formset.deleted_objects:
            side.take_out(person, by=request.user)
        changed = [person for person, _fields in formset.changed_objects]
        for person in [*changed, *formset.new_objects]:
            side.save_person(person, by=request.user)

    def construct_change_message(self, request, form, formsets, add=False):
        """Without the names of people, which the log would keep for ever."""
        return super().construct_change_message(request, form, [], add)

    def response_post_save_change(self, request, side):
        address = "admin:registrations_delegation_change"
        return HttpResponseRedirect(reverse(address, args=[side.delegation_id]))
