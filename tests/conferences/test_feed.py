"""The feed of news and newly announced conferences, read as a feed reader reads it."""

from datetime import date
from xml.etree import ElementTree

import pytest

from tests.conferences.pages import coming, past
from tests.factories import NewsFactory, berlin

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]

FEED = "/de/neuigkeiten/feed/"
ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(client, path=FEED):
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314 our own answer


def said(element, name):
    return [found.text for found in element.findall(f"{ATOM}{name}")]


def entries(client, path=FEED):
    return feed(client, path).findall(f"{ATOM}entry")


def titles(client, path=FEED):
    return [said(entry, "title")[0] for entry in entries(client, path)]


def test_a_feed_has_what_atom_asks_of_it(client, settings):
    settings.SITE_ADDRESS = "https://example.org"
    NewsFactory(published_at=berlin("2026-11-20 08:00"))

    found = feed(client)

    assert found.get(LANGUAGE) == "de"
    assert said(found, "title") == ["Partnerschaftskonferenzen"]
    assert said(found, "updated") == ["2026-11-20T07:00:00+00:00"]
    assert said(found, "id")[0].startswith("urn:uuid:")
    assert said(found.find(f"{ATOM}author"), "name") == ["Partnerschaftskonferenzen"]
    links = {link.get("rel"): link.get("href") for link in found.findall(f"{ATOM}link")}
    assert links == {
        "self": f"https://example.org{FEED}",
        "alternate": "https://example.org/de/neuigkeiten/",
    }


def test_an_entry_has_what_atom_asks_of_it(client, settings):
    settings.SITE_ADDRESS = "https://example.org"
    NewsFactory(slug="start", published_at=berlin("2026-11-20 08:00"))

    (entry,) = entries(client)

    assert said(entry, "title") == ["Titel von start"]
    assert said(entry, "summary") == ["Worum es geht."]
    assert said(entry, "published") == ["2026-11-20T07:00:00+00:00"]
    assert said(entry, "updated") == ["2026-11-20T07:00:00+00:00"]
    (link,) = entry.findall(f"{ATOM}link")
    assert link.get("href") == "https://example.org/de/neuigkeiten/start/"


def test_an_id_stays_when_all_else_changes(client, settings):
    item = NewsFactory(slug="start")
    before = said(entries(client)[0], "id")

    settings.SITE_ADDRESS = "https://moved.example.org"
    item.title_de, item.published_at = "Anders", berlin("2026-11-21 08:00")
    item.save()

    assert said(entries(client)[0], "id") == before


def test_all_ids_differ(client):
    NewsFactory.create_batch(2)
    coming(published_at=berlin("2026-11-01 08:00"))

    paths = (FEED, "/en/news/feed/")
    ids = [said(entry, "id")[0] for path in paths for entry in entries(client, path)]

    assert len(set(ids)) == 6


def test_news_stand_among_conferences_by_their_day(client):
    NewsFactory(title_de="Davor", published_at=berlin("2026-11-01 08:00"))
    coming(title_de="Konferenz", published_at=berlin("2026-11-02 08:00"))
    NewsFactory(title_de="Danach", published_at=berlin("2026-11-03 08:00"))

    assert titles(client) == ["Danach", "Konferenz", "Davor"]


def test_a_conference_is_described_by_its_facts(client):
    coming(city="Köln", motto_de="Zusammen <stark>")

    (entry,) = entries(client)

    summary = entry.find(f"{ATOM}summary")
    assert summary.get("type") == "html"
    assert summary.text == "10. bis 12. Mai 2027 · Köln · Zusammen &lt;stark&gt;"


@pytest.mark.parametrize(
    "values",
    [
        {"starts_on": date(2024, 5, 1), "ends_on": date(2024, 5, 3)},
        {"starts_on": None, "ends_on": None},
    ],
    ids=["days", "only a year"],
)
def test_what_the_archive_got_later_is_no_news(client, values):
    past(2024, **values, published_at=berlin("2026-11-01 08:00"))

    assert titles(client) == []


def test_a_conference_that_was_announced_in_time_stays_news_when_it_is_over(client):
    days = {"starts_on": date(2024, 5, 1), "ends_on": date(2024, 5, 3)}
    past(2024, **days, title_de="War da", published_at=berlin("2024-05-03 12:00"))

    assert titles(client) == ["War da"]


def test_nothing_that_is_hidden_stands_in_the_feed(client):
    NewsFactory(published_at=None)
    NewsFactory(published_at=berlin("2026-11-23 12:00"))
    coming(slug="never", published_at=None)
    coming(slug="tomorrow", published_at=berlin("2026-11-23 12:00"))
    NewsFactory(title_de="Öffentlich")

    assert titles(client) == ["Öffentlich"]


def test_no_demonstration_stands_in_the_feed(client):
    edition = coming(is_demonstration=True, number=None)
    NewsFactory(is_demonstration=True)
    NewsFactory(edition=edition, series=edition.series)
    NewsFactory(title_de="Echt")

    assert titles(client) == ["Echt"]


def test_the_feed_holds_the_newest_twenty(client):
    NewsFactory.create_batch(15)
    for number in range(15):
        coming(slug=f"2027-{number}", title_de="Neu", published_at=berlin("2026-11-01"))

    found = titles(client)

    assert (len(found), found.count("Neu")) == (20, 15)


def test_hostile_words_stay_words(client):
    NewsFactory(
        title_de="</title>&amp;<script>alert('1')</script>\x0b\uffff",
        teaser_de="<b onclick=x>&amp;\x1f",
    )

    (entry,) = entries(client)

    assert said(entry, "title") == ["</title>&amp;<script>alert('1')</script>"]
    assert said(entry, "summary") == ["&lt;b onclick=x&gt;&amp;amp;"]


def test_a_text_of_another_language_says_which(client):
    NewsFactory(title_en="", teaser_en="", title_de="Nur deutsch")

    (entry,) = entries(client, "/en/news/feed/")

    assert entry.get(LANGUAGE) == "de"
    assert said(entry, "title") == ["Nur deutsch"]
    assert said(entry, "summary") == ['<span lang="de">Worum es geht.</span>']


def test_a_text_of_the_readers_language_needs_no_mark(client):
    NewsFactory()

    found = feed(client, "/en/news/feed/")

    assert found.get(LANGUAGE) == "en"
    assert found.find(f"{ATOM}entry").get(LANGUAGE) is None


@pytest.mark.parametrize(
    "path", ["en/news", "fr/actualites", "es/noticias", "uk/novyny"]
)
def test_every_language_has_its_feed(client, path):
    assert feed(client, f"/{path}/feed/").get(LANGUAGE) == path[:2]
