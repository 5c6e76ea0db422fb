"""The world map as SVG, put together here: a template would loop over each country."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.models import Country
from partnerships.templatetags.content import text_and_language
from partnerships.world import Point, world
from partnerships.worldmap import HOME, Shape, WorldMap

register = template.Library()

LEFT = 70  # farther west lie a few islands, drawn over the edge
MOST_TOWNS = 500
DOT_SIZE = 3

DRAWING = """<svg class="map" viewBox="{left} 0 {width} {height}" {role}>
<path class="map__land" d="{land}"/>
<path class="map__home" d="{home}"/>
{countries}
<g class="map__above">{arcs}{towns}
<circle class="map__here" cx="{x}" cy="{y}" r="4"/></g>
</svg>"""
COUNTRY = """<a class="palette-{} map__country map__country--{}" href="{}"{}>\
<title>{}</title>{}</a>
"""
OUTLINE = '<path d="{}"/>'
DOT = '<circle cx="{}" cy="{}" r="5"/>'
ARC = '<path class="map__arc map__arc--{} palette-{}" d="{}"/>'
# Twice: the wider line beneath sets the dots off from the colour of a country.
TOWNS = '<path class="map__halo" d="{0}"/><path class="map__towns" d="{0}"/>'


@register.simple_tag
def world_map(drawn: WorldMap, *, aside=False):
    """The map with its links.

    aside: all that it says and leads to stands beside it as text, so that it is left
    out for keyboard and screen reader.
    """
    return drawing(tuple(map(drawn_country, drawn.shapes)), aside, _("World map"))


class DrawnCountry(NamedTuple):
    """All that the drawing of a country depends on, as plain values."""

    colour: str
    step: int
    address: str
    title: str
    path: str
    at: Point
    arc: str
    towns: frozenset[Point]


def drawn_country(shape: Shape) -> DrawnCountry:
    return DrawnCountry(
        shape.colour,
        shape.step,
        shape.address,
        title(shape.country, shape.partnerships),
        shape.path,
        shape.at,
        shape.arc,
        frozenset(shape.towns),
    )


@lru_cache(maxsize=32)
def drawing(shapes: tuple[DrawnCountry, ...], aside: bool, label: str) -> SafeString:
    """The same values give the same picture: the home page shows it to everybody."""
    x, y = world().points[HOME]
    role = format_html('role="group" aria-label="{}"', label)
    return format_html(
        DRAWING,
        left=LEFT,
        width=world().width - LEFT,
        height=world().height,
        role=mark_safe('aria-hidden="true"') if aside else role,
        land=mark_safe(world().land),  # noqa: S308 our own data
        home=mark_safe(world().paths[HOME]),  # noqa: S308 our own data
        countries=countries(shapes, mark_safe(' tabindex="-1"') if aside else ""),
        arcs=format_html_join("", ARC, ((s.step, s.colour, s.arc) for s in shapes)),
        towns=towns(shapes),
        x=x,
        y=y,
    )


def countries(shapes: Iterable[DrawnCountry], more) -> SafeString:
    return format_html_join(
        "",
        COUNTRY,
        (
            (one.colour, one.step, one.address, more, one.title, area(one))
            for one in shapes
        ),
    )


def area(shape: DrawnCountry) -> SafeString:
    if shape.path:
        return format_html(OUTLINE, mark_safe(shape.path))  # noqa: S308 our own data
    return format_html(DOT, *shape.at)


@register.simple_tag
def title(country: Country, partnerships: int) -> str:
    """In one line: "Ghana: 12 partnerships"."""
    name, _language = text_and_language(country, "name")
    text = ngettext(
        "%(country)s: %(count)d partnership",
        "%(country)s: %(count)d partnerships",
        partnerships,
    )
    return text % {"country": name, "count": partnerships}


@register.simple_tag
def address(drawn: WorldMap, country: Country) -> str:
    return drawn.address(country)


def towns(shapes: Iterable[DrawnCountry]) -> SafeString:
    """All as one path: each is a line of no length with round ends."""
    places = apart({place for shape in shapes for place in shape.towns})
    if not places:
        return SafeString()
    (x, y), *_others = places
    steps = (f"m{b[0] - a[0]} {b[1] - a[1]}h0" for a, b in pairwise(places))
    return format_html(TOWNS, f"M{x} {y}h0{''.join(steps)}")


def apart(places: set[Point]) -> list[Point]:
    """Of very many dots, those that would lie upon each other are one."""
    if len(places) > MOST_TOWNS:
        places = {(x - x % DOT_SIZE, y - y % DOT_SIZE) for x, y in places}
    return sorted(places)
