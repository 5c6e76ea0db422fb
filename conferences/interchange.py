"""The programme for other programs, as schedule JSON.

The form comes from frab and is written by pretalx too; its schema is published as
https://c3voc.de/schedule/schema.json.
"""

import uuid
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conferences import programme
from conferences.models import Edition
from conferences.programme import Item
from partnerships.templatetags.content import text_and_language

# A day of a programme ends when the last have gone home: at four.
NIGHT = timedelta(hours=4)


def schedule(edition: Edition, items: list[Item]) -> dict:
    """What takes place, in the language of now; a cancelled session is left out."""
    taking_place = [item for item in items if not item.is_cancelled]
    by_day = groupby(taking_place, key=lambda item: (item.starts_at - NIGHT).date())
    days = [_day(edition, number, *found) for number, found in enumerate(by_day, 1)]
    last_change = max(item.released_at for item in items)
    conference = {
        "acronym": "_".join(programme.address(edition)).replace("-", "_").lower(),
        "title": edition.name,
        "start": days[0]["date"] if days else str(edition.starts_on),
        "end": days[-1]["date"] if days else str(edition.ends_on),
        "daysCount": len(days),
        "timeslot_duration": "00:05",
        "time_zone_name": edition.time_zone,
        "url": settings.SITE_ADDRESS + edition.get_absolute_url(),
        "days": days,
    }
    return {
        "schedule": {
            "version": last_change.isoformat(timespec="seconds"),
            "base_url": settings.SITE_ADDRESS + edition.get_absolute_url(),
            "conference": conference,
        }
    }


def _day(edition: Edition, number: int, day: date, items) -> dict:
    start = datetime.combine(day, time.min, edition.zone) + NIGHT
    rooms: dict[str, list[dict]] = {}
    for item in items:
        room = _text(item.room, "name") if item.room else _("All rooms")
        rooms.setdefault(room, []).append(_event(item, room))
    return {
        "index": number,
        "date": day.isoformat(),
        "day_start": start.isoformat(),
        "day_end": (start + timedelta(days=1)).isoformat(),
        "rooms": rooms,
    }


def _event(item: Item, room: str) -> dict:
    address = settings.SITE_ADDRESS + item.get_absolute_url()
    minutes = int((item.ends_at - item.starts_at).total_seconds() // 60)
    return {
        "id": item.pk,
        "guid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"session:{item.pk}")),
        "date": item.starts_at.isoformat(),
        "start": item.begins,
        "duration": f"{minutes // 60:02}:{minutes % 60:02}",
        "room": room,
        "slug": slugify(f"{item.slug}-{item.pk}"),
        "url": address,
        "title": _text(item.texts, "title"),
        "subtitle": None,
        "track": None,
        "type": item.kind,
        "language": item.languages[0] if item.languages else get_language(),
        "abstract": _text(item.texts, "abstract"),
        "description": None,
        "persons": [
            {"id": one.speaker.pk, "name": one.speaker.name} for one in item.people
        ],
        "links": [],
    }


def _text(texts, field: str) -> str:
    return text_and_language(texts, field)[0]
