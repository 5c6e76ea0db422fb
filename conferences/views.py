from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers

from conferences import calendars, drawings, remembered, structured
from conferences.models import Edition, News, Page, Series
from conferences.overview import (
    editions_by_series,
    expected_next,
    following,
    nearest,
    overview,
)
from partnerships import spelling
from partnerships.models import Country
from partnerships.page_cache import cached_page
from partnerships.worldmap import map_of_all

NEWS_AT_HOME = NEWS_OF_A_SERIES = 3
PICTURES_OF_AN_EDITION = 12


@cached_page()
def home(request):
    everything = map_of_all()
    rows = overview(everything.network.by_region)
    context = {
        "texts": remembered.texts_of_the_home_page(),
        "rows": rows,
        "map": everything,
        "axis": drawings.axis(rows),
        "news": News.objects.published().for_lists()[:NEWS_AT_HOME],
        "goals": remembered.goals(),
        "expected_next": expected_next(rows),
        **box_of(following(rows)),
    }
    return render(request, "conferences/home.html", context)


@cached_page()
def series_list(request):
    rows = overview()
    editions = [edition for row in rows for edition in row.editions]
    context = {
        "rows": rows,
        "axis": drawings.axis(rows),
        "editions": sorted(editions, key=Edition.when, reverse=True),
        **box_of(following(rows)),
    }
    return render(request, "conferences/series_list.html", context)


@cached_page()
def series(request, series_slug):
    shown, editions = find_series(series_slug)
    countries = Country.objects.oda_listed().filter(region=shown.region_id)
    context = {
        "series": shown,
        "editions": editions[::-1],
        "expected": shown.expected_year(editions),
        "news": News.objects.published().of(shown).for_lists()[:NEWS_OF_A_SERIES],
        "countries": by_name(countries),
        "partnerships": map_of_all().network.by_region.get(shown.region_id, 0),
        **box_of(nearest(editions)),
    }
    return render(request, "conferences/series_detail.html", context)


def find_series(slug: str) -> tuple[Series, list[Edition]]:
    """With its published editions, the oldest first: as all see them, not to change."""
    for series, editions in editions_by_series():
        if series.slug == slug:
            return series, editions
    raise Http404


@cached_page()
def edition(request, series_slug, edition_slug):
    shown = find_edition(request, series_slug, edition_slug)
    gallery = pictures_of(shown)
    context = {
        **box_of(shown),
        **gallery,
        "is_preview": not shown.is_published,
        "event": structured.event(shown, pictures=gallery["pictures"][:3]),
        "figures": shown.figures.order_by("pk"),
        "hosts": remembered.hosts(shown),
        **(after(shown) if shown.is_over() else {"countries": countries_of(shown)}),
    }
    response = render(request, "conferences/edition_detail.html", context)
    if not shown.is_published:
        add_never_cache_headers(response)
    return response


def find_edition(request, series_slug, edition_slug) -> Edition:
    """The published edition; staff with the permission see a hidden one as well.

    The person is looked up for hidden ones only, so that a published page varies
    by nothing.
    """
    try:
        return remembered.published_edition(series_slug, edition_slug)
    except Edition.DoesNotExist:
        rows = remembered.whole_editions().previewable_by(request.user)
        return get_object_or_404(rows, series__slug=series_slug, slug=edition_slug)


def pictures_of(shown) -> dict:
    """The first of the gallery, and whether it has more."""
    found = list(shown.pictures.presentable()[: PICTURES_OF_AN_EDITION + 1])
    return {
        "pictures": found[:PICTURES_OF_AN_EDITION],
        "has_more_pictures": len(found) > PICTURES_OF_AN_EDITION,
    }


def box_of(shown) -> dict:
    """An edition, and its phase or that its places are taken."""
    if shown is None:
        return {}
    phase = shown.phase()
    is_full = phase == Edition.Phase.OPEN and shown.delegations.is_full()
    return {"edition": shown, "state": "full" if is_full else phase.value}


def after(shown) -> dict:
    """What remains of a conference, and what comes next in its series."""
    siblings = [
        edition
        for edition in remembered.published_editions()
        if edition.series_id == shown.series_id and not edition.is_demonstration
    ]
    publications = shown.publications.prefetch_related("files")
    return {
        "attending": shown.attending.published().with_municipalities(),
        "publications": publications.order_by("series", "number"),
        "expected": shown.series.expected_year(siblings),
        "coming": nearest(siblings),
    }


def countries_of(shown):
    """The countries addressed that are on the list of recipients today."""
    return by_name(shown.eligible_countries().oda_listed())


def by_name(countries):
    """In the order of the reader's alphabet: Ägypten before Algerien."""
    return sorted(countries, key=lambda country: spelling.fold(country.name))


@cached_page()
def calendar(request, series_slug, edition_slug):
    shown = find_edition(request, series_slug, edition_slug)
    if not shown.starts_on:
        raise Http404
    response = HttpResponse(calendars.calendar(shown), "text/calendar; charset=utf-8")
    name = f"{shown.series.slug}-{shown.slug}.ics"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    if not shown.is_published:
        add_never_cache_headers(response)
    return response


@cached_page()
def page(request, key):
    shown = get_object_or_404(Page, key=key)
    return render(request, "conferences/page_detail.html", {"page": shown})
