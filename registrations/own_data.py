"""All that we know of a side or a person, for who asks: as JSON, and to read.

What is given out follows the register of personal fields. What is held back stands in
HELD_BACK with the reason; a test holds both against the register, so who adds a field
there decides here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships import dates
from registrations import sensitive
from registrations.models import Seat, Wish
from registrations.own_labels import LABELS
from registrations.register import REGISTER

_PLACE = "it is told by where the row stands"
_STAFF = "it tells of a member of staff, not of the one who asks"
_INTERNAL = "staff prepare a decision; once it is made, its letter is given out"
# Fields of the register that are not given out, by model; "*" stands for all.
HELD_BACK: dict[str, dict[str, str]] = {
    "registrations.Participant": {"side": _PLACE},
    "registrations.Answer": {"side": _PLACE, "participant": _PLACE},
    "registrations.PersonalNeeds": {"participant": _PLACE},
    "registrations.VisaData": {"participant": _PLACE},
    "registrations.Consent": {"participant": _PLACE},
    "registrations.Wish": {"participant": _PLACE},
    "registrations.Seat": {
        "participant": _PLACE,
        "grounds": "it tells of the lots that others drew",
    },
    "registrations.PersonalLink": {"token_hash": "it is the key to a door"},
    "registrations.PersonLink": {"token_hash": "it is the key to a door"},
    "registrations.HistoryEntry": {"actor": _STAFF},
    "registrations.Offer": {"*": _STAFF},
    "registrations.PreparedDecision": {"*": _INTERNAL},
    "registrations.Delegation": {
        "*": "staff hand the work over with it; it may name others, so staff look first"
    },
    "partnerships.ThrottleCount": {"*": "nobody can be found by it"},
    "partnerships.ThrottleKey": {"*": "nobody can be found by it"},
    "partnerships.Correction": {"*": "no link leads to who sent it"},
    "admin.LogEntry": {"*": _STAFF},
    "sessions.Session": {"*": _STAFF},
    "auth.User": {"*": _STAFF},
    "axes.AccessAttempt": {"*": _STAFF},
    "otp_totp.TOTPDevice": {"*": _STAFF},
    "otp_static.StaticDevice": {"*": _STAFF},
    "otp_static.StaticToken": {"*": _STAFF},
    "conferences.Picture": {"*": "it is published"},
    "conferences.Edition": {"*": "it is published"},
    "conferences.Speaker": {"*": "it is published"},
    "conferences.Contribution": {"*": "it is published"},
}
# What makes the personal fields of a row readable: not in the register themselves.
BESIDE = {
    "registrations.Request": ("asked_at", "answered_at"),
    "registrations.Letter": ("kind", "state", "written_at", "sent_at"),
    "registrations.PersonalLink": ("created_at", "expires_at"),
    "registrations.PersonLink": ("created_at", "expires_at"),
    "registrations.HistoryEntry": ("at", "verb"),
    "registrations.Answer": ("wording", "answered_at"),
}
# The same of those who have a name: it comes first.
BEHIND = {
    "registrations.Participant": ("entered_by", "informed_at"),
    "registrations.Side": ("language", "confirmed_at"),
}
# What only a program reads; on the page the same stands in words beside it.
ONLY_JSON = {("Letter", "context"), ("Letter", "error"), ("Answer", "value")}


@dataclass(frozen=True)
class Row:
    """One row of ours: what it holds by name, and in words for the page."""

    values: dict[str, Any]
    words: list[tuple[str, str]]


@dataclass(frozen=True)
class Part:
    """Rows of one kind below a title, and parts of what belongs to them."""

    name: str
    title: str | Promise
    rows: list[Row]
    parts: list["Part"] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"rows": [row.values for row in self.rows]}
        return found | {part.name: part.as_json() for part in self.parts}


def of_side(side) -> list[Part]:
    """Of a side's contact and its own people; nothing of the other side."""
    answers = side.delegation.answers.filter(side=side, participant=None)
    if side.is_german:
        answers |= side.delegation.answers.filter(side=None)
    acts = side.delegation.history.filter(actor_kind=side.which)
    people = side.participants.select_related("needs", "visa_data")
    people = people.prefetch_related(*_of_people())
    return [
        _part("contact", gettext_lazy("Contact"), [side]),
        _part("answers", gettext_lazy("Answers"), answers),
        _part(
            "requests", gettext_lazy("Requests to the organiser"), side.requests.all()
        ),
        _part(
            "letters", gettext_lazy("E-mails"), side.letters.filter(participant=None)
        ),
        _part("links", gettext_lazy("Personal links"), side.links.all()),
        _part("history", gettext_lazy("What you did here"), acts),
        *(_of_one(f"person_{n}", person) for n, person in enumerate(people, 1)),
    ]


