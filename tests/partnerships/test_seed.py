import shutil

import pytest
from django.core.management import CommandError, call_command

from partnerships import seeding
from partnerships.masterdata import Report
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


@pytest.fixture
def data(tmp_path, monkeypatch):
    """The tables, to be spoilt."""
    folder = tmp_path / "partnerships"
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
            "municipalities.csv",
            ",,,,,TG,6.2280,1.5919,,",
            ",,,,,QQ,6.2280,1.5919,,",
            [
                "municipalities.csv, line 133: country_iso2: “QQ” is not known",
                "partnerships.csv, line 33: partner_key: “aneho-tg” is not known",
            ],
        ),
        (
            "partnerships.csv",
            "eckernfoerde,tanga-tz,1963",
            "eckernfoerde,tanga-tz,63",
            ["partnerships.csv, line 23: since: 63 is not between 1900 and 2100"],
        ),
        (
            "partnerships.csv",
            "dormagen,chipata-zm",
            "giessen,swakopmund-na",
            [
                "partnerships.csv, line 31: “giessen swakopmund-na” stands in line 2 "
                "already"
            ],
        ),
        (
            "municipalities.csv",
            "town,Hessen,Gießen,06531005",
            "town,Hessen,Gießen,6531005",
            [
                "municipalities.csv, line 30: ags: “6531005” has neither 8 nor 5 "
                "digits",
                "partnerships.csv, line 2: german_key: “giessen” is not known",
                "partnerships.csv, line 62: german_key: “giessen” is not known",
            ],
        ),
        (
            "municipalities.csv",
            "DE,49.9735,9.1478",
            "DE,949.9735,9.1478",
            [
                "municipalities.csv, line 2: Write latitude and longitude both, in "
                "degrees, or neither.",
                "partnerships.csv, line 4: german_key: “aschaffenburg” is not known",
            ],
        ),
        (
            "countries.csv",
            "TO,Tonga,Tonga,Tonga,Tonga,Тонга,,UMIC,2024-01-01,",
            "TO,Tonga,Tonga,Tonga,Tonga,Тонга,Ozeanien,UMIC,2024-01-01,",
            ["countries.csv, line 127: region: “Ozeanien” is not known"],
        ),
    ],
    ids=["country", "year", "doubled", "key", "degrees", "region"],
)
def test_a_row_that_does_not_fit_is_named(data, table, old, new, expected):
    spoil(data, table, old, new)

    assert faults() == expected


def test_the_command_ends_with_the_list_of_misfits(data):
    spoil(data, "partnerships.csv", "eckernfoerde,tanga-tz,1963", "x,tanga-tz,1963")

    with pytest.raises(CommandError) as caught:
        call_command("seed", verbosity=0)

    assert str(caught.value).splitlines() == [
        "These rows do not fit and were left out:",
        "partnerships.csv, line 23: german_key: “x” is not known",
    ]
    assert Partnership.objects.count() == 91


def test_the_rows_beside_a_misfit_are_loaded(data):
    spoil(data, "partnerships.csv", "eckernfoerde,tanga-tz,1963", "x,tanga-tz,1963")

    faults()

    assert Partnership.objects.count() == 91
    assert Municipality.objects.count() == 170


def test_a_misfit_that_was_put_right_is_added_by_the_next_run(data, monkeypatch):
    whole = data.with_name("whole")
    shutil.copytree(data, whole)
    spoil(data, "partnerships.csv", "eckernfoerde,tanga-tz,1963", "x,tanga-tz,1963")
    faults()
    monkeypatch.setattr(seeding, "DATA", whole)

    assert faults() == []
    assert Partnership.objects.filter(slug="eckernfoerde--tanga-tz").exists()
    assert Partnership.objects.count() == 92


def snapshot():
    models = [Region, Country, OdaListing, Municipality, Partnership, Programme, Goal]
    rows = {model: list(model.objects.order_by("pk").values()) for model in models}
    links = Partnership.programmes.through.objects.order_by("pk")
    names = Municipality.objects.order_by("pk", "names").values("slug", "names__name")
    return rows, list(links.values()), list(names)


def test_a_second_run_leaves_alone_what_staff_changed(seeded):
    Country.objects.filter(iso2="TR").update(region=None, name_en="Turkey")
    Region.objects.filter(code="AFR").update(name_de="Subsahara-Afrika")
    OdaListing.objects.filter(country__iso2="MS").update(listed_until="2025-12-31")
    kyjiw = Municipality.objects.get(slug="kyjiw-ua")
    kyjiw.names.get(name="Kiew").delete()
    Municipality.objects.filter(slug="helsa").update(name="Helsa (Hessen)", ags="")
    Programme.objects.filter(name_de="Klimapartnerschaft").update(name_de="Klima")
    partnership = Partnership.objects.get(slug="helsa--murowane-ua")
    partnership.published_at = None
    partnership.save()
    before = snapshot()

    call_command("seed", verbosity=0)

    assert snapshot() == before


def test_a_row_that_staff_deleted_comes_back(seeded):
    Partnership.objects.get(slug="helsa--murowane-ua").delete()

    call_command("seed", verbosity=0)

    assert Partnership.objects.filter(slug="helsa--murowane-ua").exists()


def test_seed_prints_what_it_added(db, capsys):
    call_command("seed")

    assert capsys.readouterr().out.splitlines()[:4] == [
        "regions: 5 added, 0 already there",
        "goals: 17 added, 0 already there",
        "countries: 143 added, 0 already there",
        "municipalities: 170 added, 0 already there",
    ]
