"""What the list of partnerships can be narrowed down to, and by what it is."""

from dataclasses import dataclass
from itertools import groupby
from typing import cast

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from partnerships import plain_text, spelling
from partnerships.models import Country, Goal, Partnership
from partnerships.remembered import remember

LOOKUPS = {
    "region": "partner__country__region__code",
    "country": "partner__country__iso2",
    "land": "german__land",
    "goal": "goals__number",
}


@dataclass(frozen=True)
class Chip:
    """Something that was chosen, and the query that leaves it out."""

    label: str
    query: str


class FilterForm(forms.Form):
    """Never bound: what is not among the choices counts as not chosen."""

    use_required_attribute = False

    q = forms.CharField(
        label=gettext_lazy("Municipality"),
        widget=forms.TextInput(
            attrs={"type": "search", "maxlength": plain_text.LONGEST_QUERY}
        ),
    )
    region = forms.ChoiceField(label=gettext_lazy("World region"))
    country = forms.ChoiceField(label=gettext_lazy("Partner country"))
    land = forms.ChoiceField(label=gettext_lazy("German federal state"))
    goal = forms.ChoiceField(label=gettext_lazy("Goal"))


class Filters:
    """What a visitor chose from a query string that may hold anything."""

    def __init__(self, query: QueryDict):
        self.choices = choices()
        self.labels = {name: dict(_flat(self.choices[name])) for name in LOOKUPS}
        self.chosen = {"q": plain_text.as_query(query.get("q", ""))}
        for name in LOOKUPS:
            value = query.get(name, "")
            self.chosen[name] = value if value in self.labels[name] else ""
        self.is_map = query.get("view") == "map"

    def rows(self):
        rows = Partnership.objects.published()
        if self.chosen["q"]:
            rows = rows.found(self.chosen["q"])
        for name, lookup in LOOKUPS.items():
            if self.chosen[name]:
                rows = rows.filter(**{lookup: self.chosen[name]})
        return rows

    @property
    def form(self) -> FilterForm:
        form = FilterForm(initial=self.chosen)
        for name, choices in self.choices.items():
            field = cast(forms.ChoiceField, form.fields[name])
            field.choices = [("", _("All")), *choices]
        if not self.choices["goal"]:
            del form.fields["goal"]
        return form

    @property
    def chips(self) -> list[Chip]:
        return [
            Chip(
                self.labels[name][value]
                if name in LOOKUPS
                else _("“%(text)s”") % {"text": value},
                self._query(without=name),
            )
            for name, value in self.chosen.items()
            if value
        ]

    @property
    def query(self) -> str:
        """All that was chosen, for the links to the other pages of the list."""
        return self._query()

    @property
    def list_query(self) -> str:
        return self._query(view="")

    @property
    def map_query(self) -> str:
        return self._query(view="map")

    def address(self, country: Country) -> str:
        """Where a country of the result leads: to those of its rows that were found.

        Its own page holds them all, so it serves unless something else was chosen.
        """
        if self.chosen["q"] or self.chosen["land"] or self.chosen["goal"]:
            query = self._query(country=country.iso2, view="")
            return f"{reverse('partnerships:list')}?{query}"
        return country.get_absolute_url()

    def _query(self, without: str = "", **others: str) -> str:
        chosen = {**self.chosen, "view": "map" if self.is_map else "", **others}
        query = QueryDict(mutable=True)
        query.update(
            {name: text for name, text in chosen.items() if text and name != without}
        )
        return query.urlencode()


def choices() -> dict[str, list]:
    """What the published partnerships can be narrowed down to, in this language."""
    until = Partnership.objects.next_publication
    return remember(("choices of the filters", get_language()), _choices, until)


def _choices() -> dict[str, list]:
    public = Partnership.objects.published().order_by()
    countries = Country.objects.filter(
        municipalities__partnerships_as_partner__in=public
    )
    in_order = sorted(countries.select_related("region").distinct(), key=_in_order)
    return {
        "region": _regions(in_order),
        "country": _by_region(in_order),
        "land": _lands(public),
        "goal": _goals(public),
    }


def _in_order(country: Country):
    region = country.region
    return (region is None, region and region.order, spelling.fold(country.name))


def _regions(countries: list[Country]) -> list:
    regions = dict.fromkeys(row.region for row in countries if row.region)
    return [(region.code, region.name) for region in regions]


def _by_region(countries: list[Country]) -> list:
    """Countries under the name of their region; those of none come last."""
    groups: list = []
    for region, rows in groupby(countries, key=lambda country: country.region):
        choices = [(country.iso2, country.name) for country in rows]
        groups.extend([(region.name, choices)] if region else choices)
    return groups


def _lands(public) -> list:
    lands = public.exclude(german__land="").values_list("german__land")
    return [(land, land) for (land,) in sorted(lands.distinct())]


def _goals(public) -> list:
    rows = Goal.objects.filter(partnerships__in=public).distinct()
    return [(str(goal.number), str(goal)) for goal in rows]


def _flat(choices: list) -> list:
    return [
        choice
        for value, label in choices
        for choice in (label if isinstance(label, list) else [(value, label)])
    ]
