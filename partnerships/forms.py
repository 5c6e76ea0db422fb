"""The forms of our pages: what all have in common, and the one of this app."""

import re
import secrets

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.plain_text import AddressField, EmailField, LineField, LinesField

FORM_KEY = re.compile(r"[A-Za-z0-9_-]{32,40}")


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


class KeyedForm(PageForm):
    """A form whose random key lets it, sent twice, make one row only."""

    form_key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["form_key"] = secrets.token_urlsafe(24)
        self.lost_its_key = self.is_bound and not FORM_KEY.fullmatch(
            self.data.get("form_key", "")
        )
        if self.lost_its_key:
            self.data = {
                **dict(self.data.items()),
                "form_key": self.initial["form_key"],
            }

    def clean(self):
        if self.lost_its_key:
            self.add_error(None, once_more())
        return super().clean()


class CorrectionForm(KeyedForm):
    """Says what is wrong about a partnership or a municipality, and who says so."""

    text = LinesField(
        label=gettext_lazy("What is wrong, and what is right?"),
        most=2000,
        error_messages={
            "required": gettext_lazy("Please write what is wrong, and what is right.")
        },
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    source = AddressField(
        label=gettext_lazy("Where can we read that?"),
        required=False,
        help_text=gettext_lazy("The address of a page on the internet."),
    )
    name = LineField(
        label=gettext_lazy("Your name"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    organisation = LineField(
        label=gettext_lazy("Your municipality or organisation"),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("Only in case we have a question about it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
