"""News: who sees which item where, and in which language."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from tests.conferences.pages import address, coming, html
from tests.factories import (
    EditionFactory,
    NewsFactory,
    RegionFactory,
    SeriesFactory,
    berlin,
    staff,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]

TOMORROW = berlin("2026-11-23 12:00")
LIST = "/de/neuigkeiten/"


def test_an_item_has_its_page(client):
    item = NewsFactory(
        title_de="Es geht los",
        teaser_de="Kurz & gut.",
        text_de="## Wie?\n\nMit *allen*.",
        published_at=berlin("2026-11-20 08:00"),
    )

    page = html(client, address(item))

    assert "<h1>Es geht los</h1>" in page
    assert '<time datetime="2026-11-20">20. November 2026</time>' in page
    assert '<p class="lead">Kurz &amp; gut.</p>' in page
    assert "<h2>Wie?</h2> <p>Mit <em>allen</em>.</p>" in page


def test_the_day_is_that_of_our_own_clocks(client):
    item = NewsFactory(published_at=berlin("2026-11-20 00:30"))

    assert '<time datetime="2026-11-20">' in html(client, address(item))


@pytest.mark.parametrize("published_at", [None, TOMORROW], ids=["never", "tomorrow"])
def test_a_hidden_item_is_not_found_by_the_public(client, published_at):
    hidden = NewsFactory(published_at=published_at)

    assert client.get(address(hidden)).status_code == 404


@pytest.mark.parametrize("published_at", [None, TOMORROW], ids=["never", "tomorrow"])
def test_a_hidden_item_stands_in_no_list(client, published_at):
    series = SeriesFactory()
    hidden = NewsFactory(series=series, published_at=published_at)
    shown = NewsFactory(series=series)

    for path in ("/de/", LIST, address(series)):
        page = html(client, path)
        assert shown.title_de in page, path
        assert hidden.title_de not in page, path


def test_an_item_appears_in_its_minute(client):
    item = NewsFactory(published_at=berlin("2026-11-22 12:00"))

    assert item.title_de in html(client, LIST)


def test_a_hidden_item_is_not_found_by_staff_without_the_permission(client):
    client.force_login(staff("conferences.view_edition"))

    assert client.get(address(NewsFactory(published_at=None))).status_code == 404


def test_staff_with_the_permission_see_a_marked_preview_that_is_not_kept(client):
    client.force_login(staff("conferences.view_news"))

    response = client.get(address(NewsFactory(published_at=TOMORROW)))

    page = response.content.decode()
    assert "Vorschau: Diese Seite" in page
    assert "no-store" in response.headers["Cache-Control"]
    assert 'rel="canonical"' not in page
    assert "og:title" not in page


def test_a_published_item_varies_by_nothing_personal(client):
    response = client.get(address(NewsFactory()))

    assert "Cookie" not in response.headers.get("Vary", "")
    assert "Vorschau: Diese Seite" not in response.content.decode()


@pytest.mark.parametrize("word", ["gibt-es-nicht", "0", "%00", "feed-"])
def test_an_unknown_item_is_not_found(client, word):
    assert client.get(f"{LIST}{word}/").status_code == 404


def test_the_newest_three_stand_at_home(client):
    for day in (1, 2, 3, 4):
        at = berlin(f"2026-11-0{day} 08:00")
        NewsFactory(title_de=f"Vom {day}.", published_at=at)

    page = html(client, "/de/")

    found = re.findall(r'class="news__title"><a href="[^"]+">([^<]+)<', page)
    assert found == ["Vom 4.", "Vom 3.", "Vom 2."]


@pytest.mark.parametrize("path", ["/de/", "/de/konferenzen/afrika/"])
def test_where_there_is_no_news_nothing_is_said(client, path):
    SeriesFactory()

    assert 'id="newest"' not in html(client, path)


def test_a_series_shows_only_its_own(client):
    own, other = SeriesFactory(), SeriesFactory(slug="asien", region__code="ASI")
    NewsFactory(series=own, title_de="Eigenes")
    NewsFactory(series=other, title_de="Fremdes")
    NewsFactory(title_de="Allgemeines")

    page = html(client, address(own))

    assert "Eigenes" in page
    assert "Fremdes" not in page
    assert "Allgemeines" not in page


def test_the_list_without_news_says_so(client):
    assert "Es gibt noch keine Meldungen." in html(client, LIST)


def test_the_list_has_pages_of_ten(client):
    NewsFactory.create_batch(11)

    first, second = client.get(LIST), client.get(f"{LIST}?page=2")

    assert [len(first.context["page_obj"]), len(second.context["page_obj"])] == [10, 1]
    assert "?page=2" in first.content.decode()


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("0", 2), ("-1", 2), ("99", 2), ("x", 1), ("", 1), ("9" * 5000, 1), ("%00", 1)],
)
def test_a_page_that_does_not_exist_is_the_nearest_one(client, asked, shown):
    NewsFactory.create_batch(11)

    response = client.get(f"{LIST}?page={asked}")

    assert response.status_code == 200
    assert response.context["page_obj"].number == shown


def test_a_text_of_another_language_says_which(client):
    item = NewsFactory(title_en="", teaser_en="", text_en="", title_de="Nur deutsch")

    for path in ("/en/", "/en/news/", address(item, "en")):
        page = html(client, path)
        assert '<span lang="de">Nur deutsch</span>' in page, path
        assert '<span lang="de">Worum es geht.</span>' in page, path
    assert '<div lang="de"><p>Der ganze Text.</p>' in html(client, address(item, "en"))


def test_a_text_of_the_readers_language_needs_no_mark(client):
    item = NewsFactory(title_en="Only English")

    assert "<h1>Only English</h1>" in html(client, address(item, "en"))


def test_a_demonstration_is_marked_wherever_it_stands(client):
    item = NewsFactory(series=SeriesFactory(), is_demonstration=True)

    for path in ("/de/", LIST, address(item.series), address(item)):
        assert '<span class="demonstration">Demonstration' in html(client, path), path


def test_an_item_leads_to_its_conference(client):
    edition = coming(city="Zielstadt")
    item = NewsFactory(series=edition.series, edition=edition)

    page = html(client, address(item))

    assert f'<a href="{address(edition)}">' in page
    assert f'<a href="{address(edition.series)}">' in page


def test_an_item_does_not_betray_a_hidden_conference(client):
    edition = coming(published_at=None, title_de="Geheime Konferenz")
    item = NewsFactory(series=edition.series, edition=edition)

    page = html(client, address(item))

    assert "Geheime Konferenz" not in page
    assert address(edition) not in page


def test_an_item_about_a_conference_belongs_to_its_series():
    edition = EditionFactory()
    item = NewsFactory.build(edition=edition)

    item.full_clean()

    assert item.series == edition.series


def test_an_item_about_a_conference_of_another_series_is_refused():
    other = SeriesFactory(slug="asien", region=RegionFactory(code="ASI"))
    item = NewsFactory.build(edition=EditionFactory(), series=other)

    with pytest.raises(ValidationError, match="belongs to another series"):
        item.full_clean()


def test_the_database_keeps_no_conference_without_its_series():
    with pytest.raises(IntegrityError):
        NewsFactory(edition=EditionFactory(), series=None)


def test_the_word_of_the_feed_is_taken():
    with pytest.raises(ValidationError) as refused:
        NewsFactory.build(slug="feed").full_clean()

    assert list(refused.value.message_dict) == ["slug"]