def of_person(person) -> list[Part]:
    """Of one person only, with the letters and links that went to that person."""
    models.prefetch_related_objects([person], *_of_people())
    return [
        _of_one("person", person),
        _part("letters", gettext_lazy("E-mails"), person.letters.all()),
        _part("links", gettext_lazy("Personal links"), person.links.all()),
    ]


def as_json(delegation, parts: list[Part]) -> dict[str, Any]:
    return {
        "site": settings.SITE_ADDRESS,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "conference": str(delegation.edition),
        "reference": delegation.reference,
        **{part.name: part.as_json() for part in parts},
    }


def given_out(model: str) -> list[str]:
    """The names of a model's fields that are given out, as the register has them."""
    held = HELD_BACK.get(model, {})
    personal = [f for entry in REGISTER if entry.model == model for f in entry.fields]
    if "*" in held:
        return []
    given = [name for name in personal if name not in held]
    return [*BESIDE.get(model, ()), *given, *BEHIND.get(model, ())]


def _of_people() -> tuple:
    """What hangs on people, a question for each kind however many there are."""
    wishes, seats = (
        rows.select_related("session")
        for rows in (Wish.objects.all(), Seat.objects.told())
    )
    return (
        "answers",
        "consents",
        models.Prefetch("wishes", wishes),
        models.Prefetch("seats", seats, to_attr="told_seats"),
    )


def _of_one(name: str, person) -> Part:
    needs, visa = (
        [getattr(person, name)] if hasattr(person, name) else []
        for name in ("needs", "visa_data")
    )
    parts = [
        _part("answers", gettext_lazy("Answers"), person.answers.all()),
        _part("needs", gettext_lazy("Diet and accessibility"), needs),
        _part("visa", gettext_lazy("Letter for a visa"), visa),
        _part("consents", gettext_lazy("Consents"), person.consents.all()),
        _part("wishes", gettext_lazy("Workshops you wish for"), person.wishes.all()),
        _part("seats", gettext_lazy("Workshops"), person.told_seats),
    ]
    return Part(name, person.full_name, [_row(person)], parts)


def _part(name: str, title, rows: Iterable) -> Part:
    return Part(name, title, [_row(row) for row in rows])


def _row(row) -> Row:
    label = row._meta.label
    opened = sensitive.texts(row) if hasattr(row, "SEALED") else {}
    values, words = {}, []
    for name in given_out(label):
        value = opened[name] if name in opened else getattr(row, name)
        values[name] = _plain(value)
        if (row._meta.object_name, name) not in ONLY_JSON:
            words += [(str(LABELS[name]), text) for text in _in_words(row, name, value)]
    return Row(values, words)


def _plain(value):
    """For JSON; of another row its name."""
    if isinstance(value, models.Model):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _in_words(row, name: str, value) -> Iterator[str]:
    """As people read it; nothing where there is nothing."""
    show = getattr(row, f"get_{name}_display", None)
    if value is None or value == "":
        return
    if show:
        yield str(show())
    elif isinstance(value, bool):
        yield _("yes") if value else _("no")
    elif isinstance(value, datetime):
        yield dates.instant(value, timezone.get_default_timezone())
    else:
        yield str(value)
