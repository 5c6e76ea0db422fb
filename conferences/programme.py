"""The released programme of an edition, as its public pages and calendars read it."""

from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from conferences.models import Contribution, Edition, Session, Speaker
from partnerships.remembered import remember

KINDS = dict(Session.Kind.choices)
ROLES = dict(Contribution.Role.choices)


class Text:
    """A translated text, for the tags that show one: an attribute for each language."""

    def __init__(self, texts: dict[str, str], *fields: str):
        for name in fields:
            for code, _name in settings.LANGUAGES:
                column = build_localized_fieldname(name, code)
                setattr(self, column, texts.get(column, ""))


@dataclass(frozen=True)
class Person:
    """Somebody who speaks or moderates in a session."""

    speaker: Speaker
    role: str

    @property
    def moderates(self) -> bool:
        return self.role == Contribution.Role.MODERATOR

    def __str__(self):
        """The name, from where, and whether the person moderates."""
        town = self.speaker.municipality
        beside = [town.name] if town else []
        if self.moderates:
            beside.append(_("moderates"))
        return (
            f"{self.speaker.name} ({', '.join(beside)})"
            if beside
            else self.speaker.name
        )


@dataclass
class Item:
    """A released session. `texts` and `room` hold texts of every language."""

    edition: Edition
    pk: int
    slug: str
    kind: str
    texts: Text
    starts_at: datetime
    ends_at: datetime
    room: Text | None
    room_order: int
    languages: list[str]
    interpretation: list[str]
    goals: list[int]
    capacity: int | None
    is_by_choice: bool
    is_public: bool
    is_cancelled: bool
    released_at: datetime
    sequence: int
    people: list[Person]

    @property
    def kind_in_words(self) -> str:
        return str(KINDS.get(self.kind, self.kind))

    @property
    def day(self) -> date:
        """The day on which it begins, by the clocks at the conference."""
        return self.starts_at.date()

    @property
    def names(self) -> str:
        """Who takes part, in a row."""
        return ", ".join(map(str, self.people))

    @property
    def begins(self) -> str:
        return clock(self.starts_at)

    @property
    def ends(self) -> str:
        return clock(self.ends_at)

    @property
    def spoken(self) -> str:
        """The languages in which it is held, in words."""
        return in_words(self.languages)

    @property
    def interpreted(self) -> str:
        return in_words(self.interpretation)

    @property
    def understood(self) -> list[str]:
        """Codes of the languages in which one can follow it."""
        return list(dict.fromkeys([*self.languages, *self.interpretation]))

    def get_absolute_url(self) -> str:
        return reverse("conferences:session", args=[*address(self.edition), self.slug])


def clock(moment: datetime) -> str:
    """An instant as it stands: a template would turn it to the site's own zone."""
    return moment.strftime("%H:%M")


def in_words(codes: list[str]) -> str:
    names = dict(settings.LANGUAGES)
    return ", ".join(str(names.get(code, code)) for code in codes)


def address(edition) -> tuple[str, str]:
    """The words of an edition in the addresses of its pages."""
    return edition.series.slug, edition.slug


def is_released() -> Exists:
    """Whether there is anything to read of it; asked with the row of an edition."""
    sessions = Session.objects.filter(edition=OuterRef("pk"))
    return Exists(sessions.filter(released__isnull=False))


def released(edition) -> list[Item]:
    """All released sessions, also cancelled ones, in their order; for reading only."""
    return remember(("programme", edition.pk), lambda: _read(edition))


def _read(edition) -> list[Item]:
    rows = edition.sessions.filter(released__isnull=False).order_by("pk")
    related = ("municipality__country", "portrait")
    speakers = {one.pk: one for one in edition.speakers.select_related(*related)}
    values = rows.values_list("pk", "slug", "released", "released_at", "sequence")
    items = [_item(edition, speakers, *row) for row in values]
    return sorted(items, key=attrgetter("starts_at", "room_order"))


def _item(edition, speakers, pk, slug, copy, released_at, sequence) -> Item:
    plain = ("kind", "room_order", "languages", "interpretation", "goals")
    more = ("capacity", "is_by_choice", "is_public", "is_cancelled")
    return Item(
        edition=edition,
        pk=pk,
        slug=slug,
        texts=Text(copy, *Session.TRANSLATED),
        starts_at=datetime.fromisoformat(copy["starts_at"]).astimezone(edition.zone),
        ends_at=datetime.fromisoformat(copy["ends_at"]).astimezone(edition.zone),
        room=Text(copy["room"], "name") if copy["room"] else None,
        released_at=released_at,
        sequence=sequence,
        people=[
            Person(speakers[key], role)
            for key, role in copy["people"]
            if key in speakers
        ],
        **{name: copy[name] for name in (*plain, *more)},
    )
