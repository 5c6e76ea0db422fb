"""What the head of a public page says to search engines and to who shares it.

Pages under a personal link, previews and errors use none of this.
"""

import html
import json

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext

from partnerships import addresses
from partnerships.templatetags.content import markdown, text_and_language

register = template.Library()
register.filter("whole", addresses.whole)

# Open Graph names a language with a land.
LOCALES = {"de": "de_DE", "en": "en_GB", "fr": "fr_FR", "es": "es_ES", "uk": "uk_UA"}
LONGEST = 200
# Inside <script> nothing may look like its end, whatever somebody typed.
HARMLESS = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


@register.simple_tag(takes_context=True)
def public_page(context, title, *texts, kind="website", picture=None) -> SafeString:
    """The one address of this page, its other languages, its words for a preview.

    title: of the page; texts: of which the first that is not empty describes it;
    kind: "website" or "article"; picture (optional): one of the page.
    """
    request = context["request"]
    match = request.resolver_match
    pages = addresses.in_each_language(match.view_name, match.args, match.kwargs)
    page = page_of_a_list(context)
    pages = {code: address + page for code, address in pages.items()}
    language = get_language() or settings.LANGUAGE_CODE
    site, about = gettext("Partnership Conferences"), summary(*texts)
    seen = {
        "og:title": title,
        "og:description": about,
        "og:type": kind,
        "og:url": pages[language],
        "og:site_name": site,
        "og:locale": LOCALES[language],
    }
    if picture:
        seen["og:image"] = addresses.whole(picture.largest)
        seen["og:image:alt"] = text_and_language(picture, "alt")[0]
    lines = [(name, value) for name, value in seen.items() if value]
    lines += [
        ("og:locale:alternate", LOCALES[code]) for code in pages if code != language
    ]
    described = format_html('<meta name="description" content="{}">\n', about)
    feed = format_html(
        '<link rel="alternate" type="application/atom+xml" title="{}" href="{}">\n',
        f"{gettext('News')} – {site}",
        reverse("conferences:feed"),
    )
    return format_html(
        "{}{}{}{}{}",
        described if about else "",
        format_html('<link rel="canonical" href="{}">\n', pages[language]),
        format_html_join(
            "",
            '<link rel="alternate" hreflang="{}" href="{}">\n',
            addresses.alternates(pages).items(),
        ),
        feed,
        format_html_join("", '<meta property="{}" content="{}">\n', lines),
    )


def page_of_a_list(context) -> str:
    """What follows the path; a list that was narrowed down counts as the whole list."""
    page = context.get("page_obj")
    if page is None or page.number == 1 or set(context["request"].GET) != {"page"}:
        return ""
    return f"?page={page.number}"


def summary(*texts) -> str:
    """The first text that is not empty, without its marks, as one short line."""
    for text in filter(None, texts):
        plain = html.unescape(strip_tags(markdown(str(text), 2)))
        return Truncator(" ".join(plain.split())).chars(LONGEST)
    return ""


@register.simple_tag
def json_ld(data) -> SafeString:
    """Linked data about the page; a block that browsers do not run."""
    if not data:
        return SafeString("")
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text.translate(HARMLESS)),  # noqa: S308 harmless now
    )
