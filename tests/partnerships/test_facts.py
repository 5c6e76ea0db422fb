"""The facts that `manage.py seed` loads."""

import pytest

from partnerships.models import (
    Country,
    Goal,
    Municipality,
    OdaListing,
    Partnership,
    Programme,
    Region,
)

pytestmark = pytest.mark.django_db


def test_seed_loads_every_row(facts):
    assert Region.objects.count() == 5
    assert Country.objects.count() == 143
    assert OdaListing.objects.count() == 141
    assert Municipality.objects.checked().count() == 170
    assert Partnership.objects.published().count() == 92
    assert Goal.objects.count() == 17
    assert Programme.objects.count() == 6


def test_namibia_is_a_country(facts):
    namibia = Country.objects.get(iso2="NA")

    assert (namibia.name_en, namibia.region.code) == ("Namibia", "AFR")
    assert Municipality.objects.get(slug="swakopmund-na").country == namibia


def test_kosovo_has_a_code_of_its_own(facts):
    assert Country.objects.get(iso2="XK").region.code == "OST"


def test_nauru_has_left_the_list(facts):
    nauru = Country.objects.get(iso2="NR")

    assert nauru.is_oda_listed(on=nauru.oda_listings.get().listed_until)
    assert not nauru.is_oda_listed(on="2026-01-01")


def test_towns_that_share_a_name_are_told_apart(facts):
    named = Municipality.objects.filter(name__in=["Brühl", "Lichtenau", "Friedberg"])

    assert {row.slug: row.where for row in named} == {
        "bruehl-baden": "Rhein-Neckar-Kreis, Baden-Württemberg",
        "lichtenau-baden": "Rastatt, Baden-Württemberg",
        "friedberg-bayern": "Aichach-Friedberg, Bayern",
    }


def test_the_town_and_the_district_of_giessen_are_two(facts):
    town = Municipality.objects.get(slug="giessen")
    district = Municipality.objects.get(slug="landkreis-giessen")

    assert (town.kind, town.ags) == ("town", "06531005")
    assert (district.kind, district.ags) == ("district", "06531")


def test_boroughs_of_berlin_have_no_key(facts):
    boroughs = Municipality.objects.filter(kind=Municipality.Kind.BOROUGH).german()

    assert set(boroughs.values_list("ags", flat=True)) == {""}
    assert boroughs.count() == 3


@pytest.mark.parametrize("spelling", ["Kiew", "Kyjiw", "Kyiv", "KIEW"])
def test_a_town_is_found_by_other_spellings(facts, spelling):
    found = Municipality.objects.found(spelling)

    assert [row.slug for row in found] == ["kyjiw-ua"]


def test_programmes_have_english_names(facts):
    partnership = Partnership.objects.get(slug="hagen--portmore-jm")

    assert [row.name_en for row in partnership.programmes.all()] == [
        "Climate partnership"
    ]
