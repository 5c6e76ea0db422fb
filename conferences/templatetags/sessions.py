"""A session in a list: when, its name, and what tells it from others.

Put together here: a template per row cost half of the programme's time.
"""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from conferences.models import Session
from conferences.programme import Item
from partnerships.templatetags.content import shown, weekday

register = template.Library()

ROW = """<li class="session{cancelled}">
<p class="session__time">{day}<time datetime="{starts_at}">{begins}</time>–\
<time datetime="{ends_at}">{ends}</time></p>
<div class="session__body">{body}</div>
</li>"""
BODY = """<h3 class="session__title"><a href="{}">{}</a></h3>
<p class="session__facts">{}</p>
{}"""
CANCELLED = '<span class="tag">{}</span>'
FACT = "<span>{}</span>"
PEOPLE = '<p class="session__people">{}</p>'


@register.simple_tag
def session_row(item: Item, *, dated=False) -> SafeString:
    """The session as a row of a list. dated: no heading above it names the day."""
    return format_html(
        ROW,
        cancelled=" session--cancelled" if item.is_cancelled else "",
        day=format_html("{}<br>", weekday(item.day)) if dated else "",
        starts_at=item.starts_at.isoformat(),
        begins=item.begins,
        ends_at=item.ends_at.isoformat(),
        ends=item.ends,
        body=session(item),
    )


@register.simple_tag
def session(item: Item, *, in_rooms=False) -> SafeString:
    """What it is. in_rooms: the room stands above it already."""
    return format_html(
        BODY,
        item.get_absolute_url(),
        shown(item.texts, "title"),
        _facts(item, in_rooms),
        format_html(PEOPLE, item.names) if item.people else "",
    )


def _facts(item: Item, in_rooms: bool) -> SafeString:
    facts = []
    if item.kind != Session.Kind.OTHER:
        facts.append(capfirst(item.kind_in_words))
    if item.room and not in_rooms:
        facts.append(shown(item.room, "name"))
    if item.languages:
        facts.append(item.spoken)
    if item.is_public:
        facts.append(_("open to the public"))
    plain = format_html_join("\n", FACT, ((fact,) for fact in facts))
    if not item.is_cancelled:
        return plain
    return format_html("{}\n{}", format_html(CANCELLED, _("cancelled")), plain)
