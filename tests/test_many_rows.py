"""A public page makes as many queries for 1,000 rows as for 10, and at most eight."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conferences.models import (
    Edition,
    Host,
    News,
    Picture,
    Publication,
    PublicationFile,
)
from partnerships.models import Goal, Municipality, Partnership
from tests.factories import (
    CountryFactory,
    EditionFactory,
    GermanyFactory,
    SeriesFactory,
)
from tests.pictures import PictureFactory

MOST = 8
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
PAGES = {
    "home": "/de/",
    "conferences": "/de/konferenzen/",
    "series": "/de/konferenzen/afrika/",
    "open edition": "/de/konferenzen/afrika/2100/",
    "past edition": "/de/konferenzen/afrika/1000/",
    "gallery": "/de/konferenzen/afrika/1000/bilder/",
    "more of it": "/de/konferenzen/afrika/1000/bilder/?page=2",
    "partnerships": "/de/partnerschaften/",
    "a filtered list": "/de/partnerschaften/?region=AFR&q=town",
    "map": "/de/partnerschaften/?view=map",
    "country": "/de/partnerschaften/laender/na/",
    "town": "/de/kommunen/town-0-de/",
    "news": "/de/neuigkeiten/",
    "older news": "/de/neuigkeiten/?page=2",
    "news item": "/de/neuigkeiten/news-0/",
    "feed": "/de/neuigkeiten/feed/",
    "sitemaps": "/sitemap.xml",
    "sitemap of conferences": "/sitemap-conferences.xml",
    "sitemap of partnerships": "/sitemap-partnerships.xml",
    "sitemap of municipalities": "/sitemap-municipalities.xml",
}


def towns(country, numbers):
    code = country.iso2
    return Municipality.objects.bulk_create(
        Municipality(
            country=country,
            name=f"Town {number} {code}",
            slug=f"town-{number}-{code.lower()}",
            checked_at=LONG_AGO,
        )
        for number in numbers
    )


def add(numbers, editions, goal):
    """For each number a partnership with its towns, which all attended and hosted."""
    german, partner = towns(GermanyFactory(), numbers), towns(CountryFactory(), numbers)
    rows = Partnership.objects.bulk_create(
        Partnership(
            german=one, partner=other, slug=one.slug + other.slug, published_at=LONG_AGO
        )
        for one, other in zip(german, partner, strict=True)
    )
    goal.partnerships.add(*rows)
    for edition in editions:
        edition.attending.add(*rows)
        Host.objects.bulk_create(
            Host(edition=edition, order=number, partnership=row)
            for number, row in zip(numbers, rows, strict=True)
        )
    Picture.objects.bulk_create(
        PictureFactory.build(edition=edition)
        for edition in editions
        for _number in [*numbers, *numbers, *numbers]
    )
    publications = Publication.objects.bulk_create(
        Publication(edition=editions[-1], series="Material", number=number)
        for number in numbers
    )
    PublicationFile.objects.bulk_create(
        PublicationFile(publication=one, language=code, digest="a" * 32, size=1000)
        for one in publications
        for code in ("de", "en")
    )
    News.objects.bulk_create(
        News(
            slug=f"news-{number}",
            title_de=f"Meldung {number}",
            teaser_de="Neu.",
            series=editions[0].series,
            edition=editions[0],
            published_at=LONG_AGO,
        )
        for number in numbers
    )
    Edition.objects.bulk_create(
        Edition(
            series=editions[0].series,
            number=1001 + number,
            year=1001 + number,
            slug=f"{1001 + number}",
            published_at=LONG_AGO,
        )
        for number in numbers
    )


def count_rows() -> None:
    """PostgreSQL plans by these counts; by itself it takes them between tests only."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def queries(client) -> dict[str, int]:
    count_rows()
    found = {}
    for name, path in PAGES.items():
        with CaptureQueriesContext(connection) as made:
            assert client.get(path).status_code == 200
        found[name] = len(made)
    return found


@pytest.mark.django_db
def test_queries_do_not_grow_with_the_rows(client):
    series = SeriesFactory()
    upcoming = EditionFactory(series=series, number=1, slug="2100")
    past = EditionFactory(
        series=series, number=2, slug="1000", year=1000, starts_on=None, ends_on=None
    )
    goal = Goal.objects.create(number=1, name_de="Keine Armut", name_en="No poverty")

    add(range(10), [upcoming, past], goal)
    few = queries(client)
    add(range(10, 1000), [upcoming, past], goal)

    assert queries(client) == few
    assert max(few.values()) <= MOST
