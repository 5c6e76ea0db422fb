from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships import spelling
from partnerships.forms import PageForm
from partnerships.plain_text import LineField, LinesField
from partnerships.templatetags.content import shown
from registrations import questions
from registrations.models import Question

Type = Question.Type
OFF = {"autocomplete": "off"}
SHORT = {"class": "kern-form-input__input--short", **OFF}
MOST_NUMBER = 1_000_000
# One sees the year by its four digits, and the day stands first: no order is guessed.
DAY_FORMATS = ["%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"]
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


class DayField(forms.DateField):
    """A day as people write it; the browser's own calendar would lose a wrong one."""

    INVALID = gettext_lazy(
        "Please write the day as day.month.year, such as 08.09.2027."
    )

    def __init__(self, *, error_messages, **kwargs):
        super().__init__(
            input_formats=DAY_FORMATS,
            widget=forms.DateInput(format="%d.%m.%Y", attrs=SHORT),
            error_messages={"invalid": self.INVALID, **error_messages},
            **kwargs,
        )

    def clean(self, value):
        found = super().clean(value)
        if found and not EARLIEST <= found <= LATEST:
            raise forms.ValidationError(self.INVALID, code="invalid")
        return found


class QuestionsForm(PageForm):
    """The questions of one page, each a field; what does not apply is not asked."""

    def __init__(self, *args, asks, takes_parts=False, **kwargs):
        """`asks`: given typed answers, the items of the page, in their order.

        `takes_parts`: what must be answered may also be answered later.
        """
        super().__init__(*args, **kwargs)
        self.asks, self.takes_parts = asks, takes_parts
        for item in asks({}):
            if item.question.retired_at is None and self._may_apply(item):
                self._add(item)

    def _may_apply(self, item: questions.Item) -> bool:
        """It applies now, or an answer on this very page can make it apply."""
        return item.applies or self._depends(item)

    def _depends(self, item: questions.Item) -> bool:
        return name_of(item.depends_on) in self.fields

    def _add(self, item: questions.Item) -> None:
        name, depends = name_of(item.question), self._depends(item)
        field = field_for(
            item, item.is_required and not depends and not self.takes_parts
        )
        field.help_text = hint(item, depends=depends)
        field.widget.is_required = item.is_required
        self.fields[name] = field
        if item.answer is not None:
            value = item.answer.value
            is_day = item.question.type == Type.DATE
            self.initial[name] = date.fromisoformat(value) if is_day else value

    def clean(self):
        """Who answers a question that others depend on is asked those as well."""
        super().clean()
        for item in self.asks(self._typed()):
            name = name_of(item.question)
            if name not in self.fields:
                continue
            if not item.applies:
                self.errors.pop(name, None)
            elif item.is_required and self._is_empty(name) and not self.takes_parts:
                self.add_error(name, missing(item.question))
        return self.cleaned_data

    def _is_empty(self, name) -> bool:
        return name not in self.errors and self.cleaned_data.get(name) in (
            None,
            "",
            [],
        )

    def _typed(self) -> questions.Values:
        found: questions.Values = {}
        for item in self.asks({}):
            name = name_of(item.question)
            if name in self.fields:
                value: Any = self.cleaned_data.get(name)
                is_day = isinstance(value, date)
                found[item.question.pk] = value.isoformat() if is_day else value
        return found

    @property
    def answers(self) -> questions.Values:
        """By question, as they are kept; None or empty: no answer."""
        return self._typed()


class PreviewForm(QuestionsForm):
    """All questions of a page, each with its condition in words; nothing is sent."""

    def _depends(self, item):
        return item.depends_on is not None


def name_of(question: Question | None) -> str:
    return f"q-{question.key}" if question else ""


def missing(question: Question) -> forms.ValidationError:
    sentence = format_html(
        _("Please answer “{question}”."), question=shown(question, "label")
    )
    return forms.ValidationError(sentence, code="required")


def hint(item: questions.Item, *, depends: bool) -> SafeString:
    """The hint of staff, and when the question is meant, where the page decides it."""
    parts = [shown(item.question, "help")] if item.question.help else []
    if item.question.type == Type.DATE:
        parts.append(_("Day.month.year, such as 08.09.2027."))
    if depends and item.depends_on:
        labels = labels_of(item.depends_on)
        values = [labels[one] for one in item.question.condition_values]
        parts.append(
            format_html(
                _("Only if you answer “{question}” with: {answers}."),
                question=shown(item.depends_on, "label"),
                answers=format_html_join(" / ", "{}", ((one,) for one in values)),
            )
        )
    return format_html_join(" ", "{}", ((part,) for part in parts))


def labels_of(question: Question) -> dict[str, SafeString | str]:
    if question.type == Type.YES_NO:
        return {key: str(label) for key, label in questions.YES_NO}
    return {option.key: shown(option, "label") for option in question.options.all()}


def field_for(item: questions.Item, is_required: bool) -> forms.Field:
    """A fresh field for the kind of answer that a question wants."""
    question = item.question
    common = {
        "label": shown(question, "label"),
        "required": is_required,
        "error_messages": {
            "required": missing(question).message,
            "invalid_choice": gettext_lazy("Please choose one of the answers."),
        },
    }
    if question.may_decide:
        return _choice(item, common)
    if question.type == Type.LONG_TEXT:
        return LinesField(**common, widget=forms.Textarea(attrs={"rows": 4}))
    if question.type == Type.NUMBER:
        return _number(common)
    if question.type == Type.DATE:
        return DayField(**common)
    if question.type == Type.COUNTRY:
        return _country(question, common)
    return LineField(**common, widget=forms.TextInput(attrs=OFF))


def _choice(item: questions.Item, common) -> forms.Field:
    """The answers that are offered, and those that were chosen while they were."""
    question = item.question
    before = item.answer.value if item.answer else []
    withdrawn = {
        option.key
        for option in (question.options.all() if question.has_options else ())
        if not option.is_offered and option.key not in before
    }
    choices = [
        (key, label)
        for key, label in labels_of(question).items()
        if key not in withdrawn
    ]
    if question.type == Type.SEVERAL_OF:
        return forms.MultipleChoiceField(
            **common, choices=choices, widget=forms.CheckboxSelectMultiple
        )
    if not item.is_required:
        choices.append(("", _("no answer")))
    return forms.ChoiceField(**common, choices=choices, widget=forms.RadioSelect)


def _number(common) -> forms.Field:
    common["error_messages"] |= {
        "invalid": gettext_lazy("Please write a whole number, such as 3."),
        "min_value": gettext_lazy("Please write a whole number, such as 3."),
        "max_value": gettext_lazy("Please write a smaller number."),
    }
    return forms.IntegerField(
        **common,
        min_value=0,
        max_value=MOST_NUMBER,
        widget=forms.TextInput(attrs={"inputmode": "numeric", **SHORT}),
    )


def _country(question, common) -> forms.Field:
    countries = sorted(
        question.countries.values(), key=lambda one: spelling.fold(one.name)
    )
    choices = [
        ("", _("Please choose")),
        *((one.iso2, one.name) for one in countries),
        (questions.OTHER_COUNTRY, _("another country")),
    ]
    return forms.ChoiceField(**common, choices=choices)
