"""What the head of a public page says of itself, and that a personal one is silent."""

import re

import pytest
from django.urls import reverse

from conferences.models import Page
from tests.conferences.pages import address, coming
from tests.factories import (
    DelegationFactory,
    NewsFactory,
    PartnershipFactory,
    SeriesFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]


@pytest.fixture(autouse=True)
def _at_example_org(settings):
    settings.SITE_ADDRESS = "https://example.org"


def head(client, path):
    return client.get(path).content.decode().partition("</head>")[0]


def canonical(client, path):
    return re.findall(r'<link rel="canonical" href="([^"]+)">', head(client, path))


def seen(client, path):
    found = re.findall(
        r'<meta property="([^"]+)" content="([^"]*)">', head(client, path)
    )
    return [pair for pair in found if pair[0] != "og:locale:alternate"]


def test_a_page_names_itself_in_every_language(client):
    SeriesFactory()

    found = re.findall(
        r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">',
        head(client, "/fr/conferences/afrika/"),
    )

    assert found == [
        ("de", "https://example.org/de/konferenzen/afrika/"),
        ("en", "https://example.org/en/conferences/afrika/"),
        ("fr", "https://example.org/fr/conferences/afrika/"),
        ("es", "https://example.org/es/conferencias/afrika/"),
        ("uk", "https://example.org/uk/konferentsii/afrika/"),
        ("x-default", "https://example.org/en/conferences/afrika/"),
    ]


def test_a_page_has_words_for_a_preview(client):
    item = NewsFactory(slug="start", title_de='A "B" & <C>', teaser_de="*Kurz* & gut.")

    path = address(item)

    assert seen(client, path) == [
        ("og:title", "A &quot;B&quot; &amp; &lt;C&gt;"),
        ("og:description", "Kurz &amp; gut."),
        ("og:type", "article"),
        ("og:url", "https://example.org/de/neuigkeiten/start/"),
        ("og:site_name", "Partnerschaftskonferenzen"),
        ("og:locale", "de_DE"),
    ]
    assert '<meta name="description" content="Kurz &amp; gut.">' in head(client, path)


def test_a_page_names_its_language_and_the_others(client):
    found = re.findall(
        r'<meta property="(og:locale[^"]*)" content="([^"]*)">', head(client, "/uk/")
    )

    assert found == [
        ("og:locale", "uk_UA"),
        ("og:locale:alternate", "de_DE"),
        ("og:locale:alternate", "en_GB"),
        ("og:locale:alternate", "fr_FR"),
        ("og:locale:alternate", "es_ES"),
    ]


def test_a_page_without_words_has_no_description(client):
    Page.objects.create(key="imprint", title_de="Impressum")

    found = head(client, "/de/impressum/")

    assert "description" not in found
    assert "og:title" in found


def test_a_long_text_is_cut_short(client):
    Page.objects.create(key="imprint", title_de="Impressum", text_de="Wort " * 100)

    about = dict(seen(client, "/de/impressum/"))["og:description"]

    assert (len(about), about[-1]) == (200, "…")


def test_every_page_leads_to_the_feed_of_its_language(client):
    assert (
        '<link rel="alternate" type="application/atom+xml" '
        'title="Noticias – Conferencias de Alianzas Municipales" '
        'href="/es/noticias/feed/">'
    ) in head(client, "/es/")


def test_every_public_page_has_one_address(client):
    edition, partnership = coming(), PartnershipFactory()
    Page.objects.create(key="about", title_de="Über uns")
    paths = [
        "/de/",
        "/de/konferenzen/",
        address(edition.series),
        address(edition),
        f"{address(edition)}anmeldung/",
        "/de/neuigkeiten/",
        address(NewsFactory()),
        "/de/partnerschaften/",
        address(partnership),
        address(partnership.german),
        "/de/ueber-uns/",
    ]

    for path in paths:
        assert canonical(client, path) == [f"https://example.org{path}"], path


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("?page=2", "?page=2"),
        ("?page=1", ""),
        ("?page=2&from=somewhere", "?page=2"),
        ("?utm_source=x", ""),
        ("?page=99", "?page=2"),
    ],
)
def test_the_address_of_a_list_holds_its_page_only(client, query, kept):
    NewsFactory.create_batch(11)

    found = canonical(client, f"/en/news/{query}")

    assert found == [f"https://example.org/en/news/{kept}"]


def test_a_page_that_does_not_exist_has_no_address(client):
    found = head(client, "/de/gibt-es-nicht/")

    assert "canonical" not in found
    assert "og:" not in found


def test_a_page_under_a_personal_link_says_nothing_of_itself(client):
    token = DelegationFactory().german_side.mint_link()

    for name in ("delegation", "contact", "people", "check"):
        response = client.get(reverse(f"registrations:{name}", args=[token]))
        page = response.content.decode()
        assert response.status_code in (200, 302), name
        for word in ("canonical", "og:", "ld+json", 'type="application/atom+xml"'):
            assert word not in page, (name, word)


def test_a_preview_says_nothing_of_itself(admin_client):
    found = head(admin_client, address(coming(published_at=None)))

    assert "canonical" not in found
    assert "og:" not in found
