"""Rooms, people and sessions of a programme, and its release."""

from datetime import date, datetime, time, timedelta

import factory
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from conferences import release
from conferences.models import Room, Session, Speaker
from tests.factories import EditionFactory


class RoomFactory(DjangoModelFactory):
    class Meta:
        model = Room

    edition = factory.SubFactory(EditionFactory)
    name_de = "Großer Saal"
    name_en = "Great hall"
    order = factory.Sequence(lambda number: number)


class SpeakerFactory(DjangoModelFactory):
    class Meta:
        model = Speaker

    edition = factory.SubFactory(EditionFactory)
    name = factory.Sequence(lambda number: f"Paula Muster {number}")
    slug = factory.LazyAttribute(lambda row: slugify(row.name))


class SessionFactory(DjangoModelFactory):
    """A workshop from 10 to 11 on the first day of its edition, only prepared."""

    class Meta:
        model = Session

    class Params:
        hour = 10

    edition = factory.SubFactory(EditionFactory)
    kind: str = Session.Kind.WORKSHOP
    title_de = factory.Sequence(lambda number: f"Werkstatt {number}")
    title_en = factory.Sequence(lambda number: f"Workshop {number}")
    slug = factory.Sequence(lambda number: f"workshop-{number}")
    starts_at = factory.LazyAttribute(lambda row: at(row.edition, row.hour))
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(hours=1))


def at(edition, hour: int, day: int = 0) -> datetime:
    """An hour of a day of the conference, by the clocks there; its first day is 0."""
    on = date.fromisoformat(str(edition.starts_on)) + timedelta(day)
    return datetime.combine(on, time(hour), edition.zone)


def let_out(edition) -> int | None:
    """Release what is prepared, whatever it is."""
    changes = release.changes(release.prepared(edition))
    return release.release(edition, has_seen=release.seen(changes))


def released(edition=None, **values):
    """A session that is public."""
    session = SessionFactory(**({"edition": edition} if edition else {}), **values)
    let_out(session.edition)
    session.refresh_from_db()
    return session


def path(name, edition, *more, language="en"):
    with translation.override(language):
        return reverse(
            f"conferences:{name}", args=[edition.series.slug, edition.slug, *more]
        )
