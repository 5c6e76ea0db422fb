"""Where the lines of the drawings run that the server makes from data.

Only geometry: the templates turn it into SVG, the style sheet gives the colours.
Coordinates are whole numbers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from conferences.models import Series
from conferences.overview import SeriesOverview


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
