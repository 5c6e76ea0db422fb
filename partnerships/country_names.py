"""Other names of countries, under which they are found; they are never shown."""

import csv
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "country_names.csv"


@cache
def other_names() -> dict[str, list[str]]:
    """By the code of two letters."""
    found: dict[str, list[str]] = {}
    with TABLE.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            found.setdefault(row["iso2"], []).append(row["name"])
    return found
