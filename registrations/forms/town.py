from django import forms
from django.db.models import Case, Value, When
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partnerships import spelling
from partnerships.forms import PageForm
from partnerships.models import Country, Municipality
from partnerships.plain_text import LineField, as_query
from partnerships.remembered import remember
from registrations.forms.page import offer

# More results than these cannot be read: the visitor writes more of the name.
MOST_RESULTS = 20

LAENDER = [
    "Baden-Württemberg",
    "Bayern",
    "Berlin",
    "Brandenburg",
    "Bremen",
    "Hamburg",
    "Hessen",
    "Mecklenburg-Vorpommern",
    "Niedersachsen",
    "Nordrhein-Westfalen",
    "Rheinland-Pfalz",
    "Saarland",
    "Sachsen",
    "Sachsen-Anhalt",
    "Schleswig-Holstein",
    "Thüringen",
]
Kind = Municipality.Kind
GERMAN_KINDS = [
    Kind.TOWN,
    Kind.MUNICIPALITY,
    Kind.MARKET,
    Kind.MAJOR_DISTRICT_TOWN,
    Kind.URBAN_DISTRICT,
    Kind.DISTRICT,
    Kind.BOROUGH,
]
PARTNER_KINDS = [Kind.CITY, Kind.MUNICIPALITY, Kind.COUNTY, Kind.DISTRICT]
CHOOSE = ("", _("Please choose"))


def search(towns, text: str) -> tuple[list[Municipality], bool]:
    """The towns found, the most alike first, and whether there are more."""
    text = as_query(text)
    if not text:
        return [], False
    folded = spelling.fold(text)
    found = (
        towns.found(text)
        .select_related("country")
        .order_by(
            Case(
                When(search_words=folded, then=Value(0)),
                When(search_words__startswith=folded, then=Value(1)),
                default=Value(2),
            ),
            "name",
            "kind",
            "pk",
        )
    )
    rows = list(found[: MOST_RESULTS + 1])
    return rows[:MOST_RESULTS], len(rows) > MOST_RESULTS


def described(town: Municipality) -> str:
    """Enough to tell a town from others of its name."""
    details = [town.get_kind_display(), town.where]
    return f"{town} ({', '.join(str(one) for one in details if one)})"


def partner_countries() -> list[tuple[str, str]]:
    """All but Germany, each with its name in the language of now, in its order."""
    return remember(("partner countries", get_language()), _partner_countries)


def _partner_countries() -> list[tuple[str, str]]:
    countries = [(one.iso2, one.name) for one in Country.objects.exclude(iso2="DE")]
    return sorted(countries, key=lambda one: spelling.fold(one[1]))


class TownForm(PageForm):
    """One town out of those found."""

    town = forms.ChoiceField(
        label=_("Which one is it?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose a municipality from the list."),
            "invalid_choice": _("Please choose a municipality from the list."),
        },
    )

    def __init__(self, *args, towns, chosen=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.towns = {str(town.pk): town for town in towns}
        choices = [(key, described(town)) for key, town in self.towns.items()]
        offer(self, "town", choices)
        if chosen:
            self.initial["town"] = chosen.pk

    @property
    def chosen(self) -> Municipality:
        return self.towns[self.cleaned_data["town"]]


class TownEnterForm(PageForm):
    """A German municipality that is not listed."""

    name = LineField(label=_("Name of the municipality"))
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[CHOOSE, *((k.value, k.label) for k in GERMAN_KINDS)]
    )
    land = forms.ChoiceField(
        label=_("Federal state"), choices=[CHOOSE, *((one, one) for one in LAENDER)]
    )
    kreis = LineField(
        label=_("District (Kreis) it lies in"),
        required=False,
        most=80,
        help_text=_("Leave it empty for districts and urban districts."),
    )

    def enter(self) -> Municipality:
        germany = Country.objects.get(iso2="DE")
        return Municipality.objects.enter(country=germany, **self.cleaned_data)


class PartnerTownEnterForm(PageForm):
    """A partner municipality that is not listed."""

    name = LineField(label=_("Name of the municipality"))
    country = forms.ChoiceField(label=_("Country"))
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[
            ("", _("I do not know")),
            *((k.value, k.label) for k in PARTNER_KINDS),
        ],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "country", [CHOOSE, *partner_countries()])

    def enter(self) -> Municipality:
        answers = self.cleaned_data
        country = Country.objects.get(iso2=answers["country"])
        return Municipality.objects.enter(
            country=country, name=answers["name"], kind=answers["kind"]
        )
