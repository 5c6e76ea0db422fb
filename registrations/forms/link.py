from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms import PageForm
from partnerships.plain_text import EmailField, LineField


class LinkForm(PageForm):
    """Asks for the personal link again."""

    email = EmailField(
        label=_("Your e-mail address"),
        help_text=_("The one you wrote in your registration."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    reference = LineField(
        label=_("Reference"),
        required=False,
        most=20,
        help_text=_("Such as AFR28-7K3Q, if you have it at hand."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
