"""Tags that show pictures, in the size that a window needs, and weigh documents."""

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString

from partnerships import dates
from partnerships.templatetags.content import text_and_language

register = template.Library()

# How wide a picture is shown, by the width of the window (in 67-gallery.css).
SIZES = {
    "gallery": "(min-width: 60rem) 22rem, (min-width: 40rem) 46vw, 92vw",
    "portrait": "12rem",
    "small": "4rem",
}


@register.simple_tag
def picture(shown, place, lazy=True) -> SafeString:
    """A picture as WebP and JPEG. place: of SIZES; "small" stands beside its name."""
    alt, language = described(shown)
    width = shown.widths[0] if place == "small" else shown.widths[:2][-1]
    return format_html(
        '<picture><source type="image/webp" srcset="{}" sizes="{}">'
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}{}>'
        "</picture>",
        srcset(shown, "webp"),
        SIZES[place],
        shown.address(width, "jpg"),
        srcset(shown, "jpg"),
        SIZES[place],
        width,
        shown.height_at(width),
        "" if place == "small" else alt,
        format_html(' lang="{}"', language) if language else "",
        SafeString(' loading="lazy"' if lazy else ""),
    )


def described(shown) -> tuple[str, str]:
    """What can be seen, and its language unless it is the reader's."""
    if shown.speaker_id:
        return shown.speaker.name, ""
    return text_and_language(shown, "alt")


def srcset(shown, ending: str) -> str:
    return ", ".join(
        f"{shown.address(width, ending)} {width}w" for width in shown.widths
    )


@register.filter
def published_in(publication) -> str:
    """The month of its publication, or the year if no more is known."""
    year, month = publication.published_year, publication.published_month
    return dates.month(year, month) if month else str(year)


@register.filter
def weight(file) -> str:
    """The kind and size of a document: PDF, 2.3 MB."""
    return f"PDF, {filesizeformat(file.size)}"
