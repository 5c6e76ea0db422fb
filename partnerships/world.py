"""The outlines of the countries, and where a place lies on the same map.

`data/world.json` is made by `bin/draw-world`; what it holds is drawn as the United
Nations do: Crimea in Ukraine, Western Sahara by itself.
"""

import json
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from django.conf import settings

DATA = Path(settings.BASE_DIR) / "partnerships/data/world.json"
# Of the Equal Earth projection (Šavrič, Patterson, Jenny 2018).
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M = sqrt(3) / 2

Point = tuple[int, int]


@dataclass(frozen=True)
class World:
    """All land as one path, and each country's own path and point by its ISO code."""

    width: int
    height: int
    land: str
    paths: dict[str, str]
    points: dict[str, Point]
    middle: float
    scale: float
    origin: tuple[float, float]

    def place(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a place lies on the map, by the projection of the outlines."""
        east = radians((lon - self.middle + 180) % 360 - 180)
        angle = asin(M * sin(radians(lat)))
        square = angle * angle
        sixth = square**3
        slope = A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)
        x = east * cos(angle) / (M * slope)
        y = angle * (A1 + A2 * square + sixth * (A3 + A4 * square))
        return self.origin[0] + self.scale * x, self.origin[1] - self.scale * y

    def point(self, lat, lon) -> Point:
        """The same in the whole units of the outlines."""
        x, y = self.place(float(lat), float(lon))
        return round(x), round(y)


@cache
def world() -> World:
    read = json.loads(DATA.read_text())
    rows = read["countries"].items()
    return World(
        width=read["width"],
        height=read["height"],
        land=read["land"],
        paths={iso2: row["path"] for iso2, row in rows if "path" in row},
        points={iso2: tuple(row["at"]) for iso2, row in rows},
        middle=read["middle"],
        scale=read["scale"],
        origin=tuple(read["origin"]),
    )
