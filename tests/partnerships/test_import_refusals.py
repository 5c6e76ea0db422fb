"""What is left out of the official directory, or refused, and how it is told."""

import pytest
from django.core.management import CommandError

from partnerships.models import Municipality
from tests.factories import MunicipalityFactory
from tests.partnerships.directory import KREIS, LAND, TOWN, described, line, run

pytestmark = pytest.mark.django_db


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
