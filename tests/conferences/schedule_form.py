"""The form of schedule JSON, in our own words, as frab and pretalx write it.

The published schema (https://c3voc.de/schedule/schema.json) carries no clear licence,
so its rules are told here again: which keys there are, which of them must be there,
and how each value looks. Rules that no schema can say follow at the end.

What programs read of it, found in their sources:

* bots and scripts that announce sessions take `days[].rooms{}`, and of an event
  `title`, `date` and `url`; one that lacks any of the three is passed over;
* displays and importers take `room`, `start` ("14:30") and `duration` ("01:30") too,
  and `time_zone_name`, `date` of the day and `persons[].name`;
* what merges schedules tells events apart by `guid`, older programs by `id`.

The Android apps do not read it: EventFahrplan wants the same as schedule XML, Giggity
that or a calendar, of which it needs UID, SUMMARY, LOCATION, DTSTART and DTEND.
"""

import re
import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

Check = Callable[[Any], bool]


def holds(check: Callable[[Any], Any]) -> Check:
    """A check that may also raise."""

    def checked(value) -> bool:
        try:
            return bool(check(value))
        except (ValueError, TypeError, AttributeError):
            return False

    return checked


def like(pattern: str) -> Check:
    return holds(lambda value: re.fullmatch(pattern, value))


def text(value) -> bool:
    return isinstance(value, str)


def text_or_nothing(value) -> bool:
    return value is None or text(value)


def number(value) -> bool:
    """From one on; in JSON, true is no number."""
    return type(value) is int and value > 0


def count(value) -> bool:
    return type(value) is int and value >= 0


def rows(value) -> bool:
    return isinstance(value, list)


def table(value) -> bool:
    return isinstance(value, dict)


day = holds(lambda value: str(date.fromisoformat(value)) == value)
instant = holds(lambda value: datetime.fromisoformat(value).tzinfo)
address = holds(lambda value: urlsplit(value).scheme and urlsplit(value).netloc)
identity = holds(lambda value: str(uuid.UUID(value)) == value)

DOCUMENT = {"schedule": table}
SCHEDULE = {"version": text, "base_url": address, "conference": table}
CONFERENCE = {
    "acronym": like(r"[a-z0-9_-][a-z0-9_]{3,}(-2[0-9]{3}-[a-z]+)?"),
    "title": text,
    "start": day,
    "end": day,
    "daysCount": count,
    "timeslot_duration": like(r"[0-9]{2}:[0-9]{2}"),
    "time_zone_name": like(r"UTC|[A-Z][A-Za-z]+(/[A-Z][A-Za-z_-]+)+"),
    "url": address,
    "days": rows,
}
DAY = {
    "index": number,
    "date": day,
    "day_start": instant,
    "day_end": instant,
    "rooms": table,
}
EVENT = {
    "id": number,
    "guid": identity,
    "date": instant,
    "start": like(r"[0-2][0-9]:[0-5][0-9]"),
    "duration": like(r"[0-9]+:[0-5][0-9]"),
    "room": text,
    "slug": like(r"[a-z0-9_-]+[a-z0-9]"),
    "url": address,
    "title": text,
    "subtitle": text_or_nothing,
    "track": text_or_nothing,
    "type": text,
    "language": like(r"[a-z]{2}"),
    "abstract": text_or_nothing,
    "description": text_or_nothing,
    "persons": rows,
    "links": rows,
}
# With `public_name` beside `name` it would be a person of two forms at once.
PERSON = {"id": number, "name": text}


def faults(document) -> list[str]:
    """What is wrong with it, by the path; the rules need the right form first."""
    return list(_form(document)) or list(_rules(document["schedule"]["conference"]))


def _form(document):
    yield from (wrong := list(_keys("", document, DOCUMENT)))
    if wrong:
        return
    schedule = document["schedule"]
    yield from (wrong := list(_keys("schedule", schedule, SCHEDULE)))
    if wrong:
        return
    conference = schedule["conference"]
    yield from (wrong := list(_keys("conference", conference, CONFERENCE)))
    if wrong:
        return
    for found in conference["days"]:
        yield from (wrong := list(_keys("day", found, DAY)))
        for room, events in [] if wrong else found["rooms"].items():
            if not rows(events):
                yield f"room {room}"
                continue
            for event in events:
                yield from _event(event)


def _event(event):
    yield from (wrong := list(_keys("event", event, EVENT)))
    for person in [] if wrong else event["persons"]:
        yield from _keys("person", person, PERSON)


def _keys(where: str, found, wanted: dict[str, Check]):
    """Each key is there and right, and no other is."""
    if not table(found):
        yield where
        return
    for name in sorted({*wanted, *found}):
        if name not in wanted or name not in found or not wanted[name](found[name]):
            yield f"{where}.{name}".lstrip(".")


def _rules(conference):
    days = conference["days"]
    if conference["daysCount"] != len(days):
        yield "as many days as counted"
    if [one["index"] for one in days] != list(range(1, len(days) + 1)):
        yield "days numbered from one"
    if days and (days[0]["date"], days[-1]["date"]) != (
        conference["start"],
        conference["end"],
    ):
        yield "from the first day to the last"
    found = [
        (one, room, event)
        for one in days
        for room, events in one["rooms"].items()
        for event in events
    ]
    for name in ("id", "guid", "slug", "url"):
        if len({event[name] for _day, _room, event in found}) < len(found):
            yield f"each {name} once"
    for one, room, event in found:
        at = datetime.fromisoformat(event["date"])
        if event["room"] != room:
            yield "each event in its room"
        if event["start"] != f"{at:%H:%M}":
            yield "start by the clocks of its date"
        begin, end = map(datetime.fromisoformat, (one["day_start"], one["day_end"]))
        if not begin <= at < end:
            yield "each event within its day"
