"""Forty queries of real visitors, and the page that each of them looks for."""

import pytest
from django.utils import translation

from conferences import search
from partnerships.country_names import other_names
from partnerships.models import Country

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstrated")]

DEMONSTRATION = "konferenzen/lateinamerika/demonstration/programm/"
ANSWERS = {
    "Kiew": "kommunen/kyjiw-ua/",
    "Kyjiw": "partnerschaften/leipzig--kyjiw-ua/",
    "Kyiv": "kommunen/kyjiw-ua/",
    "Muenster": "kommunen/muenster/",
    "Münster": "kommunen/muenster/",
    "MUNSTER": "konferenzen/ukraine/2025/",
    "Gießen": "konferenzen/afrika/2025/",
    "giessen": "kommunen/giessen/",
    "Hildesheim": "konferenzen/asien/2023/",
    "Hildesheim 2023": "konferenzen/asien/2023/",
    "Afrika": "konferenzen/afrika/",
    "Africa": "konferenzen/afrika/",
    "América Latina": "konferenzen/lateinamerika/",
    "latin america 2024": "konferenzen/lateinamerika/2024/",
    "Asien 2023": "konferenzen/asien/2023/",
    "Ukraine 2025": "konferenzen/ukraine/2025/",
    "Ghana": "partnerschaften/laender/gh/",
    "Namibia": "partnerschaften/laender/na/",
    "Tansania": "partnerschaften/laender/tz/",
    "tanzania": "partnerschaften/laender/tz/",
    "Elfenbeinküste": "partnerschaften/laender/ci/",
    "Swakopmund": "partnerschaften/giessen--swakopmund-na/",
    "Gießen Swakopmund": "partnerschaften/giessen--swakopmund-na/",
    "Koeln": "kommunen/koeln/",
    "köln rio": "partnerschaften/koeln--rio-de-janeiro-br/",
    "Essen Cochabamba": "partnerschaften/essen--cochabamba-bo/",
    "Wuerzburg Mwanza": "partnerschaften/wuerzburg--mwanza-tz/",
    "Dar es Salaam": "kommunen/daressalam-tz/",
    "Windhuk": "kommunen/windhoek-na/",
    "Charkiw": "kommunen/charkiw-ua/",
    "Material 85": "konferenzen/afrika/2016/",
    "Impressum": "impressum/",
    "imprint": "impressum/",
    "privacy": "datenschutz/",
    "Barrierefreiheit": "barrierefreiheit/",
    "Leichte Sprache": "leichte-sprache/",
    "Kontakt": "kontakt/",
    "Trinkwasser": f"{DEMONSTRATION}wasser/",
    "Klärwerk": f"{DEMONSTRATION}klaeranlage/",
    "solar power": f"{DEMONSTRATION}energie/",
}


def test_all_forty_find_it_among_the_first_three():
    with translation.override("de"):
        missed = [
            query
            for query, path in ANSWERS.items()
            if f"/de/{path}"
            not in [entry.get_absolute_url() for entry in search.find(query)[:3]]
        ]

    assert len(ANSWERS) == 40
    assert missed == []


def test_other_names_belong_to_countries_that_have_another_one():
    names = other_names()
    countries = dict(Country.objects.values_list("iso2", "name_de"))

    assert set(names) <= set(countries)
    for code, others in names.items():
        assert countries[code] not in others
