"""A partnership as a row: German municipality, arc, partner municipality.

Put together here: a template per row cost a quarter of the list's time.
"""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from partnerships.models import Partnership
from partnerships.templatetags.content import shown

register = template.Library()

ROW = """<li class="pair{planned} palette-{colour}">
<span class="pair__german">
<span class="pair__name">{german}</span>
<span class="pair__where">{where}</span>
</span>
{arc}
<span class="pair__partner">
<span class="visually-hidden">{word}</span>
<span class="pair__name">{partner}</span>
<span class="pair__where">{country}</span>
</span>
{more}
</li>"""
LINK = '<a href="{}">{}</a>'
LINK_OF_BOTH = '<a href="{}">{}<span class="visually-hidden"> – {}</span></a>'
MORE = '<span class="pair__more">{}</span>'


@cache
def arc() -> SafeString:
    return render_to_string("components/arc.html")


@register.simple_tag
def pair(
    partnership: Partnership, *, linked=False, towns=False, countries=False, more=False
):
    """The row of a partnership that is loaded `with_municipalities`.

    linked: the first name leads to the page of the partnership. towns: each name
    leads to the page of its municipality. countries: the partner's country leads to
    its page. more: also in which state it is, and its
    goals, loaded as `listed_goals`.
    """
    german, partner = partnership.german, partnership.partner
    german_name, partner_name = german.name, partner.name
    if towns:
        german_name = format_html(LINK, german.get_absolute_url(), german_name)
        partner_name = format_html(LINK, partner.get_absolute_url(), partner_name)
    elif linked:
        address = partnership.get_absolute_url()
        german_name = format_html(LINK_OF_BOTH, address, german_name, partner_name)
    country = partner.country
    country_name = shown(country, "name")
    if countries:
        country_name = format_html(LINK, country.get_absolute_url(), country_name)
    return format_html(
        ROW,
        planned=" pair--planned" if partnership.is_planned else "",
        colour=country.region.colour if country.region else "",
        german=german_name,
        where=german.where,
        arc=arc(),
        word=_("with"),
        partner=partner_name,
        country=country_name,
        more=status_and_goals(partnership) if more else "",
    )


def status_and_goals(partnership: Partnership) -> SafeString:
    lines = []
    if not partnership.is_active:
        lines.append(partnership.status_sentence)
    if goals := partnership.listed_goals:  # type: ignore[attr-defined]  # prefetched
        names = ((goal.number, shown(goal, "name")) for goal in goals)
        lines.append(format_html("{} {}", _("Goals:"), comma_joined(names)))
    return format_html_join("", MORE, ((line,) for line in lines))


def comma_joined(names) -> SafeString:
    return format_html_join(", ", "{} {}", names)
