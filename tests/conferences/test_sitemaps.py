"""What search engines are told: the sitemaps and robots.txt."""

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.conf import settings as site

from conferences.models import Page
from conferences.sitemaps import SECTIONS, Pages
from tests.conferences.pages import address, coming
from tests.conferences.sessions import SessionFactory, path, released
from tests.factories import (
    MunicipalityFactory,
    NewsFactory,
    PartnershipFactory,
    berlin,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
LANGUAGES = [code for code, _name in site.LANGUAGES]


def tree(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)  # noqa: S314 our own answer


def urls(client, section, page=1):
    return tree(client, f"/sitemap-{section}.xml?p={page}").findall(f"{MAP}url")


def paths(client, section, language="de"):
    found = [urlsplit(url.findtext(f"{MAP}loc")).path for url in urls(client, section)]
    return [path for path in found if path.startswith(f"/{language}/")]


def test_the_index_names_every_section(client, settings):
    settings.SITE_ADDRESS = "https://example.org"

    found = [row.text for row in tree(client, "/sitemap.xml").iter(f"{MAP}loc")]

    assert found == [f"https://example.org/sitemap-{name}.xml" for name in SECTIONS]


def test_a_long_section_is_split(client, monkeypatch):
    monkeypatch.setattr(Pages, "limit", 2)
    NewsFactory.create_batch(3)

    index = [row.text for row in tree(client, "/sitemap.xml").iter(f"{MAP}loc")]

    assert f"{site.SITE_ADDRESS}/sitemap-news.xml?p=2" in index
    assert len(urls(client, "news")) == 2 * len(LANGUAGES)
    assert len(urls(client, "news", 2)) == len(LANGUAGES)


@pytest.mark.parametrize(
    "path",
    [
        "/sitemap-nothing.xml",
        "/sitemap-news.xml?p=2",
        "/sitemap-news.xml?p=0",
        "/sitemap-news.xml?p=x",
        "/sitemap-news.xml?p=" + "9" * 5000,
    ],
)
def test_a_sitemap_that_does_not_exist_is_not_found(client, path):
    NewsFactory()

    assert client.get(path).status_code == 404


def test_each_page_names_itself_in_every_language(client, settings):
    settings.SITE_ADDRESS = "https://example.org"
    NewsFactory(slug="start")

    found = urls(client, "news")

    pages = {
        "de": "https://example.org/de/neuigkeiten/start/",
        "en": "https://example.org/en/news/start/",
        "fr": "https://example.org/fr/actualites/start/",
        "es": "https://example.org/es/noticias/start/",
        "uk": "https://example.org/uk/novyny/start/",
    }
    assert [url.findtext(f"{MAP}loc") for url in found] == list(pages.values())
    for url in found:
        links = {link.get("hreflang"): link.get("href") for link in url.findall(LINK)}
        assert links == {**pages, "x-default": pages["en"]}


def test_every_public_row_has_its_page_in_the_sitemap(client):
    edition = coming()
    session = released(edition)
    SessionFactory(edition=edition)
    news = NewsFactory()
    partnership = PartnershipFactory()
    Page.objects.create(key="imprint", title_de="Impressum")
    Page.objects.create(key="lead", title_de="Auf der Startseite")

    assert paths(client, "pages") == [
        "/de/",
        "/de/konferenzen/",
        "/de/neuigkeiten/",
        "/de/partnerschaften/",
        "/de/impressum/",
    ]
    assert paths(client, "series") == [address(edition.series)]
    assert paths(client, "conferences") == [address(edition)]
    assert paths(client, "news") == [address(news)]
    assert paths(client, "partnerships") == [address(partnership)]
    assert paths(client, "programmes") == [
        path("programme", edition, language="de"),
        path("session", edition, session.slug, language="de"),
    ]
    assert paths(client, "countries") == [address(partnership.partner.country)]
    towns = [address(partnership.german), address(partnership.partner)]
    assert paths(client, "municipalities") == sorted(towns)


@pytest.mark.parametrize(
    "published_at", [None, berlin("2026-11-23 12:00")], ids=["never", "tomorrow"]
)
def test_nothing_that_is_hidden_stands_in_the_sitemap(client, published_at):
    released(coming(published_at=published_at))
    NewsFactory(published_at=published_at)
    PartnershipFactory(published_at=published_at)

    for section in set(SECTIONS) - {"pages", "series"}:
        assert paths(client, section) == [], section


def test_no_demonstration_stands_in_the_sitemap(client):
    edition = coming(is_demonstration=True, number=None)
    released(edition)
    NewsFactory(is_demonstration=True)
    NewsFactory(edition=edition, series=edition.series)

    for section in ("conferences", "programmes", "news"):
        assert paths(client, section) == [], section


def test_a_municipality_that_nobody_has_checked_stands_in_no_sitemap(client):
    PartnershipFactory(german__checked_at=None)

    assert paths(client, "municipalities") == []


def test_a_municipality_without_a_partnership_stands_in_no_sitemap(client):
    MunicipalityFactory()

    assert paths(client, "municipalities") == []


def test_robots_are_kept_out_of_the_admin_and_led_to_the_sitemap(client, settings):
    settings.SITE_ADDRESS = "https://example.org"

    response = client.get("/robots.txt")

    assert response.headers["Content-Type"].startswith("text/plain")
    rules = re.findall(r"^[A-Z].*$", response.content.decode(), re.MULTILINE)
    assert rules == [
        "User-agent: *",
        "Disallow: /admin/",
        "Sitemap: https://example.org/sitemap.xml",
    ]


def test_a_page_under_a_link_can_be_fetched_to_read_that_it_is_not_for_robots(client):
    """A robot that may not fetch it could still list an address that it found."""
    rules = client.get("/robots.txt").content.decode()

    page = client.get("/de/anmeldung/unbekannt/")

    assert "noindex" in page.headers["X-Robots-Tag"]
    forbidden = re.findall(r"^Disallow: (.+)$", rules, re.MULTILINE)
    assert not [path for path in forbidden if "/de/anmeldung/x/".startswith(path)]
