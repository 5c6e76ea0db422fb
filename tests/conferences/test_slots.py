"""Sessions between which people choose lie in one slot."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from conferences import release, slots
from conferences.models import Session
from tests.conferences.sessions import SessionFactory, at, let_out
from tests.factories import EditionFactory

pytestmark = pytest.mark.django_db


def workshop(edition, slug, begin, end, **values):
    return SessionFactory(
        edition=edition,
        slug=slug,
        starts_at=at(edition, begin),
        ends_at=at(edition, end),
        **{"capacity": 5, "is_by_choice": True, **values},
    )


def found(edition):
    let_out(edition)
    return [[item.slug for item in slot.items] for slot in slots.of_edition(edition)]


def test_sessions_that_overlap_are_one_slot_and_those_that_touch_are_two():
    edition = EditionFactory()
    workshop(edition, "late", 11, 12)
    workshop(edition, "early", 9, 11)
    workshop(edition, "beside", 10, 11)

    assert found(edition) == [["early", "beside"], ["late"]]


def test_a_long_session_links_those_that_do_not_overlap():
    edition = EditionFactory()
    workshop(edition, "all-day", 9, 17)
    workshop(edition, "morning", 9, 10)
    workshop(edition, "afternoon", 15, 16)

    assert found(edition) == [["all-day", "morning", "afternoon"]]


@pytest.mark.parametrize("other", [{"is_by_choice": False}, {"is_cancelled": True}])
def test_what_is_not_chosen_is_in_no_slot(other):
    edition = EditionFactory()
    workshop(edition, "morning", 9, 10)
    session = workshop(edition, "other", 9, 10)
    assert found(edition) == [["morning", "other"]]

    Session.objects.filter(pk=session.pk).update(**other)

    assert found(edition) == [["morning"]]


def test_what_is_only_prepared_is_in_no_slot():
    edition = EditionFactory()
    workshop(edition, "morning", 9, 10)

    assert slots.of_edition(edition) == []


def test_a_slot_lasts_from_the_first_beginning_to_the_last_end():
    edition = EditionFactory()
    first = workshop(edition, "long", 9, 12)
    workshop(edition, "short", 10, 11)
    let_out(edition)

    [slot] = slots.of_edition(edition)

    assert (slot.starts_at, slot.ends_at) == (first.starts_at, first.ends_at)
    assert slot.key == first.pk
    assert slot.ends_at - slot.starts_at == timedelta(hours=3)


def test_that_people_choose_a_session_is_a_change_to_be_released():
    edition = EditionFactory()
    session = workshop(edition, "one", 9, 10, is_by_choice=False)
    let_out(edition)
    Session.objects.filter(pk=session.pk).update(is_by_choice=True)

    [change] = release.changes(release.prepared(edition))

    assert change.parts == ["is_by_choice"]


def test_copies_that_were_released_before_do_not_look_changed():
    """The migration adds to them what a release would write now."""
    edition = EditionFactory()
    session = workshop(edition, "one", 9, 10, is_by_choice=False)
    let_out(edition)
    session.refresh_from_db()
    del session.released["is_by_choice"]
    session.save()
    migration = import_module(
        "conferences.migrations.0011_released_copies_say_by_choice"
    )

    migration.say_it(apps, None)

    assert release.changes(release.prepared(edition)) == []
