"""Counts of the published partnerships: what the network is, in figures."""

from collections import defaultdict
from dataclasses import dataclass, field

from partnerships import spelling
from partnerships.models import Country, Region


@dataclass
class CountryCount:
    """A partner country, and what partnerships lead there."""

    country: Country
    partnerships: int = 0
    german: set[int] = field(default_factory=set)
    # Where the partner towns lie, as latitude and longitude; None: not known.
    partners: dict[int, tuple | None] = field(default_factory=dict)

    def add(self, german, partner, lat, lon) -> None:
        self.partnerships += 1
        self.german.add(german)
        self.partners[partner] = None if lat is None else (lat, lon)


@dataclass(frozen=True)
class RegionCount:
    region: Region | None
    countries: list[CountryCount]

    @property
    def partnerships(self) -> int:
        return sum(row.partnerships for row in self.countries)


@dataclass(frozen=True)
class Network:
    """Some partnerships, counted by country in the order of the reader's alphabet."""

    countries: list[CountryCount]

    @property
    def partnerships(self) -> int:
        return sum(row.partnerships for row in self.countries)

    @property
    def german_towns(self) -> int:
        return len(set().union(*(row.german for row in self.countries)))

    @property
    def partner_towns(self) -> int:
        return sum(len(row.partners) for row in self.countries)

    @property
    def by_region(self) -> dict[int, int]:
        """How many partnerships, by the region's primary key."""
        return {row.region.pk: row.partnerships for row in self.regions if row.region}

    @property
    def regions(self) -> list[RegionCount]:
        """The countries by region, in the order of the regions; of none come last."""
        groups = defaultdict(list)
        for row in self.countries:
            groups[row.country.region].append(row)
        counts = [RegionCount(region, rows) for region, rows in groups.items()]
        return sorted(counts, key=_in_order)


def _in_order(count: RegionCount):
    region = count.region
    return (region is None, region and (region.order, region.code))


def network(rows) -> Network:
    """What these partnerships are, in two queries however many there are."""
    columns = ("german", "partner", "partner__lat", "partner__lon")
    pairs = list(rows.order_by().values_list("partner__country", *columns))
    known = Country.objects.select_related("region").in_bulk({row[0] for row in pairs})
    counts = {pk: CountryCount(country) for pk, country in known.items()}
    for country, *pair in pairs:
        counts[country].add(*pair)
    return Network(sorted(counts.values(), key=_by_name))


def _by_name(count: CountryCount) -> str:
    return spelling.fold(count.country.name)
