from django import forms
from django.conf import settings
from django.utils.translation import get_language_info

from partnerships.forms import PageForm


class ConfirmForm(PageForm):
    """A question that is answered by its button."""


def offer(form: forms.Form, name: str, choices: list) -> None:
    """Set the choices of a field that depend on the delegation."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is no field of choices")
    field.choices = choices


def language_choices() -> list[tuple[str, str]]:
    """The languages of the site, each by its own name."""
    return [
        (code, get_language_info(code)["name_local"].capitalize())
        for code, _name in settings.LANGUAGES
    ]
