"""Taking over the official directory."""

from decimal import Decimal

import pytest
from django.core.management import call_command

from partnerships.models import ContentVersion, Municipality
from tests.factories import MunicipalityFactory
from tests.partnerships.directory import KREIS, LAND, TOWN, described, line, run

pytestmark = pytest.mark.django_db


def test_every_kind_has_its_word(directory):
    signs = {"60": "60", "61": "61", "62": "62", "63": "63", "64": "64", "67": "67"}
    lines = [
        line("60", sign, f"971010{number}", f"Ort {number}")
        for sign, number in signs.items()
    ]

    run(directory(LAND, KREIS, *lines), "--save")

    kinds = Municipality.objects.exclude(kind="district").order_by("ags")
    assert [(row.name, row.kind) for row in kinds] == [
        ("Ort 60", "market"),
        ("Ort 61", "urban_district"),
        ("Ort 62", "urban_district"),
        ("Ort 63", "town"),
        ("Ort 64", "municipality"),
        ("Ort 67", "major_district_town"),
    ]


def test_a_town_carries_key_place_kreis_and_land(directory):
    run(directory(LAND, KREIS, TOWN), "--save")

    town = Municipality.objects.get(ags="97101005")
    assert (town.name, town.kreis, town.land) == ("Neustadt", "Beispiel", "Musterland")
    assert (town.lat, town.lon) == (Decimal("54.7825"), Decimal("9.4375"))
    assert (town.slug, town.checked_at is None) == ("neustadt", False)
    assert list(Municipality.objects.found("neustadt")) == [town]


@pytest.mark.parametrize(
    ("sign", "name", "expected"),
    [
        ("44", "Beispiel", "Landkreis Beispiel"),
        ("43", "Beispiel", "Kreis Beispiel"),
        ("44", "Beispielkreis", "Beispielkreis"),
        ("43", "Oberer Kreis", "Oberer Kreis"),
        ("44", "Region Beispiel", "Region Beispiel"),
        ("43", "Städteregion Beispiel", "Städteregion Beispiel"),
        ("45", "Regionalverband Beispiel", "Regionalverband Beispiel"),
    ],
)
def test_a_district_is_called_what_it_is(directory, sign, name, expected):
    run(directory(LAND, line("40", sign, "97101", name)), "--save")

    assert described() == [("97101", "district", expected, "Musterland", "")]


def test_an_urban_district_is_one_row(directory):
    path = directory(
        LAND,
        line("40", "41", "97001", "Großstadt, Stadt"),
        line("50", "50", "97001", "Großstadt, Stadt"),
        line("60", "61", "97001000", "Großstadt, Stadt"),
    )

    run(path, "--save")

    assert described() == [
        ("97001000", "urban_district", "Großstadt", "Musterland", "")
    ]


@pytest.mark.parametrize("sign", ["65", "66"])
def test_an_area_without_a_municipality_is_left_out(directory, sign):
    forest = line("60", sign, "97101999", "Wald (Forstgutsbez.),gemfr.Geb.")

    run(directory(LAND, KREIS, forest), "--save")

    assert [row[0] for row in described()] == ["97101"]


def test_towns_of_one_name_get_words_of_their_own(directory):
    path = directory(
        LAND,
        KREIS,
        line("60", "63", "97101001", "Lichtenau, Stadt"),
        line("40", "44", "97102", "Vorbild"),
        line("60", "63", "97102001", "Lichtenau, Stadt"),
        line("60", "64", "97102002", "Lichtenau"),
    )

    run(path, "--save")

    slugs = Municipality.objects.filter(name="Lichtenau").values_list("ags", "slug")
    assert dict(slugs) == {
        "97101001": "lichtenau-beispiel",
        "97102001": "lichtenau-vorbild",
        "97102002": "lichtenau-vorbild-2",
    }


def test_nothing_is_written_without_save(directory, capsys):
    call_command("import_municipalities", directory(LAND, KREIS, TOWN))

    assert described() == []
    assert capsys.readouterr().out.splitlines() == [
        "new: 2",
        "  Landkreis Beispiel (Musterland), district, 97101",
        "  Neustadt (Beispiel, Musterland), town, 97101005",
        "changed: 0",
        "gone, and kept: 0",
        "unchanged: 0",
        "Nothing was written. Add --save to write it.",
    ]


def test_a_second_import_changes_nothing(directory, capsys):
    path = directory(LAND, KREIS, TOWN)
    run(path, "--save")

    call_command("import_municipalities", path)

    assert capsys.readouterr().out.splitlines()[:4] == [
        "new: 0",
        "changed: 0",
        "gone, and kept: 0",
        "unchanged: 2",
    ]


def test_a_row_is_recognised_by_its_key(directory):
    row = MunicipalityFactory(name="Altstadt", ags="97101005", slug="my-word")

    run(directory(LAND, KREIS, TOWN), "--save")

    town = Municipality.objects.get(ags="97101005")
    assert (town.pk, town.name, town.slug) == (row.pk, "Neustadt", "my-word")
    assert [name.name for name in town.names.all()] == ["Altstadt"]
    assert list(Municipality.objects.found("Neustadt")) == [town]


def test_a_row_without_a_key_is_recognised_by_what_it_is(directory):
    row = MunicipalityFactory(
        name="Neustadt",
        kind="town",
        land="Musterland",
        kreis="Beispiel",
        checked_at=None,
    )
    other = MunicipalityFactory(name="Neustadt", kind="town", kreis="Anderer Kreis")

    run(directory(LAND, KREIS, TOWN), "--save")

    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.ags, row.checked_at is None, other.ags) == ("97101005", False, "")


def test_a_name_that_is_kept_as_another_spelling_is_not_taken_over(directory):
    row = MunicipalityFactory(name="Neustadt am See", ags="97101005")
    row.names.create(name="Neustadt")

    run(directory(LAND, KREIS, TOWN), "--save")

    row.refresh_from_db()
    assert (row.name, row.kreis) == ("Neustadt am See", "Beispiel")


def test_a_place_a_few_metres_beside_is_the_same(directory):
    row = MunicipalityFactory(ags="97101005", lat="54.7829", lon="9.4370")

    run(directory(LAND, KREIS, TOWN), "--save")

    row.refresh_from_db()
    assert (row.lat, row.lon) == (Decimal("54.7829"), Decimal("9.4370"))


def test_what_is_gone_is_named_while_it_stays(directory, capsys):
    MunicipalityFactory(name="Altdorf", ags="97101009", kreis="Beispiel", land="M")
    MunicipalityFactory(name="Berlin-Mitte", kind="borough", ags="")

    call_command("import_municipalities", directory(LAND, KREIS, TOWN), "--save")

    assert "gone, and kept: 1\n  Altdorf (Beispiel, M), 97101009\n" in (
        capsys.readouterr().out
    )
    assert Municipality.objects.filter(name="Altdorf").exists()


def test_an_import_raises_the_content_version(directory):
    before = ContentVersion.objects.get_or_create(pk=1)[0].number

    run(directory(LAND, KREIS, TOWN), "--save")

    assert ContentVersion.objects.get(pk=1).number == before + 1
