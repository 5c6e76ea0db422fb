import shutil

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import translation

from conferences import checks, seeding
from conferences.models import Edition, Figure, Host, Page, Publication, Series
from partnerships import seeding as partnerships
from partnerships.masterdata import Report

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def geography(django_db_setup, django_db_blocker):
    """What the tables of this room refer to, loaded once."""
    with django_db_blocker.unblock(), transaction.atomic():
        partnerships.load(Report())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def data(geography, tmp_path, monkeypatch):
    """The tables and texts, to be spoilt."""
    folder = tmp_path / "conferences"
    shutil.copytree(seeding.DATA, folder)
    monkeypatch.setattr(seeding, "DATA", folder)
    return folder


def spoil(folder, name, old, new):
    path = folder / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def faults():
    report = Report()
    seeding.load(report)
    return report.faults


@pytest.mark.parametrize(
    ("table", "old", "new", "expected"),
    [
        (
            "editions.csv",
            "Afrika,5,2022,,",
            "Afrika,5,2022,2022-05-03,",
            ["editions.csv, line 6: Write both days, the first before the last"],
        ),
        (
            "editions.csv",
            "Afrika,4,2019,2019-09-09,2019-09-11",
            "Afrika,4,2019,2018-09-09,2018-09-11",
            [
                "editions.csv, line 5: The year is the year of the first day.",
                "hosts.csv, line 5: there is no conference Afrika 2019",
            ],
        ),
        (
            "editions.csv",
            "Asien,2,2017",
            "Asien,1,2017",
            [
                "editions.csv, line 9: This series has this number already.",
                "hosts.csv, line 8: there is no conference Asien 2017",
            ],
        ),
        (
            "editions.csv",
            ",540,about,actual",
            ",540,around,actual",
            [
                "editions.csv, line 19: quality: Value 'around' is not a valid choice.",
                "hosts.csv, line 15: there is no conference Ukraine 2023",
            ],
        ),
        (
            "hosts.csv",
            "Lateinamerika,2024,1,koeln,rio-de-janeiro-br",
            "Lateinamerika,2024,1,koeln,padang-id",
            ["hosts.csv, line 12: there is no partnership of “koeln” and “padang-id”"],
        ),
        (
            "documents.csv",
            "Material,76,2016-04",
            "Material,76,2016-13",
            ["documents.csv, line 3: month: 13 is not between 1 and 12"],
        ),
        (
            "texts/imprint.de.md",
            "# Impressum",
            "Impressum",
            [
                "imprint.de.md, line 1: the first line is no title that begins with "
                "“# ”",
            ],
        ),
    ],
    ids=["days", "year", "number", "choice", "host", "month", "text"],
)
def test_a_row_that_does_not_fit_is_named(data, table, old, new, expected):
    spoil(data, table, old, new)

    with translation.override("en"):
        found = faults()

    assert len(found) == len(expected)
    for line, beginning in zip(found, expected, strict=True):
        assert line.startswith(beginning)


def test_a_text_that_was_put_right_is_added_by_the_next_run(data):
    spoil(data, "texts/imprint.de.md", "# Impressum", "Impressum")
    spoil(data, "texts/series-asien.de.md", "# Regional", "Regional")
    assert [fault.split(",")[0] for fault in faults()][:2] == [
        "series-asien.de.md",
        "series.csv",
    ]
    assert not Page.objects.filter(key="imprint").exists()
    assert not Series.objects.filter(slug="asien").exists()
    spoil(data, "texts/imprint.de.md", "Impressum\n\nAngaben", "# Impressum\n\nAngaben")
    spoil(data, "texts/series-asien.de.md", "Regional", "# Regional")

    assert faults() == []

    assert Page.objects.get(key="imprint").title_de == "Impressum"
    assert Edition.objects.filter(series__slug="asien").count() == 4


def test_a_second_run_leaves_alone_what_staff_changed(seeded):
    Series.objects.filter(slug="afrika").update(title_de="Afrikakonferenz")
    Page.objects.filter(key="imprint").update(text_de="Unser Impressum")
    edition = Edition.objects.get(series__slug="afrika", slug="2025")
    edition.figures.get(what="participants").delete()
    edition.figures.filter(what="countries").update(value=19, kind="expected")
    edition.hosts.filter(order=2).update(
        partnership=None, municipality_id=edition.hosts.first().partnership.german_id
    )
    models = [Series, Page, Edition, Figure, Host, Publication]
    before = [list(model.objects.order_by("pk").values()) for model in models]

    call_command("seed", verbosity=0)

    after = [list(model.objects.order_by("pk").values()) for model in models]
    assert after == before


def test_the_deploy_check_names_the_gaps_of_a_text(db):
    Page.objects.create(key="imprint", title_de="Impressum", text_de="[[Anschrift]]")
    Page.objects.create(key="about", title_de="Über uns", text_de="Wir beraten.")

    (warning,) = checks.texts_have_no_gaps(None)

    assert warning.id == "conferences.W001"
    assert warning.msg == "The text “imprint” still has gaps: Anschrift."


def test_the_deploy_check_is_silent_without_tables(db, monkeypatch):
    monkeypatch.setattr(Page._meta, "db_table", "no_such_table")

    assert checks.texts_have_no_gaps(None) == []


def test_texts_are_kept_in_german_and_english():
    kept = {path.name for path in (seeding.DATA / "texts").iterdir()}
    names = [*Page.Key, *(f"series-{slug}" for slug in ("afrika", "ukraine"))]

    for code in ("de", "en"):  # the others show the English text
        assert {f"{name}.{code}.md" for name in names} <= kept
