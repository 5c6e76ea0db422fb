"""Compares the official directory with our municipalities, and takes it over."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from partnerships import spelling
from partnerships.masterdata import Report
from partnerships.models import (
    Country,
    Municipality,
    MunicipalityName,
    raise_content_version,
)
from partnerships.official_directory import Entry

# Degrees within which two sources mean the same place: about a hundred metres.
SAME_PLACE = Decimal("0.001")


@dataclass
class Comparison:
    """What the directory would change here."""

    new: list[Entry] = field(default_factory=list)
    changed: list[tuple[Municipality, dict[str, object]]] = field(default_factory=list)
    gone: list[Municipality] = field(default_factory=list)
    same: int = 0


def compare(entries: list[Entry], path: Path, report: Report) -> Comparison:
    """Recognise rows by their key, else by name, kind, Land and Kreis."""
    comparison = Comparison()
    ours = list(Municipality.objects.german().prefetch_related("names"))
    by_ags, by_words = defaultdict(list), defaultdict(list)
    keys = {entry.ags for entry in entries}
    for row in ours:
        if row.ags:
            by_ags[row.ags].append(row)
        if row.ags not in keys:
            by_words[row.name, row.kind, row.land, row.kreis].append(row)
    described = Counter(entry.described for entry in entries)
    known = set()
    for entry in entries:
        found = by_ags[entry.ags]
        if not found and described[entry.described] == 1:
            found = by_words[entry.described]
        if len(found) > 1:
            report.faults.append(
                f"{path.name}: {entry.name} ({entry.ags}) is here twice: merge the "
                "two in the admin first"
            )
        known |= {row.pk for row in found}
        _sort_in(entry, found, comparison)
    comparison.gone = [row for row in ours if row.ags and row.pk not in known]
    return comparison


def _sort_in(entry: Entry, found: list[Municipality], comparison: Comparison) -> None:
    if not found:
        comparison.new.append(entry)
    elif len(found) == 1:
        if changes := _differences(found[0], entry):
            comparison.changed.append((found[0], changes))
        else:
            comparison.same += 1


def _differences(row: Municipality, entry: Entry) -> dict[str, object]:
    """What the directory says otherwise; what it does not say stays as it is."""
    says: dict[str, object] = {
        "ags": entry.ags,
        "kind": entry.kind,
        "land": entry.land,
        "kreis": entry.kreis,
    }
    if entry.name not in {name.name for name in row.names.all()}:
        says["name"] = entry.name
    if _lies_elsewhere(row, entry):
        says |= {"lat": entry.lat, "lon": entry.lon}
    return {name: value for name, value in says.items() if getattr(row, name) != value}


def _lies_elsewhere(row: Municipality, entry: Entry) -> bool:
    """Whether the directory knows a place, and ours is none or another."""
    if entry.lat is None or entry.lon is None:
        return False
    if row.lat is None or row.lon is None:
        return True
    return max(abs(row.lat - entry.lat), abs(row.lon - entry.lon)) > SAME_PLACE


@transaction.atomic
def save(comparison: Comparison) -> None:
    """Write what is new and changed. What is gone stays: staff look at it."""
    _add(comparison.new)
    _change(comparison.changed)
    raise_content_version()


def _add(entries: list[Entry]) -> None:
    germany = Country.objects.get(iso2="DE")
    now = timezone.now()
    slugs = _slugs(entries)
    Municipality.objects.bulk_create(
        [
            Municipality(
                country=germany,
                slug=slug,
                checked_at=now,
                ags=entry.ags,
                kind=entry.kind,
                name=entry.name,
                land=entry.land,
                kreis=entry.kreis,
                lat=entry.lat,
                lon=entry.lon,
            )
            for entry, slug in zip(entries, slugs, strict=True)
        ],
        batch_size=1000,
    )


def _slugs(entries: list[Entry]) -> list[str]:
    """A free word for each: of equal names every new one carries where it lies."""
    taken = set(Municipality.objects.values_list("slug", flat=True))
    bases = [spelling.as_slug(entry.name) for entry in entries]
    often = Counter(bases)
    slugs = []
    for entry, base in zip(entries, bases, strict=True):
        slug = base
        if often[base] > 1 or slug in taken:
            where = spelling.as_slug(entry.kreis or entry.land)
            slug = base = f"{base[:60]}-{where[:30]}"
        number = 2
        while slug in taken:
            slug, number = f"{base}-{number}", number + 1
        taken.add(slug)
        slugs.append(slug)
    return slugs


def _change(changed: list[tuple[Municipality, dict[str, object]]]) -> None:
    """Take over what changed; an old name stays as a spelling to find it by."""
    now = timezone.now()
    for row, changes in changed:
        written = {"checked_at": row.checked_at or now, **changes}
        if name := changes.get("name"):
            written["search_words"] = spelling.search_words(str(name))
            MunicipalityName.objects.get_or_create(municipality=row, name=row.name)
        Municipality.objects.filter(pk=row.pk).update(**written)
