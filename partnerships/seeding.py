"""Loads regions, countries, municipalities and partnerships from `data/`.

A row that is there is never touched: staff may have changed it. What stands in the
cells of a row (other spellings, the entry of the DAC list, programmes) belongs to it
and is loaded once, with it.
"""

import re
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from partnerships.masterdata import Misfit, Report, Row, load_table, rows, save_checked
from partnerships.models import (
    Country,
    Goal,
    Municipality,
    OdaListing,
    Partnership,
    Programme,
    Region,
)

DATA = Path(__file__).parent / "data"
NAMES = [f"name_{code}" for code, _language in settings.LANGUAGES]


def load(report: Report) -> None:
    """Add what is missing; the order is that in which one needs the other."""
    load_table(
        DATA / "regions.csv",
        ["code"],
        [*NAMES, "colour"],
        lambda row: _region(row, report),
        report,
    )
    load_table(
        DATA / "goals.csv",
        ["number"],
        NAMES,
        lambda row: _goal(row, report),
        report,
    )
    _load_countries(report)
    _load_municipalities(report)
    _load_partnerships(report)


def region_codes(report: Report) -> dict[str, str]:
    """The code of a region by the German name that the tables use."""
    table = rows(DATA / "regions.csv", ["code", "name_de"], report)
    return {row["name_de"]: row["code"] for row in table}


def _region(row: Row, report: Report) -> None:
    is_new = not Region.objects.filter(code=row["code"]).exists()
    if is_new:
        save_checked(
            Region(
                code=row["code"],
                **_names(row),
                colour=row["colour"],
                order=row.line - 1,
            )
        )
    report.count("regions", is_new=is_new)


def _goal(row: Row, report: Report) -> None:
    number = row.number("number", least=1, most=17)
    is_new = not Goal.objects.filter(number=number).exists()
    if is_new:
        save_checked(Goal(number=number, **_names(row)))
    report.count("goals", is_new=is_new)


def _load_countries(report: Report) -> None:
    codes = region_codes(Report())  # its faults were named when regions were loaded
    regions = {region.code: region for region in Region.objects.all()}
    present = set(Country.objects.values_list("iso2", flat=True))

    def load_row(row: Row) -> None:
        is_new = row["iso2"] not in present
        if is_new:
            if row["region"] and codes.get(row["region"]) not in regions:
                raise Misfit(f"region: “{row['region']}” is not known")
            _add_country(row, regions.get(codes.get(row["region"], "")))
        report.count("countries", is_new=is_new)

    columns = [*NAMES, "region", "dac_group", "listed_from"]
    load_table(
        DATA / "countries.csv", ["iso2"], [*columns, "listed_until"], load_row, report
    )


def _add_country(row: Row, region: Region | None) -> None:
    if not re.fullmatch("[A-Z]{2}", row["iso2"]):
        raise Misfit(f"iso2: “{row['iso2']}” is not a code of two letters")
    country = Country(iso2=row["iso2"], region=region, **_names(row))
    save_checked(country)
    if row["dac_group"]:
        save_checked(
            OdaListing(
                country=country,
                group=row["dac_group"],
                listed_from=row.day("listed_from"),
                listed_until=row.day("listed_until"),
            )
        )


def _load_municipalities(report: Report) -> None:
    countries = {country.iso2: country for country in Country.objects.all()}
    present = set(Municipality.objects.values_list("slug", flat=True))
    now = timezone.now()

    def load_row(row: Row) -> None:
        is_new = row["key"] not in present
        if is_new:
            country = countries.get(row["country_iso2"])
            if country is None:
                raise Misfit(f"country_iso2: “{row['country_iso2']}” is not known")
            _check_german(row)
            _add_municipality(row, country, now)
        report.count("municipalities", is_new=is_new)

    columns = ["side", "name", "kind", "land", "kreis", "ags", "country_iso2"]
    load_table(
        DATA / "municipalities.csv",
        ["key"],
        [*columns, "lat", "lon", "aliases", "note"],
        load_row,
        report,
    )


def _check_german(row: Row) -> None:
    is_german = row["country_iso2"] == "DE"
    if is_german != (row["side"] == "german"):
        raise Misfit(f"side: “{row['side']}” does not fit {row['country_iso2']}")
    if is_german and not (row["kind"] and row["land"]):
        raise Misfit("a German municipality needs kind and land")
    if not re.fullmatch(r"([0-9]{8}|[0-9]{5})?", row["ags"]):
        raise Misfit(f"ags: “{row['ags']}” has neither 8 nor 5 digits")


def _add_municipality(row: Row, country: Country, now) -> None:
    municipality = Municipality(
        slug=row["key"],
        country=country,
        kind=row["kind"],
        name=row["name"],
        land=row["land"],
        kreis=row["kreis"],
        ags=row["ags"],
        lat=row.decimal("lat"),
        lon=row.decimal("lon"),
        note=row["note"],
        checked_at=now,
    )
    save_checked(municipality)
    for name in dict.fromkeys(row.listed("aliases")):
        municipality.names.create(name=name)


def _load_partnerships(report: Report) -> None:
    municipalities = {
        municipality.slug: municipality
        for municipality in Municipality.objects.select_related("country")
    }
    names = _programme_names(report)
    present = set(Partnership.objects.values_list("german", "partner"))
    now = timezone.now()

    def load_row(row: Row) -> None:
        sides = []
        for column in ("german_key", "partner_key"):
            if row[column] not in municipalities:
                raise Misfit(f"{column}: “{row[column]}” is not known")
            sides.append(municipalities[row[column]])
        german, partner = sides
        is_new = (german.pk, partner.pk) not in present
        if is_new:
            if not german.is_german or partner.is_german:
                raise Misfit("a German municipality comes first, its partner second")
            _add_partnership(row, german, partner, names, now)
        report.count("partnerships", is_new=is_new)

    columns = ["since", "programmes", "topics", "status", "note", "source_url"]
    load_table(
        DATA / "partnerships.csv",
        ["german_key", "partner_key"],
        columns,
        load_row,
        report,
    )


def _names(row: Row) -> dict[str, str]:
    """A name in every language of the site."""
    return {column: row[column] for column in NAMES}


def _programme_names(report: Report) -> dict[str, dict[str, str]]:
    table = rows(DATA / "programmes.csv", NAMES, report)
    return {row["name_de"]: _names(row) for row in table}


def _add_partnership(row: Row, german, partner, names: dict, now) -> None:
    unknown = [name for name in row.listed("programmes") if name not in names]
    if unknown:
        raise Misfit(f"programmes: “{unknown[0]}” is not known")
    partnership = Partnership(
        german=german,
        partner=partner,
        slug=f"{german.slug}--{partner.slug}",
        status=row["status"],
        since=row.year("since"),
        topics_de=row["topics"],
        note=row["note"],
        source=row["source_url"],
        published_at=now,
    )
    save_checked(partnership)
    for name in row.listed("programmes"):
        programme, _is_new = Programme.objects.get_or_create(
            name_de=name, defaults=names[name]
        )
        partnership.programmes.add(programme)
