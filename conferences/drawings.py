"""Where the lines of the drawings run that the server makes from data.

Only geometry: the templates turn it into SVG, the style sheet gives the colours.
Coordinates are whole numbers; the addresses of points follow the map loosely.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from conferences.models import Series
from conferences.overview import SeriesOverview

HOME = (330, 96)
MOST_LINES = 48


@dataclass(frozen=True)
class Spot:
    """A point of the drawing, and where its words stand beside it."""

    x: int
    y: int
    dx: int = 0
    dy: int = 36
    anchor: str = "middle"


SPOTS = {
    "LAT": Spot(92, 300),
    "AFR": Spot(352, 352),
    "ASI": Spot(664, 268, 16, 8, "start"),
    "OST": Spot(460, 200, -10, 34, "start"),
    "UKR": Spot(560, 84, 16, 8, "start"),
}


@dataclass(frozen=True)
class Arc:
    """All partnerships of a region, each a line from one point to another."""

    series: Series
    count: int
    spot: Spot
    lines: str


def arcs(rows: list[SeriesOverview]) -> list[Arc]:
    """One bundle per series that has partnerships.

    Each line is one partnership, or a fixed number of them where there are too
    many to draw, so the bundles stay comparable.
    """
    drawn = [row for row in rows if row.partnerships]
    most = max((row.partnerships for row in drawn), default=0)
    worth = max(1, ceil(most / MOST_LINES))
    spare = (Spot(120 + 110 * number, 376) for number in range(len(drawn)))
    return [
        Arc(
            row.series,
            row.partnerships,
            spot,
            bundle(spot, ceil(row.partnerships / worth)),
        )
        for row in drawn
        for spot in [SPOTS.get(row.series.region.code) or next(spare)]
    ]


def bundle(spot: Spot, how_many: int) -> str:
    """Lines that part at home and meet at a spot, bent upwards."""
    (x1, y1), (x2, y2) = HOME, (spot.x, spot.y)
    run, rise = x2 - x1, y2 - y1
    length = (run**2 + rise**2) ** 0.5
    across = (rise / length, -run / length)
    if across[1] > 0:
        across = (-across[0], -across[1])
    middle = ((x1 + x2) / 2, (y1 + y2) / 2)
    lines = []
    for number in range(how_many):
        bend = length * 0.34 + (number - (how_many - 1) / 2) * 4
        x, y = middle[0] + across[0] * bend, middle[1] + across[1] * bend
        lines.append(f"M{x1} {y1}Q{x:.0f} {y:.0f} {x2} {y2}")
    return "".join(lines)


@dataclass(frozen=True)
class AxisLine:
    """One series on the time axis: points on a line, and arcs between them."""

    series: Series
    y: int
    held: list[int]
    coming: list[int]
    line: str
    dashes: str


@dataclass(frozen=True)
class Axis:
    lines: list[AxisLine]
    labels: list[tuple[int, int]]
    height: int

    @property
    def bottom(self) -> int:
        return self.height - 28


LEFT, WIDTH, TOP, ROW = 190, 880, 40, 58


def axis(rows: list[SeriesOverview]) -> Axis | None:
    """A line per series, a point per edition; None where there is nothing to show."""
    shown = [row for row in rows if row.editions]
    years = [edition.year for row in shown for edition in row.editions]
    years += [row.expected for row in shown if row.expected]
    if not years:
        return None
    first, last = min(years), max(max(years), min(years) + 1)

    def x(year: int) -> int:
        return round(LEFT + (year - first) * WIDTH / (last - first))

    lines = [axis_line(row, TOP + number * ROW, x) for number, row in enumerate(shown)]
    step = ceil((last - first + 1) / 9)
    labels = [(year, x(year)) for year in range(first, last + 1, step)]
    return Axis(lines, labels, TOP + len(shown) * ROW)


def axis_line(row: SeriesOverview, y: int, x: Callable[[int], int]) -> AxisLine:
    """Filled: it took place. Open: announced or expected."""
    held = sorted({edition.year for edition in row.past})
    announced = [edition.year for edition in row.editions if edition not in row.past]
    coming = announced or ([row.expected] if row.expected else [])
    return AxisLine(
        series=row.series,
        y=y,
        held=[x(year) for year in held],
        coming=[x(year) for year in coming],
        line=hops([x(year) for year in held], y),
        dashes=hops([x(year) for year in [*held[-1:], *coming]], y),
    )


def hops(places: list[int], y: int) -> str:
    """Small arcs from each place to the next."""
    path = ""
    for here, there in pairwise(places):
        top = y - min(26, 8 + (there - here) // 8)
        path += f"M{here} {y}Q{(here + there) // 2} {top - 8} {there} {y}"
    return path
