"""Days and instants in words, for pages and letters, in the active language."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _


def days(edition) -> str:
    """The days of an edition, or its month, season or year: whatever is known."""
    if not edition.starts_on:
        return period(edition)
    first, last = edition.starts_on, edition.ends_on
    values = {
        "first": first.day,
        "last": last.day,
        "first_month": MONTHS[first.month],
        "month": MONTHS[last.month],
        "first_year": first.year,
        "year": last.year,
    }
    if first == last:
        return _("%(first)d %(month)s %(year)d") % values
    if (first.year, first.month) == (last.year, last.month):
        return _("%(first)d–%(last)d %(month)s %(year)d") % values
    if first.year == last.year:
        return _("%(first)d %(first_month)s – %(last)d %(month)s %(year)d") % values
    return (
        _("%(first)d %(first_month)s %(first_year)d – %(last)d %(month)s %(year)d")
        % values
    )


def period(edition) -> str:
    if edition.month:
        values = {"month": MONTHS[edition.month], "year": edition.year}
        return _("%(month)s %(year)d") % values
    if edition.season:
        values = {"season": edition.get_season_display(), "year": edition.year}
        return _("%(season)s %(year)d") % values
    return str(edition.year)


def instant(at: datetime, zone: ZoneInfo) -> str:
    """A minute as the clock at the place shows it, with the place in brackets."""
    local = at.astimezone(zone)
    return _("%(day)d %(month)s %(year)d, %(time)s (%(place)s)") % {
        "day": local.day,
        "month": MONTHS[local.month],
        "year": local.year,
        "time": local.strftime("%H:%M"),
        "place": zone.key.rpartition("/")[2].replace("_", " "),
    }
