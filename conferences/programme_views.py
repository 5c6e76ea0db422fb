"""The public pages of a programme: by day, by room, each session and each person."""

from itertools import groupby

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from conferences import (
    calendars,
    interchange,
    programme,
    programme_grid,
    remembered,
    structured,
)
from conferences.programme_filters import VALUES, Filters
from conferences.views import find_edition
from partnerships.models import Goal
from partnerships.page_cache import cached_page
from partnerships.templatetags.content import text_and_language


@cached_page("view", *VALUES)
def overview(request, series_slug, edition_slug):
    """The programme day by day, or as a grid of rooms."""
    edition = find_edition(request, series_slug, edition_slug)
    filters = Filters(programme.released(edition), request.GET, remembered.goals())
    is_grid = request.GET.get("view") == "grid"
    by_day = [(day, list(items)) for day, items in groupby(filters.rows(), _day)]
    context = {
        "edition": edition,
        "filters": filters,
        "is_released": bool(filters.items),
        "days": by_day,
        "grids": programme_grid.grids(by_day) if is_grid else None,
        "page_title": _("Programme: %(name)s") % {"name": edition.name},
        "about": _("When and where which session takes place, and in which languages."),
        "event": structured.event(edition, filters.items),
    }
    return shown(request, edition, "programme", context)


@cached_page()
def session(request, series_slug, edition_slug, slug):
    edition = find_edition(request, series_slug, edition_slug)
    item = next((one for one in programme.released(edition) if one.slug == slug), None)
    if item is None:
        raise Http404
    context = {
        "item": item,
        "goals": Goal.objects.filter(number__in=item.goals),
        "page_title": f"{text_and_language(item.texts, 'title')[0]} – {edition.name}",
        "about": text_and_language(item.texts, "abstract")[0],
    }
    return shown(request, edition, "session", context)


@cached_page()
def person(request, series_slug, edition_slug, slug):
    """Somebody who speaks or moderates in at least one released session."""
    edition = find_edition(request, series_slug, edition_slug)
    speakers = edition.speakers.select_related("municipality__country", "portrait")
    found = get_object_or_404(speakers, slug=slug)
    items = [
        item
        for item in programme.released(edition)
        if any(one.speaker.pk == found.pk for one in item.people)
    ]
    if not items:
        raise Http404
    context = {
        "speaker": found,
        "items": items,
        "page_title": f"{found.name} – {edition.name}",
        "about": found.about,
    }
    return shown(request, edition, "person", context)


@cached_page("day")
def calendar(request, series_slug, edition_slug, slug=None):
    """Of one session, of a day (`?day=2027-04-12`), or of the whole programme.

    A calendar that subscribes to the address is told of each change.
    """
    edition = find_edition(request, series_slug, edition_slug)
    items = programme.released(edition)
    if slug is not None:
        items = [item for item in items if item.slug == slug]
    elif "day" in request.GET:
        items = [item for item in items if str(item.day) == request.GET["day"]]
    if not items:
        raise Http404
    body = calendars.programme(edition, items)
    response = HttpResponse(body, "text/calendar; charset=utf-8")
    name = "-".join(filter(None, (*programme.address(edition), slug)))
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return unkept(edition, response)


@cached_page()
def schedule(request, series_slug, edition_slug):
    """The programme for apps, which may read it from anywhere."""
    edition = find_edition(request, series_slug, edition_slug)
    items = programme.released(edition)
    if not items:
        raise Http404
    response = JsonResponse(interchange.schedule(edition, items))
    response["Access-Control-Allow-Origin"] = "*"
    return unkept(edition, response)


def shown(request, edition, name, context):
    template = f"conferences/programme/{name}.html"
    context = {"edition": edition, **context}
    return unkept(edition, render(request, template, context))


def unkept(edition, response):
    """Nobody keeps the preview of what is not published yet."""
    if not edition.is_published:
        add_never_cache_headers(response)
    return response


def _day(item):
    return item.day
