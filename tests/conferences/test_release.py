"""Staff prepare a programme, see what would change, and release it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from conferences import release
from conferences.models import Session
from partnerships.models import ContentVersion, Goal
from tests.conferences.sessions import (
    RoomFactory,
    SessionFactory,
    SpeakerFactory,
    at,
    let_out,
    released,
)
from tests.factories import EditionFactory

pytestmark = pytest.mark.django_db


def changes(edition):
    return [
        (one.session.slug, one.parts)
        for one in release.changes(release.prepared(edition))
    ]


def strays(edition):
    return [
        (one.what, one.session.slug)
        for one in release.strays(release.prepared(edition))
    ]


def overlaps(edition):
    return [
        (one.what, one.first.slug, one.second.slug)
        for one in release.overlaps(release.prepared(edition))
    ]


def test_a_prepared_session_is_new_until_it_is_released():
    session = SessionFactory(slug="water")
    assert changes(session.edition) == [("water", [])]

    assert let_out(session.edition) == 1

    assert changes(session.edition) == []


def test_a_change_is_named_by_the_fields_that_are_other():
    session = released(slug="water")
    session.title_en = "Safe water"
    session.ends_at += timedelta(hours=1)
    session.room = RoomFactory(edition=session.edition)
    session.save()
    session.goals.add(Goal.objects.create(number=6, name_en="Water"))
    speaker = SpeakerFactory(edition=session.edition)
    session.contributions.create(speaker=speaker)

    found = changes(session.edition)

    assert found == [("water", ["title", "ends_at", "room", "goals", "people"])]


def test_a_text_that_is_empty_in_another_way_is_no_change():
    session = SessionFactory(abstract_fr=None)
    let_out(session.edition)

    Session.objects.update(abstract_fr="")

    assert changes(session.edition) == []


def test_goals_added_in_another_order_are_no_change():
    session = SessionFactory()
    first, last = (Goal.objects.create(number=one, name_en="x") for one in (6, 15))
    session.goals.add(last)
    session.goals.add(first)
    let_out(session.edition)
    assert Session.objects.get().released["goals"] == [6, 15]

    session.goals.clear()
    session.goals.add(first)
    session.goals.add(last)

    assert changes(session.edition) == []


def test_an_instant_is_released_in_one_zone_whatever_it_was_typed_in():
    session = SessionFactory(edition__time_zone="America/Bogota")

    assert session.as_prepared() == Session.objects.get().as_prepared()
    assert session.as_prepared()["starts_at"].endswith("+00:00")


def test_calendars_are_told_of_each_change_and_of_no_other_session():
    session = released()
    other = released(session.edition)
    session.title_en = "Safe water"
    session.save()

    let_out(session.edition)

    for row in (session, other):
        row.refresh_from_db()
    assert (session.sequence, other.sequence) == (1, 0)


def test_what_was_cancelled_before_it_was_public_is_not_released():
    session = SessionFactory(is_cancelled=True)

    assert let_out(session.edition) == 0

    session.refresh_from_db()
    assert not session.is_released


def test_nothing_is_released_where_something_else_is_prepared_than_was_seen():
    session = SessionFactory()
    seen = release.seen(release.changes(release.prepared(session.edition)))
    session.title_en = "Meanwhile"
    session.save()

    assert release.release(session.edition, has_seen=seen) is None

    session.refresh_from_db()
    assert not session.is_released


def with_a_room_of_another_conference(edition):
    SessionFactory(edition=edition, slug="water", room=RoomFactory())
    return "Great hall"


def with_a_person_of_another_conference(edition):
    session = SessionFactory(edition=edition, slug="water")
    session.contributions.create(speaker=SpeakerFactory(name="Paula Muster"))
    return "Paula Muster"


@pytest.mark.parametrize(
    "made", [with_a_room_of_another_conference, with_a_person_of_another_conference]
)
def test_nothing_is_released_with_what_another_conference_has(made):
    edition = EditionFactory()
    own = SessionFactory(edition=edition, room=RoomFactory(edition=edition))
    own.contributions.create(speaker=SpeakerFactory(edition=edition))
    stray = made(edition)

    assert let_out(edition) is None

    assert strays(edition) == [(stray, "water")]
    assert not edition.sessions.filter(released__isnull=False).exists()


def test_a_release_raises_the_content_version():
    session = SessionFactory()
    before = ContentVersion.objects.get().number

    let_out(session.edition)

    assert ContentVersion.objects.get().number > before


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [((9, 10), (10, 11), False), ((9, 11), (10, 12), True), ((9, 12), (10, 11), True)],
)
def test_a_room_is_needed_once_at_a_time(first, second, found):
    edition = EditionFactory()
    room = RoomFactory(edition=edition)
    for slug, (begin, end) in (("one", first), ("two", second)):
        hours = {"starts_at": at(edition, begin), "ends_at": at(edition, end)}
        SessionFactory(edition=edition, slug=slug, room=room, **hours)

    expected = [("Great hall", "one", "two")] if found else []
    assert overlaps(edition) == expected


def test_a_long_session_overlaps_with_one_after_a_short_one():
    edition = EditionFactory()
    room = RoomFactory(edition=edition)
    for slug, begin, end in (("long", 9, 17), ("short", 10, 11), ("late", 15, 16)):
        hours = {"starts_at": at(edition, begin), "ends_at": at(edition, end)}
        SessionFactory(edition=edition, slug=slug, room=room, **hours)

    assert overlaps(edition) == [
        ("Great hall", "long", "short"),
        ("Great hall", "long", "late"),
    ]


def test_a_session_overlaps_with_one_that_began_in_between():
    edition = EditionFactory()
    room = RoomFactory(edition=edition)
    for slug, begin, end in (("third", 11, 13), ("second", 10, 12), ("first", 9, 10)):
        hours = {"starts_at": at(edition, begin), "ends_at": at(edition, end)}
        SessionFactory(edition=edition, slug=slug, room=room, **hours)

    assert overlaps(edition) == [("Great hall", "second", "third")]


def test_a_person_is_needed_once_at_a_time_in_whatever_room():
    edition = EditionFactory()
    speaker = SpeakerFactory(edition=edition, name="Paula Muster")
    for slug in ("one", "two"):
        session = SessionFactory(edition=edition, slug=slug)
        session.contributions.create(speaker=speaker)

    assert overlaps(edition) == [("Paula Muster", "one", "two")]


def test_two_rooms_of_one_name_and_cancelled_sessions_are_in_nobodys_way():
    edition = EditionFactory()
    room = RoomFactory(edition=edition)
    SessionFactory(edition=edition, room=room)
    SessionFactory(edition=edition, room=RoomFactory(edition=edition))
    SessionFactory(edition=edition, room=room, is_cancelled=True)

    assert overlaps(edition) == []


def test_a_session_ends_after_it_begins():
    edition = EditionFactory()
    hours = {"starts_at": at(edition, 10), "ends_at": at(edition, 10)}

    with pytest.raises(IntegrityError, match="begins_before_it_ends"):
        SessionFactory(edition=edition, **hours)


def test_two_sessions_of_an_edition_have_two_addresses():
    session = SessionFactory(slug="water")

    with pytest.raises(IntegrityError):
        SessionFactory(edition=session.edition, slug="water")


def test_two_people_of_an_edition_have_two_addresses():
    speaker = SpeakerFactory(slug="paula")
    SpeakerFactory(slug="paula")  # of another edition

    with pytest.raises(IntegrityError):
        SpeakerFactory(edition=speaker.edition, slug="paula")


def test_a_person_contributes_once_to_a_session():
    session = SessionFactory()
    speaker = SpeakerFactory(edition=session.edition)
    session.contributions.create(speaker=speaker)

    with pytest.raises(IntegrityError):
        session.contributions.create(speaker=speaker, role="moderator")


def test_a_session_is_released_on_a_day():
    session = SessionFactory()

    with pytest.raises(IntegrityError, match="released_with_its_day"):
        Session.objects.filter(pk=session.pk).update(released={})
