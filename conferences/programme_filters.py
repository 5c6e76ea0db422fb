"""What a programme can be narrowed down to."""

from collections.abc import Callable
from datetime import date
from typing import cast

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences.models import Session
from conferences.programme import Item
from partnerships import dates

# The words of the query, and what a session has of each.
VALUES: dict[str, Callable[[Item], list[str]]] = {
    "day": lambda item: [item.day.isoformat()],
    "kind": lambda item: [item.kind],
    "language": lambda item: item.understood,
    "goal": lambda item: [str(number) for number in item.goals],
}


class FilterForm(forms.Form):
    """Never bound: what is not among the choices counts as not chosen."""

    use_required_attribute = False

    day = forms.ChoiceField(label=gettext_lazy("Day"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    goal = forms.ChoiceField(label=gettext_lazy("Goal"))


class Filters:
    """What a visitor chose from a query string that may hold anything."""

    def __init__(self, items: list[Item], query: QueryDict, goals):
        self.items = items
        found = {
            name: {value for item in items for value in values(item)}
            for name, values in VALUES.items()
        }
        labels: dict[str, dict] = {
            "day": {day: _in_words(day) for day in sorted(found["day"])},
            "kind": {key: capfirst(label) for key, label in Session.Kind.choices},
            "language": dict(settings.LANGUAGES),
            "goal": {str(goal.number): str(goal) for goal in goals},
        }
        self.choices = {
            name: [(key, label) for key, label in of_all.items() if key in found[name]]
            for name, of_all in labels.items()
        }
        self.chosen: dict[str, str] = {
            name: str(query[name])
            for name, choices in self.choices.items()
            if query.get(name) in dict(choices)
        }

    def rows(self) -> list[Item]:
        return [
            item
            for item in self.items
            if all(value in VALUES[name](item) for name, value in self.chosen.items())
        ]

    @property
    def form(self) -> FilterForm:
        """One field for each filter that has something to choose between."""
        form = FilterForm(initial=self.chosen)
        for name, choices in self.choices.items():
            if len(choices) < 2:
                del form.fields[name]
            else:
                field = cast(forms.ChoiceField, form.fields[name])
                field.choices = [("", _("All")), *choices]
        return form

    @property
    def query(self) -> str:
        """All that was chosen, for links that keep it."""
        query = QueryDict(mutable=True)
        query.update(self.chosen)
        return query.urlencode()


def _in_words(day: str) -> str:
    return dates.weekday(date.fromisoformat(day))
