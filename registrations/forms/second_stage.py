"""What is asked of one person after the approval: each page of its own."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.forms import PageForm
from partnerships.plain_text import LineField, LinesField
from registrations.forms.questions import DayField
from registrations.models import Consent

OFF = {"autocomplete": "off"}


class NeedsForm(PageForm):
    """Diet and accessibility, both voluntary, kept only with consent."""

    diet = LineField(
        label=gettext_lazy("Diet and allergies"),
        required=False,
        help_text=gettext_lazy("Such as vegetarian, vegan, halal, or no nuts."),
        widget=forms.TextInput(attrs=OFF),
    )
    accessibility = LinesField(
        label=gettext_lazy("What does this person need to take part?"),
        required=False,
        most=1000,
        help_text=gettext_lazy(
            "Such as a place for a wheelchair, sign language, or large print."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    agrees = forms.BooleanField(
        label=gettext_lazy(
            "This person agrees that the organiser uses these answers to prepare the "
            "conference."
        ),
        required=False,
        help_text=gettext_lazy(
            "They may say something about health or belief: without consent we must "
            "not keep them."
        ),
    )

    def __init__(self, *args, stage, saved, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("diet", "accessibility"):
            if not getattr(stage, f"asks_{name}"):
                del self.fields[name]
            elif saved:
                self.initial[name] = saved[name]
        self.initial["agrees"] = bool(saved and saved["agreed_at"])

    def clean(self):
        super().clean()
        answers = self.cleaned_data
        if any(self.texts.values()) and not answers.get("agrees"):
            self.add_error(
                "agrees",
                forms.ValidationError(
                    _("Please tick this, or leave the answers above empty."),
                    code="agrees",
                ),
            )
        return answers

    @property
    def texts(self) -> dict[str, str]:
        return {
            name: self.cleaned_data.get(name) or ""
            for name in ("diet", "accessibility")
        }


class VisaForm(PageForm):
    """What the letter for a visa needs, and only if one is needed."""

    YES, NO = "yes", "no"
    ALWAYS = ("passport_name", "issuing_country")

    needs_letter = forms.ChoiceField(
        label=gettext_lazy("Does this person need a letter for a visa?"),
        choices=[(YES, gettext_lazy("yes")), (NO, gettext_lazy("no"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose yes or no.")},
    )
    passport_name = LineField(
        label=gettext_lazy("Full name, as in the passport"),
        required=False,
        help_text=gettext_lazy("Only if a letter is needed."),
        widget=forms.TextInput(attrs=OFF),
    )
    issuing_country = LineField(
        label=gettext_lazy("Country that issued the passport"),
        required=False,
        help_text=gettext_lazy("Only if a letter is needed."),
        widget=forms.TextInput(attrs=OFF),
    )
    birth_date = DayField(
        label=gettext_lazy("Date of birth"),
        required=False,
        error_messages={},
        help_text=gettext_lazy(
            "Only if a letter is needed. Day.month.year, such as 08.09.2027."
        ),
    )
    passport_number = LineField(
        label=gettext_lazy("Number of the passport"),
        required=False,
        most=40,
        help_text=gettext_lazy("Only if a letter is needed."),
        widget=forms.TextInput(attrs=OFF),
    )

    MISSING = {
        "passport_name": gettext_lazy("Please write the name as in the passport."),
        "issuing_country": gettext_lazy("Please write the country of the passport."),
        "birth_date": gettext_lazy("Please write the date of birth."),
        "passport_number": gettext_lazy("Please write the number of the passport."),
    }

    def __init__(self, *args, stage, saved, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("birth_date", "passport_number"):
            if not getattr(stage, f"asks_{name}"):
                del self.fields[name]
        for name in self.asked:
            self.fields[name].widget.is_required = True  # where a letter is needed
        if saved:
            self.initial = {name: saved[name] for name in self.asked}
            if born := saved.get("birth_date"):
                self.initial["birth_date"] = date.fromisoformat(born)
            self.initial["needs_letter"] = (
                self.YES if saved["needs_letter"] else self.NO
            )

    @property
    def asked(self) -> list[str]:
        return [name for name in self.fields if name != "needs_letter"]

    def clean(self):
        super().clean()
        answers = self.cleaned_data
        if answers.get("needs_letter") != self.YES:
            for name in self.asked:
                self.errors.pop(name, None)
            return answers
        for name in self.asked:
            if name not in self.errors and not answers.get(name):
                message = forms.ValidationError(self.MISSING[name], code="missing")
                self.add_error(name, message)
        return answers

    @property
    def needs_one(self) -> bool:
        return self.cleaned_data["needs_letter"] == self.YES

    @property
    def texts(self) -> dict[str, str]:
        found = {name: self.cleaned_data.get(name) or "" for name in self.asked}
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in found.items()
        }


class ConsentsForm(PageForm):
    """Two consents, separate, voluntary, and off until somebody ticks them."""

    photos = forms.BooleanField(
        label=gettext_lazy("Photos and films of this person may be published."),
        required=False,
        help_text=gettext_lazy(
            "On this site and in publications about the conference."
        ),
    )
    list = forms.BooleanField(
        label=gettext_lazy(
            "Name, function and organisation may stand in the list of participants."
        ),
        required=False,
        help_text=gettext_lazy("All participants of the conference get this list."),
    )

    def __init__(self, *args, stage, saved, **kwargs):
        super().__init__(*args, **kwargs)
        for what in Consent.What:
            if not getattr(stage, f"asks_{what}"):
                del self.fields[what]
            else:
                self.initial[what] = what in saved

    @property
    def given(self) -> dict[str, str]:
        """What holds, in the words that were ticked."""
        return {
            name: f"{field.label} {field.help_text}"
            for name, field in self.fields.items()
            if self.cleaned_data[name]
        }
