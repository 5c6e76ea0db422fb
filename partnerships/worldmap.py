"""What the world map shows: countries by number, arcs from Germany, towns as dots.

Only geometry and counts: the tag `world_map` turns it into SVG, the style sheet gives
the colours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import get_language

from partnerships.models import Country, Partnership
from partnerships.network import CountryCount, Network, network
from partnerships.remembered import remember
from partnerships.world import Point, world

HOME = "DE"
# From how many partnerships on a country is one step darker.
SCALES = [(1, 2, 4, 8), (1, 3, 10, 30), (1, 10, 30, 100)]
REACH = 4  # the last step of a scale serves up to so many times its beginning


@dataclass(frozen=True)
class Shape:
    """A partner country on the map; without an outline it is a dot at its point."""

    country: Country
    partnerships: int
    address: str
    step: int
    at: Point
    path: str
    towns: set[Point]

    @property
    def colour(self) -> str:
        region = self.country.region
        return region.colour if region else ""

    @property
    def arc(self) -> str:
        return arc(world().points[HOME], self.at)


@dataclass(frozen=True)
class Step:
    """One shade of the map: from how many partnerships to how many."""

    number: int
    first: int
    last: int | None


class WorldMap:
    """The map of a network; `address`: where a country of it leads."""

    def __init__(self, network: Network, address: Callable[[Country], str]):
        self.network = network
        self.address = address
        self.most = max((row.partnerships for row in network.countries), default=0)

    @cached_property
    def bounds(self) -> list[int]:
        fitting = (scale for scale in SCALES if self.most < REACH * scale[-1])
        scale = next(fitting, SCALES[-1])
        return [first for first in scale if first <= self.most]

    @property
    def steps(self) -> list[Step]:
        """The shades that occur, for the key of the map."""
        lasts = [first - 1 for first in self.bounds[1:]]
        return [
            Step(number, first, last)
            for number, (first, last) in enumerate(
                zip(self.bounds, [*lasts, None], strict=True), 1
            )
        ]

    @cached_property
    def shapes(self) -> list[Shape]:
        """The countries whose place is known, the least number first."""
        known = [
            row for row in self.network.countries if row.country.iso2 in world().points
        ]
        return [self._shape(row) for row in sorted(known, key=_number)]

    def _shape(self, row: CountryCount) -> Shape:
        iso2 = row.country.iso2
        at = world().points[iso2]
        places = {
            world().point(*place) if place else at for place in row.partners.values()
        }
        return Shape(
            country=row.country,
            partnerships=row.partnerships,
            address=self.address(row.country),
            step=sum(first <= row.partnerships for first in self.bounds),
            at=at,
            path=world().paths.get(iso2, ""),
            towns=places,
        )


def map_of_all() -> WorldMap:
    """The map of all published partnerships, with links to the countries.

    In the reader's language, in which the countries are sorted as well.
    """
    key = ("map of all", get_language())
    return remember(key, _map_of_all, until=Partnership.objects.next_publication)


def _map_of_all() -> WorldMap:
    return WorldMap(network(Partnership.objects.published()), Country.get_absolute_url)


def _number(row: CountryCount) -> int:
    return row.partnerships


def arc(start: Point, end: Point) -> str:
    """A line from one point to another, bent upwards: the longer, the higher."""
    (x1, y1), (x2, y2) = start, end
    lift = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 * 0.28
    return f"M{x1} {y1}Q{(x1 + x2) / 2:.0f} {(y1 + y2) / 2 - lift:.0f} {x2} {y2}"
