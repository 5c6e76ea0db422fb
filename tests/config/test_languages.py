"""What a language of the site needs: path words, plurals, sentences, dates."""

import ast
import datetime
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver
from django.utils import translation
from django.utils.translation import trans_real

from config.management.commands.makemessages import WithoutNames
from partnerships import dates
from tests.browser import tour

LANGUAGES = [code for code, _name in settings.LANGUAGES]
CATALOGUES = [code for code in LANGUAGES if code != "en"]
PARTS = re.compile("<[^>]+>")


def catalogue(language):
    path = settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def routes(resolver, before=()):
    """The words of each address, as they stand in the code and in the language."""
    for entry in resolver.url_patterns:
        pattern = entry.pattern
        word = str(getattr(pattern, "_route", pattern))
        if isinstance(entry, URLResolver):
            yield from routes(entry, (*before, word))
        else:
            yield (*before, word)


def public_routes(language):
    with translation.override(language):
        prefix = f"{language}/"
        return [words for words in routes(get_resolver()) if words[0] == prefix]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_in_addresses_are_plain_and_keep_their_parts(language):
    english, here = public_routes("en"), public_routes(language)

    assert len(english) == len(here) > 30
    for key, words in zip(english, here, strict=True):
        address = "".join(words[1:])
        assert re.fullmatch(r"[a-z0-9/.<>:_-]*", address), address
        assert PARTS.findall(address) == PARTS.findall("".join(key[1:])), address
        assert (
            address.endswith("/") or not address or address.endswith((".ics", ".json"))
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_pages_have_one_address(language):
    addresses = [
        PARTS.sub("<>", "".join(words[1:])) for words in public_routes(language)
    ]

    assert sorted(addresses) == sorted(set(addresses))


@pytest.mark.parametrize(
    ("language", "forms"), [("de", 2), ("fr", 2), ("es", 2), ("uk", 3)]
)
def test_plurals_have_the_forms_of_the_language(language, forms):
    found = catalogue(language)

    assert found.num_plurals == forms
    wrong = [m.id for m in found if m.pluralizable and len(m.string) != forms]
    assert wrong == []


def test_names_of_columns_are_for_staff_only():
    code = """
name = models.CharField(_("a"), choices=Kind, help_text=_("b"))
town = models.ForeignKey("Town", CASCADE, verbose_name=_("c"))
class Meta:
    verbose_name = _("d")
class Kind(models.TextChoices):
    ONE = "one", _("e")
def check(self):
    raise ValidationError(_("f"))
"""
    kept = ast.unparse(WithoutNames().visit(ast.parse(code)))

    assert re.findall(r"_\('(\w)'\)", kept) == ["e", "f"]


def sentences(language):
    found = set()
    for message in catalogue(language):
        found.update(message.id if message.pluralizable else [message.id])
    return found


@pytest.fixture
def missed(monkeypatch):
    """The sentences of the site that French is asked for and was never given."""
    found = set()
    left_out = sentences("de") - sentences("fr")
    assert left_out

    class Listening(trans_real.DjangoTranslation):
        def gettext(self, message):
            if message in left_out:
                found.add(message)
            return super().gettext(message)

    monkeypatch.setattr(trans_real.translation("fr"), "__class__", Listening)
    return found


@pytest.mark.django_db
def test_no_page_asks_for_a_sentence_that_is_left_out(demonstrated, client, missed):
    stops = [*tour.stops("fr")]
    for stop in stops:
        client.get(stop.path)
        if stop.press:
            client.post(stop.path, {})

    assert len(stops) > 60
    assert missed == set()


@pytest.mark.django_db
def test_pages_of_a_side_load_their_conference_at_once(demonstrated, client):
    late = {}

    for stop in tour.stops("uk"):
        if stop.name.startswith(("step-", "unanswered-", "status-", "door-")):
            with CaptureQueriesContext(connection) as queries:
                client.get(stop.path)
            late[stop.name] = [q["sql"] for q in queries if is_late(q["sql"])]

    assert len(late) > 30
    assert {name: asked for name, asked in late.items() if asked} == {}


def is_late(sql: str) -> bool:
    """Whether a column of a conference or a series is asked for by itself."""
    alone = r'SELECT "conferences_(edition|series)"."id", [^,]+ FROM'
    return re.match(alone, sql) is not None


@pytest.mark.parametrize(
    ("language", "first", "last", "shown"),
    [
        ("fr", "2027-09-01", "2027-09-08", "du 1er au 8 septembre 2027"),
        ("fr", "2027-08-30", "2027-09-02", "du 30 août au 2 septembre 2027"),
        ("es", "2027-09-01", "2027-09-08", "del 1 al 8 de septiembre de 2027"),
        ("es", "2027-09-01", "2027-09-01", "1 de septiembre de 2027"),
        ("uk", "2027-09-01", "2027-09-08", "1–8 вересня 2027 року"),
        ("uk", "2027-08-30", "2027-09-02", "30 серпня – 2 вересня 2027 року"),
    ],
)
def test_days_are_said_as_the_language_says_them(language, first, last, shown):
    edition = SimpleNamespace(
        starts_on=datetime.date.fromisoformat(first),
        ends_on=datetime.date.fromisoformat(last),
    )

    with translation.override(language):
        assert dates.days(edition) == shown


def test_every_language_has_a_catalogue():
    folders = {path.name for path in Path(settings.LOCALE_PATHS[0]).iterdir()}

    assert folders == set(CATALOGUES)
