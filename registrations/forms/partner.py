"""What the partner answers itself, and what both sides hand over."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms import PageForm
from partnerships.plain_text import EmailField, LineField, LinesField, PhoneField
from registrations.forms.contact import autocomplete
from registrations.forms.page import language_choices
from registrations.forms.people import NumbersForm, number_field


class PartnerContactForm(PageForm):
    """Who writes for the partner side, corrected by the partner itself."""

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
        help_text=_("For questions that cannot wait, with the code of your country."),
        widget=forms.TextInput(attrs={"type": "tel", **autocomplete("tel")}),
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

    def __init__(self, *args, side, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.initial[name] = getattr(side, name)

    @property
    def contact(self) -> dict[str, str]:
        """The answers as fields of a side."""
        return {name: self.cleaned_data[name] for name in self.fields}


class OwnNumberForm(NumbersForm):
    """How many people come from the partner side, as it says itself."""

    german = None  # type: ignore[assignment]  # takes the field out
    german_online = None  # type: ignore[assignment]  # takes the field out
    partner = number_field(_("How many people will come from your side?"), 1)


class NotComingForm(PageForm):
    """Nobody comes from the partner side, with a reason if one is given."""

    reason = LinesField(
        label=_("Reason"),
        required=False,
        most=1000,
        help_text=_("Your partner and the organiser read it. Please write no names."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HandOverForm(PageForm):
    """The colleague who writes for a side from now on."""

    contact_name = LineField(
        label=_("Name of your colleague"),
        widget=forms.TextInput(attrs=autocomplete("off")),
    )
    contact_email = EmailField(
        label=_("E-mail address of your colleague"),
        widget=forms.EmailInput(attrs=autocomplete("off")),
    )
    language = forms.ChoiceField(
        label=_("In which language shall we write to your colleague?"),
        error_messages={"required": _("Please choose a language.")},
        choices=language_choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, side, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["language"] = side.language
