"""What becomes of rows that do not fit: each is named, and the others are loaded."""

import pytest

from partnerships.masterdata import Misfit, Report, load_table, read_titled, rows


def table(folder, content):
    path = folder / "towns.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def loaded(path, key=("key",), columns=("name",)):
    report, names = Report(), []
    load_table(path, list(key), list(columns), lambda row: names.append(row), report)
    return [row["name"] for row in names], report.faults


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "names", "faults"),
    [
        ("key,name\na,Aachen\n", ["Aachen"], []),
        ("\ufeffkey,name\na,Aachen\n", ["Aachen"], []),
        (
            "key,name\na,Aachen\na,Bonn\nc,Celle\n",
            ["Aachen", "Celle"],
            ["towns.csv, line 3: “a” stands in line 2 already"],
        ),
        (
            "key,name\na\nb,Bonn,x\nc,Celle\n",
            ["Celle"],
            [
                f"towns.csv, line {line}: this row has more or fewer cells than the "
                "first line"
                for line in (2, 3)
            ],
        ),
        (
            "key,name\na,K\xf6ln\nb,Bonn\n".encode("latin-1"),
            ["Bonn"],
            ["towns.csv, line 2: this row is not written in UTF-8"],
        ),
        (
            "key,name\na,A\0\nb,Bonn\n",
            ["Bonn"],
            ["towns.csv, line 2: this row holds a NUL sign"],
        ),
        (
            "key,town\na,Aachen\n",
            [],
            ["towns.csv, line 1: these columns are missing: name"],
        ),
        ("", [], ["towns.csv, line 1: these columns are missing: key, name"]),
        (
            'key,name\na,Aachen\nb,"Bonn\n',
            ["Aachen"],
            ["towns.csv, line 3: unexpected end of data"],
        ),
    ],
    ids=[
        "sound",
        "byte order mark",
        "doubled key",
        "number of cells",
        "encoding",
        "NUL",
        "column missing",
        "empty file",
        "quote never closed",
    ],
)
def test_a_bad_row_is_named_while_the_others_are_loaded(
    tmp_path, content, names, faults
):
    assert loaded(table(tmp_path, content)) == (names, faults)


def test_a_missing_table_is_named(tmp_path):
    report = Report()

    assert list(rows(tmp_path / "none.csv", ["key"], report)) == []
    assert report.faults == ["none.csv, line 1: this file is missing"]


@pytest.mark.parametrize(
    ("method", "text", "message"),
    [
        ("year", "196", "value: 196 is not between 1900 and 2100"),
        ("year", "x", "value: “x” is not a number"),
        ("number", "-1", "value: “-1” is not a number"),
        ("number", "²", "value: “²” is not a number"),
        ("day", "2025-02-30", "value: “2025-02-30” is not a day"),
        ("decimal", "12,5", "value: “12,5” is not a number"),
    ],
)
def test_a_cell_that_says_nothing_sensible_is_a_misfit(tmp_path, method, text, message):
    path = table(tmp_path, f'value\n"{text}"\n')
    (row,) = rows(path, ["value"], Report())

    with pytest.raises(Misfit, match=r"^value: ") as caught:
        getattr(row, method)("value")

    assert str(caught.value) == message


def test_a_text_needs_a_title(tmp_path):
    report = Report()
    path = tmp_path / "about.de.md"
    path.write_text("Über uns\n\nWir beraten.", encoding="utf-8")

    assert read_titled(path, report) is None
    assert report.faults == [
        "about.de.md, line 1: the first line is no title that begins with “# ”"
    ]


def test_a_text_in_another_encoding_is_named_with_its_line(tmp_path):
    report = Report()
    path = tmp_path / "about.de.md"
    path.write_bytes("# Titel\n\nWir beraten für Sie.".encode("latin-1"))

    assert read_titled(path, report) is None
    assert report.faults == ["about.de.md, line 3: this file is not written in UTF-8"]
