"""An edition as an entry for a calendar."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from icalendar import Calendar, Event

from partnerships.templatetags.content import text_and_language


def calendar(edition, description: str = "") -> bytes:
    """Whole days, so no time zone; the stamp is stable, so nothing looks changed."""
    entry = Event()
    host = urlsplit(settings.SITE_ADDRESS).hostname
    entry.add("uid", f"{edition.series.slug}-{edition.slug}@{host}")
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
    whole = Calendar()
    whole.add("prodid", "-//Partnerschaftskonferenzen//")
    whole.add("version", "2.0")
    whole.add_component(entry)
    return whole.to_ical()


def _spoken(edition) -> dict[str, str]:
    """The language in which the name of a conference stands."""
    named = (edition, "title") if edition.title else (edition.series, "title")
    _text, other = text_and_language(*named)
    return {"language": other or get_language() or settings.LANGUAGE_CODE}
