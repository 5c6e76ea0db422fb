"""The municipality directory of the Federal Statistical Office, as a CSV extract.

A line is a Land (satzart 10), a Kreis (40) or a municipality (60); the others are
levels between them. `textkennzeichen` says of which kind it is.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from partnerships.masterdata import Misfit, Report, Row, rows
from partnerships.models import Municipality

Kind = Municipality.Kind

COLUMNS = ["satzart", "textkennzeichen", "land", "rb", "kreis", "gemeinde"]
COLUMNS += ["gemeindename", "laengengrad", "breitengrad"]
LAND, KREIS, MUNICIPALITY = "10", "40", "60"
LEVELS_BETWEEN = {"20", "30", "50"}
URBAN_DISTRICTS = {"41", "42"}
WITHOUT_MUNICIPALITY = {"65", "66"}
KINDS = {
    "60": Kind.MARKET,
    "61": Kind.URBAN_DISTRICT,
    "62": Kind.URBAN_DISTRICT,
    "63": Kind.TOWN,
    "64": Kind.MUNICIPALITY,
    "67": Kind.MAJOR_DISTRICT_TOWN,
}
# What stands before the name of a district, unless the name says it already.
DISTRICTS = {"43": "Kreis", "44": "Landkreis", "45": ""}
NAMED_BY_ITSELF = re.compile(r"kreis|^(Städteregion|Region) ", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """A municipality or district as the directory has it."""

    ags: str
    kind: str
    name: str
    land: str
    kreis: str = ""
    lat: Decimal | None = None
    lon: Decimal | None = None

    @property
    def described(self) -> tuple[str, str, str, str]:
        return (self.name, self.kind, self.land, self.kreis)


def read(path: Path, report: Report) -> list[Entry]:
    """All municipalities and districts of a file; the report names bad lines."""
    found: dict[str, Entry] = {}
    names: dict[str, str] = {}
    for row in rows(path, COLUMNS, report):
        try:
            entry = _entry(row, names)
            if entry is None:
                continue
            if entry.ags in found:
                raise Misfit(f"the key {entry.ags} stands in the file already")
            found[entry.ags] = entry
        except Misfit as reason:
            report.fault(path, row.line, str(reason))
    return list(found.values())


def _entry(row: Row, names: dict[str, str]) -> Entry | None:
    """The entry of a line, if it is one; names of Länder and Kreise are noted."""
    level, sign = row["satzart"], row["textkennzeichen"]
    if level in LEVELS_BETWEEN or sign in WITHOUT_MUNICIPALITY:
        return None
    if level not in (LAND, KREIS, MUNICIPALITY):
        raise Misfit(f"satzart: “{level}” is not known")
    name = " ".join(row["gemeindename"].split(",")[0].split()).replace("/ ", "/")
    if not name:
        raise Misfit("the name is missing")
    if level == LAND:
        names[_key(row, "land", 2)] = name
        return None
    kreis = _key(row, "land", 2) + _key(row, "rb", 1) + _key(row, "kreis", 2)
    if level == KREIS:
        names[kreis] = name
        return _district(row, kreis, name, names)
    return _municipality(row, kreis, name, names)


def _district(row: Row, ags: str, name: str, names: dict[str, str]) -> Entry | None:
    sign = row["textkennzeichen"]
    if sign in URBAN_DISTRICTS:
        return None  # it comes again as a municipality
    if sign not in DISTRICTS:
        raise Misfit(f"textkennzeichen: “{sign}” is no kind of district")
    if DISTRICTS[sign] and not NAMED_BY_ITSELF.search(name):
        name = f"{DISTRICTS[sign]} {name}"
    return Entry(ags, Kind.DISTRICT, name, _above(names, ags[:2], "Land"))


def _municipality(row: Row, kreis: str, name: str, names: dict[str, str]) -> Entry:
    sign = row["textkennzeichen"]
    if sign not in KINDS:
        raise Misfit(f"textkennzeichen: “{sign}” is no kind of municipality")
    kind = KINDS[sign]
    district = _above(names, kreis, "Kreis")
    lat, lon = _degrees(row, "breitengrad", 90), _degrees(row, "laengengrad", 180)
    if (lat is None) != (lon is None):
        raise Misfit("latitude and longitude belong together")
    return Entry(
        ags=kreis + _key(row, "gemeinde", 3),
        kind=kind,
        name=name,
        land=_above(names, kreis[:2], "Land"),
        kreis="" if kind == Kind.URBAN_DISTRICT else district,
        lat=lat,
        lon=lon,
    )


def _key(row: Row, column: str, digits: int) -> str:
    if not re.fullmatch(rf"[0-9]{{{digits}}}", row[column]):
        raise Misfit(f"{column}: “{row[column]}” has not {digits} digits")
    return row[column]


def _above(names: dict[str, str], key: str, what: str) -> str:
    if key not in names:
        raise Misfit(f"there is no line before it for its {what}, {key}")
    return names[key]


def _degrees(row: Row, column: str, most: int) -> Decimal | None:
    text = row[column].replace(",", ".")
    if not text:
        return None
    try:
        degrees = round(Decimal(text), 4)
        is_on_earth = abs(degrees) <= most
    except InvalidOperation:  # NaN among them
        raise Misfit(f"{column}: “{row[column]}” is not a number") from None
    if not is_on_earth:
        raise Misfit(f"{column}: {row[column]} lies not on earth")
    return degrees
