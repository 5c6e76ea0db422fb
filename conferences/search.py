"""One search over all that is public: pages, conferences, sessions, partnerships.

What is searched is read once for each state of the content and compared here, not in
the database: so both databases find the same, in every language and spelling.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.models import Edition, News, Page, Publication, Series, Session
from conferences.programme import Text
from partnerships import spelling
from partnerships.country_names import other_names
from partnerships.models import MunicipalityName, Partnership
from partnerships.plain_text import as_query
from partnerships.remembered import remember

MOST = 30
LANGUAGES = [code for code, _name in settings.LANGUAGES]


class Kind(models.TextChoices):
    """What is found; of two that fit as well, the kind that stands first here."""

    PAGE = "page", _("Page")
    COUNTRY = "country", _("Country")
    SERIES = "series", _("Series of conferences")
    EDITION = "edition", _("Conference")
    MUNICIPALITY = "municipality", _("Municipality")
    PARTNERSHIP = "partnership", _("Partnership")
    SESSION = "session", _("Session")
    PUBLICATION = "publication", _("Documentation")
    NEWS = "news", _("News")


ORDER = list(Kind)


@dataclass(frozen=True)
class Entry:
    """One public page: its title in every language, and all words that find it.

    `names` are the spellings of its title, parted by bars; `text` is what else stands
    on it; both folded. `shown_at`: when it is public, where that can lie ahead.
    """

    kind: Kind
    title: Text
    names: str
    text: str
    view: str
    words: tuple[str, ...] = ()
    shown_at: tuple[datetime | None, ...] = ()
    is_demonstration: bool = False

    def get_absolute_url(self) -> str:
        return reverse(self.view, args=self.words)

    def is_shown(self, now: datetime) -> bool:
        return all(one is not None and one <= now for one in self.shown_at)

    def score(self, words: list[str]) -> int:
        """How well it fits; 0 where one of the words is nowhere."""
        points = [self._points(word) for word in words]
        if not all(points):
            return 0
        whole = " ".join(words)
        is_title = any(name == whole for name in self.names.split(" | "))
        return sum(points) + (10 if is_title else 0)

    def _points(self, word: str) -> int:
        names = f" {self.names} "
        if f" {word} " in names:
            return 8
        if f" {word}" in names:
            return 6
        if word in names:
            return 4
        text = f" {self.text} "
        if f" {word}" in text:
            return 2
        return 1 if len(word) > 3 and word in text else 0


def find(query: str) -> list[Entry]:
    """What fits every word of the query, the best first."""
    words = spelling.fold(as_query(query)).split()
    if not words:
        return []
    now = timezone.now()
    found = [
        (-score, ORDER.index(entry.kind), number, entry)
        for number, entry in enumerate(remember("search", entries))
        if (score := entry.score(words)) and entry.is_shown(now)
    ]
    ranked = [entry for *_rank, entry in sorted(found, key=lambda one: one[:3])]
    # The home page holds several texts, and an edition its publications.
    pages = {(entry.view, entry.words): entry for entry in reversed(ranked)}
    return list(reversed(pages.values()))[:MOST]


def entries() -> list[Entry]:
    """All that can be found, in seven queries."""
    return [
        *_pages(),
        *_editions(),
        *_publications(),
        *_of_partnerships(),
        *_sessions(),
        *_news(),
    ]


def _pages() -> Iterator[Entry]:
    for row in Page.objects.all():
        view = "home" if row.key in Page.ON_HOME else row.key
        title, names = _titles(row, "title")
        text = _folded(_all(row, "text"))
        yield Entry(Kind.PAGE, title, names, text, f"conferences:{view}")


def _series(rows: Iterable[Series]) -> Iterator[Entry]:
    for row in rows:
        title, names = _titles(row, "title", more=_all(row.region, "name"))
        text = _folded([*_all(row, "lead"), *_all(row, "text")])
        yield Entry(Kind.SERIES, title, names, text, "conferences:series", (row.slug,))


def _editions() -> Iterator[Entry]:
    """The series that have a conference, and the conferences."""
    rows = list(Edition.objects.with_series())
    yield from _series({row.series_id: row.series for row in rows}.values())
    for row in rows:
        titles = _names_of(row)
        more = [*titles.values(), row.city, *_all(row.series.region, "name")]
        texts = [row.venue, *_all(row, "motto"), *_all(row, "theme")]
        texts += [*_all(row, "introduction"), *_all(row, "programme")]
        if row.is_over():
            texts += [*_all(row, "results"), *_all(row, "next_steps")]
        yield Entry(
            Kind.EDITION,
            Text(titles, "title"),
            f"{_spelled(more)} {row.year}",
            _folded(texts),
            "conferences:edition",
            (row.series.slug, row.slug),
            (row.published_at,),
            row.is_demonstration,
        )


def _publications() -> Iterator[Entry]:
    for row in Publication.objects.select_related("edition__series"):
        name = f"{row.series} {row.number}"
        titles = {
            column: f"{name}: {of_edition}"
            for column, of_edition in _names_of(row.edition).items()
        }
        yield Entry(
            Kind.PUBLICATION,
            Text(titles, "title"),
            _spelled([name]),
            _folded([*titles.values(), row.edition.city]),
            "conferences:edition",
            (row.edition.series.slug, row.edition.slug),
            (row.edition.published_at,),
        )


def _of_partnerships() -> Iterator[Entry]:
    """The partnerships, and their towns and countries, each once."""
    spellings: dict[int, list[str]] = defaultdict(list)
    for pk, name in MunicipalityName.objects.values_list("municipality", "name"):
        spellings[pk].append(name)
    checked = {
        "german__checked_at__isnull": False,
        "partner__checked_at__isnull": False,
    }
    shown = Partnership.objects.exclude(published_at=None).filter(**checked)
    # A town is shown since the first of its partnerships is, which comes last here.
    rows = list(shown.with_municipalities().order_by("-published_at", "pk"))
    yield from (_partnership(row, spellings) for row in rows)
    towns = {
        town.pk: (town, row.published_at)
        for row in rows
        for town in (row.german, row.partner)
    }
    yield from (_town(town, at, spellings) for town, at in towns.values())
    countries = {
        row.partner.country_id: (row.partner.country, row.published_at) for row in rows
    }
    yield from (_country(country, at) for country, at in countries.values())


def _partnership(row, spellings) -> Entry:
    towns = (row.german, row.partner)
    names = [name for town in towns for name in (town.name, *spellings[town.pk])]
    where = [row.german.land, row.german.kreis, *_all(row.partner.country, "name")]
    text = _folded([*where, *_all(row, "topics")])
    view, words, at = "partnerships:detail", (row.slug,), (row.published_at,)
    title, found_by = _same(str(row)), _spelled(names)
    return Entry(Kind.PARTNERSHIP, title, found_by, text, view, words, at)


def _town(town, at, spellings) -> Entry:
    names = _spelled([town.name, *spellings[town.pk]])
    text = _folded([town.land, town.kreis, *_all(town.country, "name")])
    view, words = "partnerships:municipality", (town.slug,)
    return Entry(Kind.MUNICIPALITY, _same(town.name), names, text, view, words, (at,))


def _country(country, at) -> Entry:
    more = other_names().get(country.iso2, [])
    title, names = _titles(country, "name", more=more)
    words = (country.iso2.lower(),)
    return Entry(Kind.COUNTRY, title, names, "", "partnerships:country", words, (at,))


def _sessions() -> Iterator[Entry]:
    rows = Session.objects.filter(released__isnull=False).order_by("pk")
    columns = ("slug", "released", "edition__slug", "edition__series__slug")
    more = ("edition__published_at", "edition__is_demonstration")
    for slug, copy, edition, series, at, invented in rows.values_list(*columns, *more):
        titles = [copy.get(column, "") for column in _columns("title")]
        abstracts = [copy.get(column, "") for column in _columns("abstract")]
        yield Entry(
            Kind.SESSION,
            Text(copy, "title"),
            _spelled(titles),
            _folded(abstracts),
            "conferences:session",
            (series, edition, slug),
            (at,),
            invented,
        )


def _news() -> Iterator[Entry]:
    for row in News.objects.select_related("edition"):
        of_one = row.edition is not None and row.edition.is_demonstration
        title, names = _titles(row, "title")
        text = _folded([*_all(row, "teaser"), *_all(row, "text")])
        view = "conferences:news-item"
        words, at = (row.slug,), (row.published_at,)
        invented = row.is_demonstration or of_one
        yield Entry(Kind.NEWS, title, names, text, view, words, at, invented)


def _names_of(edition) -> dict[str, str]:
    """What a conference is called: its own title, else its series and year."""
    own = any(_all(edition, "title"))
    named = _all(edition if own else edition.series, "title")
    year = "" if own else f" {edition.year}"
    return {
        column: f"{name}{year}" if name else ""
        for column, name in zip(_columns("title"), named, strict=True)
    }


def _titles(row, field: str, more: Iterable[str] = ()) -> tuple[Text, str]:
    """The title of a row for the tags that show one, and its spellings."""
    found = _all(row, field)
    columns = _columns("title")
    title = Text(dict(zip(columns, found, strict=True)), "title")
    return title, _spelled([*found, *more])


def _same(name: str) -> Text:
    """A name that no language translates."""
    return Text(dict.fromkeys(_columns("title"), name), "title")


def _columns(field: str) -> list[str]:
    return [f"{field}_{code}" for code in LANGUAGES]


def _all(row, field: str) -> list[str]:
    """A translated text in every language; empty where it is not translated."""
    return [getattr(row, column) or "" for column in _columns(field)]


def _spelled(names: Iterable[str]) -> str:
    return spelling.search_words(*filter(None, names))


def _folded(texts: Iterable[str]) -> str:
    return spelling.fold(" ".join(filter(None, texts)))
