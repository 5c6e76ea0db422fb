"""Taking over the official directory, from small invented files of the same form."""

from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from partnerships.models import ContentVersion, Municipality
from tests.factories import GermanyFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db

HEADER = (
    "satzart,textkennzeichen,land,rb,kreis,vb,gemeinde,gemeindename,flaeche,"
    "bevoelkerung,maennlich,weiblich,jekm2,postleitzahl,laengengrad,breitengrad,"
    "schluessel,bezeichnung,verstaedterungschluessel,verstaedterungbezeichnung"
)


def line(level, sign="", key="", name="", lon="", lat=""):
    """One line: `key` is Land, Regierungsbezirk, Kreis and municipality in a row."""
    parts = [key[:2], key[2:3], key[3:5], "0000" if level == "60" else "", key[5:]]
    return f'{level},{sign},{",".join(parts)},"{name}",,,,,,,"{lon}","{lat}",,,,'


LAND = line("10", key="97", name="Musterland")
KREIS = line("40", "44", "97101", "Beispiel")
TOWN = line("60", "63", "97101005", "Neustadt, Stadt", "9,43751", "54,78252")


@pytest.fixture
def directory(tmp_path):
    GermanyFactory()

    def write(*lines, encoding="utf-8-sig"):
        path = tmp_path / "AuszugGV.csv"
        path.write_text("\n".join([HEADER, *lines, ""]), encoding=encoding)
        return path

    return write


def run(path, *options):
    call_command("import_municipalities", path, *options, verbosity=0)


def described():
    rows = Municipality.objects.order_by("ags")
    return [(row.ags, row.kind, row.name, row.land, row.kreis) for row in rows]


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


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (line("61", key="97101"), "satzart: “61” is not known"),
        (
            line("60", "68", "97101006", "Ort"),
            "textkennzeichen: “68” is no kind of municipality",
        ),
        (
            line("40", "49", "97102", "Ort"),
            "textkennzeichen: “49” is no kind of district",
        ),
        (line("60", "63", "9710106", "Ort"), "gemeinde: “06” has not 3 digits"),
        (line("60", "63", "97101006", ""), "the name is missing"),
        (
            line("60", "63", "97102006", "Ort"),
            "there is no line before it for its Kreis, 97102",
        ),
        (
            line("60", "63", "97101006", "Ort", "neun", "54,7"),
            "laengengrad: “neun” is not a number",
        ),
        (
            line("60", "63", "97101006", "Ort", "9,4", "954,7"),
            "breitengrad: 954,7 lies not on earth",
        ),
        (
            line("60", "63", "97101006", "Ort", "NaN", "54,7"),
            "laengengrad: “NaN” is not a number",
        ),
        (
            line("60", "63", "97101006", "Ort", "9,4", ""),
            "latitude and longitude belong together",
        ),
        (TOWN, "the key 97101005 stands in the file already"),
        ("60,63", "this row has more or fewer cells than the first line"),
    ],
)
def test_a_bad_line_is_named_while_the_others_are_taken(directory, bad, reason):
    path = directory(LAND, KREIS, TOWN, bad)

    with pytest.raises(CommandError) as caught:
        run(path, "--save")

    assert str(caught.value).splitlines() == [
        "These were left out:",
        f"AuszugGV.csv, line 5: {reason}",
    ]
    assert [row[0] for row in described()] == ["97101", "97101005"]


def test_two_rows_with_one_key_are_left_to_staff(directory):
    MunicipalityFactory(name="Neustadt", ags="97101005")
    MunicipalityFactory(name="Neustadt (Stadt)", ags="97101005")

    with pytest.raises(CommandError, match=r"Neustadt \(97101005\) is here twice"):
        run(directory(LAND, KREIS, TOWN), "--save")

    assert Municipality.objects.filter(ags="97101005").count() == 2


def test_a_file_in_another_encoding_is_refused_in_one_line(directory):
    path = directory(LAND, line("40", "44", "97101", "Füssen"), encoding="latin-1")

    with pytest.raises(CommandError) as caught:
        run(path, "--save")

    assert str(caught.value) == f"{path} is not written in UTF-8."


def test_a_file_of_another_form_is_refused_in_one_line(directory):
    path = directory()
    path.write_text("satzart;land\n10;97\n")

    with pytest.raises(CommandError) as caught:
        run(path, "--save")

    assert str(caught.value).splitlines() == [
        f"{path} is not the municipality directory as CSV with commas: its first line "
        "lacks satzart, textkennzeichen, land, rb, kreis, gemeinde, gemeindename, "
        "laengengrad, breitengrad."
    ]


def test_a_missing_file_is_refused_in_one_line(directory, tmp_path):
    with pytest.raises(CommandError) as caught:
        run(tmp_path / "none.csv")

    assert str(caught.value) == f"{tmp_path / 'none.csv'}: No such file or directory."


def test_an_import_before_the_seed_says_what_to_do(tmp_path):
    with pytest.raises(CommandError, match=r"run “manage\.py seed” first"):
        run(tmp_path / "any.csv")
