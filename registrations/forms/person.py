"""What a person corrects on the own page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms import PageForm
from partnerships.plain_text import EmailField, LineField
from registrations.forms.contact import autocomplete
from registrations.forms.page import language_choices


class OwnDataForm(PageForm):
    """The own data of a person whom a side has entered."""

    given_names = LineField(
        label=_("Given names"),
        required=False,
        help_text=_("As in the passport."),
        widget=forms.TextInput(attrs=autocomplete("given-name")),
    )
    family_name = LineField(
        label=_("Family name"),
        help_text=_("If a person has only one name, it goes here."),
        widget=forms.TextInput(attrs=autocomplete("family-name")),
    )
    function = LineField(
        label=_("Function"),
        required=False,
        help_text=_("Such as mayor, coordinator, teacher."),
        widget=forms.TextInput(attrs=autocomplete("organization-title")),
    )
    email = EmailField(
        label=_("Your e-mail address"),
        help_text=_("With another address this link stops working: we send a new one."),
        widget=forms.EmailInput(attrs=autocomplete("email")),
    )
    language = forms.ChoiceField(
        label=_("In which language shall we write to you?"),
        error_messages={"required": _("Please choose a language.")},
        choices=language_choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.initial[name] = getattr(person, name)
