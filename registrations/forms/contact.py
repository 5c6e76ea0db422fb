from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partnerships.forms import KeyedForm, PageForm
from partnerships.plain_text import EmailField, LineField, PhoneField
from registrations.forms.page import language_choices

OF_A_SIDE = (
    "contact_name",
    "contact_email",
    "contact_phone",
    "organisation",
    "language",
)


def autocomplete(token: str) -> dict[str, str]:
    return {"autocomplete": token}


class ContactForm(PageForm):
    """Who writes for the German side."""

    MUNICIPALITY = "municipality"
    ORGANISATION = "organisation"

    contact_name = LineField(
        label=_("Your name"),
        widget=forms.TextInput(attrs=autocomplete("name")),
    )
    contact_email = EmailField(
        label=_("Your e-mail address"),
        help_text=_("We send the link to your registration there."),
        widget=forms.EmailInput(attrs=autocomplete("email")),
    )
    contact_phone = PhoneField(
        label=_("Your telephone number"),
        required=False,
        help_text=_("For questions that cannot wait. Example: +49 641 123456."),
        widget=forms.TextInput(attrs={"type": "tel", **autocomplete("tel")}),
    )
    writes_for = forms.ChoiceField(
        label=_("For whom do you write?"),
        error_messages={"required": _("Please choose for whom you write.")},
        help_text=_("An association or institution registers for its municipality."),
        choices=[
            (MUNICIPALITY, _("for the administration of a municipality")),
            (ORGANISATION, _("for an association or institution")),
        ],
        widget=forms.RadioSelect,
        initial=MUNICIPALITY,
    )
    organisation = LineField(
        label=_("Name of the association or institution"),
        required=False,
        help_text=_("Only if you do not write for the administration."),
        widget=forms.TextInput(attrs=autocomplete("organization")),
    )
    language = forms.ChoiceField(
        label=_("In which language shall we write to you?"),
        error_messages={"required": _("Please choose a language.")},
        choices=language_choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, side=None, **kwargs):
        super().__init__(*args, **kwargs)
        if side is None:
            self.initial.setdefault("language", get_language())
            return
        for name in OF_A_SIDE:
            self.initial[name] = getattr(side, name)
        if side.organisation:
            self.initial["writes_for"] = self.ORGANISATION

    def clean(self):
        super().clean()
        answers = self.cleaned_data
        if answers.get("writes_for") != self.ORGANISATION:
            answers["organisation"] = ""
        elif not answers.get("organisation") and "organisation" not in self.errors:
            self.add_error(
                "organisation",
                forms.ValidationError(
                    _("Please write the name of your association or institution."),
                    code="organisation",
                ),
            )
        return answers

    @property
    def contact(self) -> dict[str, str]:
        """The answers as fields of a side."""
        return {name: self.cleaned_data[name] for name in OF_A_SIDE}


class BeginForm(KeyedForm, ContactForm):
    """The first form: it makes the draft."""


class PartnerForm(PageForm):
    """The contact of the partner side, as the German side knows it."""

    contact_name = LineField(
        label=_("Name of the contact"),
        widget=forms.TextInput(attrs=autocomplete("off")),
    )
    contact_email = EmailField(
        label=_("E-mail address of the contact"),
        widget=forms.EmailInput(attrs=autocomplete("off")),
    )
    language = forms.ChoiceField(
        label=_("In which language shall we write to the contact?"),
        error_messages={"required": _("Please choose a language.")},
        choices=language_choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, side, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("contact_name", "contact_email", "language"):
            self.initial[name] = getattr(side, name)
        if not side.shows_address_to_other:
            self.initial["contact_email"] = ""
        if not side.contact_email:
            self.initial["language"] = None
