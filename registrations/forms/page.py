from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _


class PageForm(forms.Form):
    """A form on one of our pages; its tag and its button stand in the template.

    Empty fields are named by us, in the reader's language, not by the browser.
    """

    use_required_attribute = False

    @property
    def helper(self):
        helper = FormHelper()
        helper.form_tag = False
        return helper

    def ask_once_more(self) -> None:
        """What was sent stays in the fields, and is not taken over."""
        self.full_clean()
        self.add_error(None, once_more())


def once_more() -> forms.ValidationError:
    return forms.ValidationError(
        _(
            "Nothing was saved, because this page was open for a long time. Everything "
            "you wrote is still here: please press the button once more."
        ),
        code="outdated",
    )


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
