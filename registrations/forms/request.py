from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms import PageForm
from partnerships.plain_text import LinesField


class AdmissionForm(PageForm):
    """Asks the organiser to let a delegation come that breaks a rule."""

    text = LinesField(
        label=_("Why should your delegation come nevertheless?"),
        help_text=_("A few sentences are enough."),
        error_messages={"required": _("Please write why it should come.")},
    )


class ChangeForm(PageForm):
    """Asks the organiser to change something after the time for changes."""

    text = LinesField(
        label=_("What should be changed?"),
        help_text=_("Please name the people it is about."),
        error_messages={"required": _("Please write what should be changed.")},
    )


class WithdrawForm(PageForm):
    """Takes a delegation back, with a reason if one is given."""

    reason = LinesField(
        label=_("Reason"),
        required=False,
        most=1000,
        help_text=_("It helps the organiser to plan. Please write no names."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
