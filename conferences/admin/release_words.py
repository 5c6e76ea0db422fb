"""What a release would change about a session, in words: what is public, what comes."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.admin.utils import label_for_field
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from conferences import programme
from conferences.models import Session
from conferences.release import Change
from partnerships import dates
from partnerships.templatetags.content import text_and_language

NOTHING = "–"


def in_words(change: Change) -> list[str]:
    """One line for each thing that is other, by the labels of its form."""
    if change.is_new:
        return [_("new")]
    return [_line(change, part) for part in change.parts]


def _line(change: Change, part: str) -> str:
    name = "speakers" if part == "people" else part
    label = capfirst(str(label_for_field(name, Session)))
    show = SHOWN.get(part)
    if show is None:
        return label
    copies = (change.session.released or {}, change.session.as_prepared())
    before, after = (show(copy, change.session) or NOTHING for copy in copies)
    return label if before == after else f"{label}: {before} → {after}"


def _instant(name: str):
    def show(copy, session) -> str:
        moment, zone = datetime.fromisoformat(copy[name]), session.edition.zone
        return dates.instant(moment, zone)

    return show


def _languages(name: str):
    return lambda copy, session: programme.in_words(copy[name])


def _yes_or_no(name: str):
    return lambda copy, session: _("yes") if copy.get(name) else _("no")


def _title(copy, session) -> str:
    return text_and_language(programme.Text(copy, "title"), "title")[0]


def _room(copy, session) -> str:
    room = copy["room"]
    return text_and_language(programme.Text(room, "name"), "name")[0] if room else ""


# What is short enough to be shown; an abstract and the people are only named.
SHOWN: dict[str, Callable[[dict, Session], str]] = {
    "title": _title,
    "kind": lambda copy, session: str(programme.KINDS.get(copy["kind"], copy["kind"])),
    "starts_at": _instant("starts_at"),
    "ends_at": _instant("ends_at"),
    "room": _room,
    "languages": _languages("languages"),
    "interpretation": _languages("interpretation"),
    "goals": lambda copy, session: ", ".join(map(str, copy["goals"])),
    "capacity": lambda copy, session: str(copy["capacity"] or ""),
    "is_by_choice": _yes_or_no("is_by_choice"),
    "is_public": _yes_or_no("is_public"),
    "is_cancelled": _yes_or_no("is_cancelled"),
}
