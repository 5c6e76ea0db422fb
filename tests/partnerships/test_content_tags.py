from datetime import date
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import resolve
from django.utils import translation

from conferences.models import Edition, Page
from tests.factories import berlin


def rendered(text, language="de", **context):
    with translation.override(language):
        return Template("{% load content %}" + text).render(Context(context))


def test_shown_prints_the_text_of_the_readers_language_as_it_is():
    page = Page(title_de="Kontakt & Mehr", title_en="Contact")

    assert rendered('{% shown page "title" %}', page=page) == "Kontakt &amp; Mehr"


@pytest.mark.parametrize("language", ["fr", "es", "uk"])
@pytest.mark.parametrize(
    ("english", "html"),
    [
        ("Contact", '<span lang="en">Contact</span>'),
        ("", '<span lang="de">Kontakt</span>'),
    ],
    ids=["English", "else German"],
)
def test_a_text_that_is_not_translated_is_shown_in(language, english, html):
    page = Page(title_de="Kontakt", title_en=english, **{f"title_{language}": ""})

    assert rendered('{% shown page "title" %}', language, page=page) == html


def test_shown_marks_a_text_of_another_language():
    page = Page(title_de="Kontakt & <b>", title_en="")

    assert (
        rendered('{% shown page "title" %}', "en", page=page)
        == '<span lang="de">Kontakt &amp; &lt;b&gt;</span>'
    )


@pytest.mark.parametrize("tag", ["shown", "prose"])
def test_what_is_empty_in_every_language_leaves_nothing(tag):
    page = Page(title_de="", title_en=None)

    assert rendered(f'{{% {tag} page "title" %}}', page=page) == ""


def test_nothing_is_shown_of_an_object_that_is_not_there():
    assert rendered('{% shown page "title" %}{% prose page "text" %}', page=None) == ""


def test_prose_marks_a_text_of_another_language():
    page = Page(text_de="Hallo", text_en="")

    assert (
        rendered('{% prose page "text" %}', "en", page=page)
        == '<div lang="de"><p>Hallo</p>\n</div>'
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"),
        ("[a](data:text/html,x)", "<p>[a](data:text/html,x)</p>\n"),
        ("[a](/de/)", '<p><a href="/de/">a</a></p>\n'),
        ("*wichtig*", "<p><em>wichtig</em></p>\n"),
    ],
)
def test_prose_is_safe_markdown(text, html):
    assert rendered('{% prose page "text" %}', page=Page(text_de=text)) == html


def test_the_star_inside_a_word_is_no_emphasis():
    page = Page(text_de="Akteur*innen und Partner*innen")

    assert (
        rendered('{% prose page "text" %}', page=page)
        == "<p>Akteur*innen und Partner*innen</p>\n"
    )


def test_a_gap_is_marked():
    page = Page(text_de="Anschrift: [[Anschrift & Ort]]")

    assert (
        rendered('{% prose page "text" %}', page=page)
        == "<p>Anschrift: <mark>[Anschrift &amp; Ort]</mark></p>\n"
    )


@pytest.mark.parametrize(
    ("text", "level", "tag"),
    [("## A", 2, "h2"), ("## A", 3, "h3"), ("### A", 3, "h4"), ("# A", 3, "h3")],
)
def test_headings_of_prose_stand_below_the_heading_of_their_section(text, level, tag):
    template = f'{{% prose page "text" {level} %}}'

    assert rendered(template, page=Page(text_de=text)) == f"<{tag}>A</{tag}>\n"


DAYS = [
    (
        {"starts_on": date(2025, 9, 8), "ends_on": date(2025, 9, 11)},
        '<time datetime="2025-09-08">8. bis 11. September 2025</time>',
        '<time datetime="2025-09-08">8–11 September 2025</time>',
    ),
    (
        {"starts_on": date(2025, 9, 30), "ends_on": date(2025, 10, 2)},
        '<time datetime="2025-09-30">30. September bis 2. Oktober 2025</time>',
        '<time datetime="2025-09-30">30 September – 2 October 2025</time>',
    ),
    (
        {"starts_on": date(2025, 12, 30), "ends_on": date(2026, 1, 2)},
        '<time datetime="2025-12-30">30. Dezember 2025 bis 2. Januar 2026</time>',
        '<time datetime="2025-12-30">30 December 2025 – 2 January 2026</time>',
    ),
    (
        {"starts_on": date(2025, 9, 8), "ends_on": date(2025, 9, 8)},
        '<time datetime="2025-09-08">8. September 2025</time>',
        '<time datetime="2025-09-08">8 September 2025</time>',
    ),
    (
        {"month": 9},
        '<time datetime="2025-09">September 2025</time>',
        '<time datetime="2025-09">September 2025</time>',
    ),
    (
        {"season": "autumn"},
        '<time datetime="2025">Herbst 2025</time>',
        '<time datetime="2025">autumn 2025</time>',
    ),
    (
        {},
        '<time datetime="2025">2025</time>',
        '<time datetime="2025">2025</time>',
    ),
]


@pytest.mark.parametrize(("known", "german", "english"), DAYS)
def test_days_say_what_is_known_in_words(known, german, english):
    edition = Edition(year=2025, **known)

    assert rendered("{% days edition %}", "de", edition=edition) == german
    assert rendered("{% days edition %}", "en", edition=edition) == english


def test_an_instant_is_shown_by_the_clock_of_its_place():
    template = '{% instant at "America/New_York" %}'
    at = berlin("2027-03-31 23:59")

    assert rendered('{% instant at "Europe/Berlin" %}', "de", at=at) == (
        '<time datetime="2027-03-31T23:59+02:00">'
        "31. März 2027, 23:59 Uhr (Berlin)</time>"
    )
    assert rendered(template, "en", at=at) == (
        '<time datetime="2027-03-31T17:59-04:00">31 March 2027, 17:59 (New York)</time>'
    )


def test_language_links_lead_to_the_same_page_with_its_query():
    request = RequestFactory().get("/de/konferenzen/?a=1&b=2")
    with translation.override("de"):
        request.resolver_match = resolve("/de/konferenzen/")

    assert rendered("{% language_links %}", "de", request=request) == (
        '<ul class="languages"><li><a href="/en/conferences/?a=1&amp;b=2" lang="en" '
        'hreflang="en">English</a></li>'
        '<li><a href="/fr/conferences/?a=1&amp;b=2" lang="fr" '
        'hreflang="fr">Français</a></li>'
        '<li><a href="/es/conferencias/?a=1&amp;b=2" lang="es" '
        'hreflang="es">Español</a></li>'
        '<li><a href="/uk/konferentsii/?a=1&amp;b=2" lang="uk" '
        'hreflang="uk">Українська</a></li></ul>'
    )


def test_language_links_of_a_page_that_does_not_exist_lead_home():
    request = RequestFactory().get("/de/gibt-es-nicht/")

    assert 'href="/en/"' in rendered("{% language_links %}", "de", request=request)


def test_page_numbers_leave_gaps():
    paginator = SimpleNamespace(
        get_elided_page_range=lambda number, **gaps: [number, gaps]
    )
    page = SimpleNamespace(number=4, paginator=paginator)

    assert rendered("{{ page|page_numbers|first }}", page=page) == "4"
