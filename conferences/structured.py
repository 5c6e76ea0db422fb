"""A conference as linked data (schema.org), for search engines and calendars.

Only what is known: no value is made up to please a checker.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from conferences.models import Edition, Picture
from conferences.programme import Item
from partnerships import addresses
from partnerships.templatetags.content import text_and_language

SCHEMA = "https://schema.org"
MODES = {
    Edition.Attendance.ON_SITE: "OfflineEventAttendanceMode",
    Edition.Attendance.BOTH: "MixedEventAttendanceMode",
    Edition.Attendance.ONLINE: "OnlineEventAttendanceMode",
}


def event(
    edition: Edition, items: Iterable[Item] = (), pictures: Iterable[Picture] = ()
) -> dict[str, Any] | None:
    """None for what is hidden, invented, or of which no day is known.

    `items`: the sessions of its programme, where the page shows them; `pictures`: of
    its gallery.
    """
    if not edition.is_published or edition.is_demonstration or not edition.starts_on:
        return None
    address = addresses.whole(edition.get_absolute_url())
    known = {
        "@context": SCHEMA,
        "@type": "Event",
        "@id": address,
        "name": edition.name,
        "url": address,
        "startDate": edition.starts_on,
        "endDate": edition.ends_on,
        "eventStatus": f"{SCHEMA}/EventScheduled",
        "eventAttendanceMode": attendance(edition),
        "location": place(edition),
        "image": [addresses.whole(picture.largest) for picture in pictures],
        "inLanguage": edition.spoken,
        "organizer": {
            "@type": "Organization",
            "name": _(
                "Service Agency Communities in One World (SKEW) of Engagement Global"
            ),
        },
        "subEvent": [_session(item, edition) for item in items],
    }
    return {name: value for name, value in known.items() if value}


def _session(item: Item, edition: Edition) -> dict[str, Any]:
    address = addresses.whole(item.get_absolute_url())
    state = "EventCancelled" if item.is_cancelled else "EventScheduled"
    known = {
        "@type": "Event",
        "@id": address,
        "name": text_and_language(item.texts, "title")[0],
        "url": address,
        "startDate": item.starts_at.isoformat(),
        "endDate": item.ends_at.isoformat(),
        "eventStatus": f"{SCHEMA}/{state}",
        "location": place(edition),
        "inLanguage": item.languages,
    }
    return {name: value for name, value in known.items() if value}


def attendance(edition: Edition) -> str:
    """Asked only where people register here; of older conferences it is not known."""
    if not edition.opens_at:
        return ""
    return f"{SCHEMA}/{MODES[Edition.Attendance(edition.attendance)]}"


def place(edition: Edition) -> dict[str, Any] | None:
    if not edition.city:
        return None
    return {
        "@type": "Place",
        "name": edition.venue or edition.city,
        "address": {"@type": "PostalAddress", "addressLocality": edition.city},
    }
