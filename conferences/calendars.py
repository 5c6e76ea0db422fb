"""An edition as an entry for a calendar."""

from datetime import date, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from icalendar import Calendar, Event

from partnerships.templatetags.content import text_and_language


def calendar(edition, description: str = "") -> bytes:
    """Whole days, so no time zone; the stamp is stable, so nothing looks changed."""
    entry = Event()
    entry.add("uid", _uid(edition))
    entry.add("dtstamp", edition.published_at or timezone.now())
    entry.add("summary", edition.name, _spoken(edition))
    entry.add("dtstart", edition.starts_on)
    entry.add("dtend", edition.ends_on + timedelta(days=1))
    if place := ", ".join(part for part in (edition.venue, edition.city) if part):
        entry.add("location", place)
    if description:
        spoken = {"language": get_language() or settings.LANGUAGE_CODE}
        entry.add("description", description, spoken)
    entry.add("url", settings.SITE_ADDRESS + edition.get_absolute_url())
    whole = _calendar()
    whole.add_component(entry)
    return whole.to_ical()


def programme(edition, items) -> bytes:
    """Released sessions, in the time zone of the conference.

    Each keeps its UID for ever; SEQUENCE says how often it changed, and one that was
    cancelled stays, as cancelled, so that calendars that subscribe strike it out.
    """
    whole = _calendar()
    whole.add("x-wr-calname", edition.name)
    whole.add("refresh-interval", timedelta(hours=6), {"value": "DURATION"})
    for item in items:
        whole.add_component(_session(edition, item))
    first, last = items[0].day, max(item.ends_at.date() for item in items)
    whole.add_missing_timezones(date(first.year, 1, 1), date(last.year + 1, 1, 1))
    return whole.to_ical()


def _session(edition, item) -> Event:
    entry = Event()
    entry.add("uid", _uid(edition, item.slug))
    entry.add("dtstamp", item.released_at)
    entry.add("last-modified", item.released_at)
    entry.add("sequence", item.sequence)
    entry.add("status", "CANCELLED" if item.is_cancelled else "CONFIRMED")
    title, other = text_and_language(item.texts, "title")
    entry.add("summary", title, _language(other))
    entry.add("dtstart", item.starts_at)
    entry.add("dtend", item.ends_at)
    room = text_and_language(item.room, "name")[0] if item.room else ""
    if place := ", ".join(filter(None, (room, edition.venue, edition.city))):
        entry.add("location", place)
    abstract, other = text_and_language(item.texts, "abstract")
    if abstract:
        entry.add("description", abstract, _language(other))
    entry.add("url", settings.SITE_ADDRESS + item.get_absolute_url())
    return entry


def _calendar() -> Calendar:
    whole = Calendar()
    whole.add("prodid", "-//Partnerschaftskonferenzen//")
    whole.add("version", "2.0")
    return whole


def _uid(edition, *more: str) -> str:
    host = urlsplit(settings.SITE_ADDRESS).hostname
    return f"{'-'.join((edition.series.slug, edition.slug, *more))}@{host}"


def _spoken(edition) -> dict[str, str]:
    """The language in which the name of a conference stands."""
    named = (edition, "title") if edition.title else (edition.series, "title")
    _text, other = text_and_language(*named)
    return _language(other)


def _language(other: str) -> dict[str, str]:
    return {"language": other or get_language() or settings.LANGUAGE_CODE}
