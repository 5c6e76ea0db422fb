"""What a verb reads under the lock is as it is now."""

import pytest

from conferences.models import Edition
from registrations.models import Delegation, Side
from registrations.models.locking import locked
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    ParticipantFactory,
    RegionFactory,
    SeriesFactory,
)

pytestmark = pytest.mark.django_db


def loaded():
    """A delegation as a page has it: with its conference, series and sides."""
    row = DelegationFactory(edition=EditionFactory())
    found = Delegation.objects.select_related("edition__series").get(pk=row.pk)
    assert [side.people for side in (found.german_side, found.partner_side)] == [[], []]
    return found


def series_is_loaded(edition):
    return Edition.series.is_cached(edition)


def test_the_conference_is_read_afresh():
    delegation = loaded()
    before = delegation.edition
    Edition.objects.update(capacity_people=7)

    with locked(delegation) as edition:
        assert delegation.edition is edition

    assert (edition.capacity_people, before.capacity_people) == (7, None)


def test_the_delegation_and_its_sides_are_read_afresh_in_the_same_objects():
    delegation = loaded()
    german, partner = delegation.german_side, delegation.partner_side
    Delegation.objects.update(state="approved")
    Side.objects.filter(which="german").update(planned=5)
    Side.objects.filter(which="partner").update(planned=6)

    with locked(delegation):
        assert delegation.state == "approved"
        assert (german.planned, partner.planned) == (5, 6)
        assert delegation.german_side is german
        assert german.delegation is delegation


def test_people_who_were_named_meanwhile_are_seen():
    delegation = loaded()
    person = ParticipantFactory(side_id=delegation.german_side.pk)

    with locked(delegation):
        assert delegation.german_side.people == [person]


def test_a_delegation_that_was_erased_meanwhile_is_not_acted_on():
    delegation = loaded()
    Delegation.objects.all().delete()

    with pytest.raises(Delegation.DoesNotExist), locked(delegation):
        pytest.fail("it is gone")


def test_the_series_that_was_loaded_stays_loaded():
    delegation = loaded()
    series = delegation.edition.series

    with locked(delegation) as edition:
        assert series_is_loaded(edition)
        assert edition.series is series


def test_the_series_is_another_where_the_conference_was_moved():
    delegation = loaded()
    moved_to = SeriesFactory(slug="moved", region=RegionFactory(code="MOV"))
    Edition.objects.update(series=moved_to)

    with locked(delegation) as edition:
        assert edition.series == moved_to


def test_a_series_that_was_not_loaded_is_not_loaded_by_the_lock():
    delegation = Delegation.objects.select_related("edition").get(pk=loaded().pk)

    with locked(delegation) as edition:
        assert not series_is_loaded(edition)
