"""Tags that show content: in the language that it really has, dates in words."""

import re
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from markdown_it import MarkdownIt
from modeltranslation.utils import build_localized_fieldname, resolution_order

from partnerships import dates

register = template.Library()

GAP = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
# "Akteur*innen und Partner*innen": no emphasis, the star is part of the word.
STAR_IN_A_WORD = re.compile(r"(?<=\w)\*(?=\w)")
# No raw HTML; the parser itself refuses javascript: and its like as addresses.
MARKDOWN = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False})


def text_and_language(instance, field: str) -> tuple[str, str]:
    """The text that is shown, and its language; empty if it is the reader's."""
    language = (translation.get_language() or settings.LANGUAGE_CODE).split("-")[0]
    for column, code in columns_of(field, language):
        if not hasattr(instance, column):
            return getattr(instance, field), ""
        if text := getattr(instance, column):
            return text, code
    return "", ""


@cache
def columns_of(field: str, language: str) -> list[tuple[str, str]]:
    """Where a text is looked for, and its language; empty if it is the reader's."""
    return [
        (build_localized_fieldname(field, code), "" if code == language else code)
        for code in resolution_order(language)
    ]


@register.simple_tag
def shown(instance, field):
    """A translated field; text of another language says so in `lang`."""
    if not instance:
        return ""
    text, language = text_and_language(instance, field)
    if not language:
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


@register.simple_tag
def prose(instance, field, level=2):
    """A translated field through Markdown; `##` becomes a heading of that level."""
    if not instance:
        return ""
    text, language = text_and_language(instance, field)
    if not text:
        return ""
    html = mark_safe(markdown(text, level))  # noqa: S308 the parser escapes
    if not language:
        return html
    return format_html('<div lang="{}">{}</div>', language, html)


@lru_cache(maxsize=256)
def markdown(text: str, level: int) -> str:
    tokens = MARKDOWN.parse(STAR_IN_A_WORD.sub(r"\*", text))
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, max(level, int(token.tag[1]) + level - 2))}"
    html = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    return GAP.sub(r"<mark>[\1]</mark>", html)


@register.simple_tag
def days(edition) -> SafeString:
    if edition.starts_on:
        machine = edition.starts_on.isoformat()
    elif edition.month:
        machine = f"{edition.year}-{edition.month:02}"
    else:
        machine = f"{edition.year:04}"
    return format_html('<time datetime="{}">{}</time>', machine, dates.days(edition))


@register.simple_tag
def weekday(day) -> SafeString:
    """A day with its name, as a heading or a line begins with it."""
    words = capfirst(dates.weekday(day))
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), words)


@register.simple_tag
def day(moment):
    """The day of an instant, as our own clocks show it."""
    if moment is None:
        return ""
    on = timezone.localdate(moment)
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), dates.day(on))


@register.simple_tag
def instant(moment, zone_name):
    if moment is None:
        return ""
    zone = ZoneInfo(zone_name)
    return format_html(
        '<time datetime="{}">{}</time>',
        moment.astimezone(zone).isoformat(timespec="minutes"),
        dates.instant(moment, zone),
    )


@register.simple_tag(takes_context=True)
def language_links(context) -> SafeString:
    """This page in the other languages, each by its own name."""
    request = context.get("request")
    links = []
    for code, _name in settings.LANGUAGES:
        if code == translation.get_language():
            continue
        with translation.override(code):
            there = _address_of(request)
        name = translation.get_language_info(code)["name_local"].capitalize()
        links.append((there, code, code, name))
    return format_html(
        '<ul class="languages">{}</ul>',
        format_html_join(
            "", '<li><a href="{}" lang="{}" hreflang="{}">{}</a></li>', links
        ),
    )


def _address_of(request) -> str:
    """Of the page that is asked for, in the language of now; else of the home page."""
    match = request and request.resolver_match
    if match is None or match.url_name is None:  # no page, so in no language
        return reverse("conferences:home")
    _here, mark, query = request.get_full_path().partition("?")
    return reverse(match.view_name, args=match.args, kwargs=match.kwargs) + mark + query


@register.filter
def page_numbers(page):
    """The numbers of a pagination, with gaps where many are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
