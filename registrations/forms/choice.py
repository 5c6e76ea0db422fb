"""The sessions of each slot, to choose a first and a second wish from."""

import hashlib

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations import choice
from registrations.forms.page import PageForm

FIRST, SECOND = "first", "second"
RANKS = {FIRST: 1, SECOND: 2}


class ChoiceForm(PageForm):
    """Two fields for each slot. `seen` tells apart the programmes it was made for."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, slots, wishes: dict[int, int], **kwargs):
        super().__init__(*args, **kwargs)
        self.slots = slots
        self.initial["seen"] = self.fingerprint
        labels = {
            FIRST: gettext_lazy("First wish"),
            SECOND: gettext_lazy("Second wish"),
        }
        for slot in slots:
            offered = [(str(item.pk), _in_a_list(item)) for item in slot.items]
            for name, label in labels.items():
                self.fields[f"{name}-{slot.key}"] = forms.ChoiceField(
                    label=label,
                    required=False,
                    choices=[("", gettext_lazy("no wish")), *offered],
                )
        for name, rank in RANKS.items():
            for slot in slots:
                wished = [i.pk for i in slot.items if wishes.get(i.pk) == rank]
                self.initial[f"{name}-{slot.key}"] = wished[0] if wished else ""

    @property
    def fingerprint(self) -> str:
        offered = [sorted(item.pk for item in slot.items) for slot in self.slots]
        return hashlib.sha256(repr(offered).encode()).hexdigest()[:16]

    @property
    def helper(self):
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = Layout(
            "seen",
            *(
                Fieldset(choice.when(slot), *(f"{n}-{slot.key}" for n in RANKS))
                for slot in self.slots
            ),
        )
        return helper

    def clean(self):
        answers = super().clean() or {}
        if answers.get("seen") != self.fingerprint:
            self.data = {**dict(self.data.items()), "seen": self.fingerprint}
            raise forms.ValidationError(
                _("The programme was changed meanwhile. Please choose once more."),
                code="changed",
            )
        for slot in self.slots:
            first = answers.get(f"{FIRST}-{slot.key}")
            second = answers.get(f"{SECOND}-{slot.key}")
            if second and not first and f"{FIRST}-{slot.key}" not in self.errors:
                self.add_error(f"{FIRST}-{slot.key}", _error("first"))
            elif second and second == first:
                self.add_error(f"{SECOND}-{slot.key}", _error("same"))
        return answers

    @property
    def wishes(self) -> dict[int, int]:
        """What was chosen: the rank of each session."""
        return {
            int(chosen): rank
            for name, rank in RANKS.items()
            for slot in self.slots
            if (chosen := self.cleaned_data[f"{name}-{slot.key}"])
        }


def _error(code: str) -> forms.ValidationError:
    messages = {
        "first": _("Please choose a first wish as well."),
        "same": _("Please choose another session than the first wish."),
    }
    return forms.ValidationError(messages[code], code=code)


def _in_a_list(item) -> str:
    """The title; times too, since sessions of one slot may differ in them."""
    words = [choice.title_of(item), f"{item.begins}–{item.ends}"]
    return ", ".join([*words, *([item.spoken] if item.spoken else [])])
