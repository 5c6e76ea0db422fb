"""Days and instants in words, for pages and letters, in the active language."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.dates import MONTHS, MONTHS_ALT, WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

# Where the first of a month is no plain number: "le 1er mars".
FIRST = {"fr": "1er"}
# Where the month of a day has another form than the month alone: "8 вересня".
WITH_GENITIVE = {"uk"}


def day(on: date) -> str:
    return _("%(first)s %(month)s %(year)d") % {
        "first": day_of_month(on),
        "month": month_of(on),
        "year": on.year,
    }


def days(edition) -> str:
    """The days of an edition, or its month, season or year: whatever is known."""
    if not edition.starts_on:
        return period(edition)
    first, last = edition.starts_on, edition.ends_on
    if first == last:
        return day(first)
    values = {
        "first": day_of_month(first),
        "last": day_of_month(last),
        "first_month": month_of(first),
        "month": month_of(last),
        "first_year": first.year,
        "year": last.year,
    }
    if (first.year, first.month) == (last.year, last.month):
        return _("%(first)s–%(last)s %(month)s %(year)d") % values
    if first.year == last.year:
        return _("%(first)s %(first_month)s – %(last)s %(month)s %(year)d") % values
    return (
        _("%(first)s %(first_month)s %(first_year)d – %(last)s %(month)s %(year)d")
        % values
    )


def day_of_month(day: date) -> str:
    plain = str(day.day)
    return FIRST.get(get_language() or "", plain) if day.day == 1 else plain


def month_of(day: date) -> str:
    """The name of a month as it follows the number of a day."""
    names = MONTHS_ALT if get_language() in WITH_GENITIVE else MONTHS
    return str(names[day.month])


def period(edition) -> str:
    if edition.month:
        return month(edition.year, edition.month)
    if edition.season:
        values = {"season": edition.get_season_display(), "year": edition.year}
        return _("%(season)s %(year)d") % values
    return str(edition.year)


def month(year: int, number: int) -> str:
    """A month alone: "März 2017"."""
    name = str(MONTHS[number])
    in_a_line = name.lower() if get_language() in WITH_GENITIVE else name
    return _("%(month)s %(year)d") % {"month": in_a_line, "year": year}


def weekday(day: date) -> str:
    """A day with its weekday: "Montag, 12. April 2027"."""
    return _("%(weekday)s, %(day)s %(month)s %(year)d") % {
        "weekday": WEEKDAYS[day.weekday()],
        "day": day_of_month(day),
        "month": month_of(day),
        "year": day.year,
    }


def instant(at: datetime, zone: ZoneInfo) -> str:
    """A minute as the clock at the place shows it, with the place in brackets."""
    local = at.astimezone(zone)
    return _("%(day)s %(month)s %(year)d, %(time)s (%(place)s)") % {
        "day": day_of_month(local),
        "month": month_of(local),
        "year": local.year,
        "time": local.strftime("%H:%M"),
        "place": zone.key.rpartition("/")[2].replace("_", " "),
    }
