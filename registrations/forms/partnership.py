from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms import PageForm
from partnerships.models import Partnership
from registrations import towns
from registrations.forms.page import offer

OTHER = "other"
NONE = "none"


class PartnershipForm(PageForm):
    """A known partnership of the municipality, another one, or none yet."""

    partnership = forms.ChoiceField(
        label=_("With which partner will you come?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose one of the answers."),
            "invalid_choice": _("Please choose one of the answers."),
        },
    )

    def __init__(self, *args, delegation, **kwargs):
        super().__init__(*args, **kwargs)
        known = towns.known_partnerships(
            delegation.german_municipality, delegation.partnership_id
        )
        self.known = {str(one.pk): one for one in known}
        partners = {key: one.partner for key, one in self.known.items()}
        choices = [
            *((key, f"{town} ({town.country})") for key, town in partners.items()),
            (OTHER, _("another partnership")),
            (NONE, _("We have no partnership yet")),
        ]
        offer(self, "partnership", choices)
        if delegation.partnership_id:
            self.initial["partnership"] = delegation.partnership_id
        elif delegation.kind == delegation.Kind.MUNICIPALITY:
            self.initial["partnership"] = NONE

    @property
    def is_other(self):
        return self.cleaned_data["partnership"] == OTHER

    @property
    def is_none(self):
        return self.cleaned_data["partnership"] == NONE

    @property
    def chosen(self) -> Partnership:
        return self.known[self.cleaned_data["partnership"]]
