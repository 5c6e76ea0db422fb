"""The two news items of the demonstration."""

from datetime import UTC, datetime, timedelta

import pytest

from conferences.demonstration_news import load_news
from conferences.models import News
from tests.factories import EditionFactory, SeriesFactory

pytestmark = pytest.mark.django_db

TEXTS = ("title", "teaser", "text")
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def edition():
    return EditionFactory(is_demonstration=True, number=None)


def test_both_items_are_marked_as_invented(edition):
    assert load_news(edition.series, at=AT)

    rows = News.objects.order_by("-published_at")
    assert [row.slug for row in rows] == [
        "demonstration-registration",
        "demonstration-site",
    ]
    assert all(row.is_demonstration for row in rows)
    for code in ("de", "en"):
        assert all(getattr(row, f"{name}_{code}") for row in rows for name in TEXTS)
    assert [row.published_at for row in rows] == [AT, AT - timedelta(days=7)]


def test_one_tells_of_the_conference_and_one_of_none(edition):
    load_news(edition.series, at=AT)

    found = News.objects.values_list("slug", "edition", "series")
    assert set(found) == {
        ("demonstration-registration", edition.pk, edition.series_id),
        ("demonstration-site", None, None),
    }
    assert not News.objects.counted().exists()


def test_a_second_run_changes_nothing(edition):
    load_news(edition.series, at=AT)
    News.objects.filter(slug="demonstration-site").update(title_de="Von Hand")

    assert not load_news(edition.series)

    assert News.objects.count() == 2
    assert News.objects.get(slug="demonstration-site").title_de == "Von Hand"


def test_without_the_conference_it_tells_of_none():
    load_news(SeriesFactory(), at=AT)

    assert News.objects.filter(edition=None).count() == 2
