import pytest
from django.db import DatabaseError, IntegrityError, transaction

from registrations import places
from registrations.models import (
    Delegation,
    EditionPlaces,
    HistoryEntry,
    Participant,
    Refused,
    Side,
)
from tests.factories import DelegationFactory, EditionFactory, submitted

pytestmark = pytest.mark.django_db


def person(name, **values):
    return Participant(family_name=name, organisation_kind="administration", **values)


def test_raising_takes_the_extra_places_at_once():
    delegation = submitted(EditionFactory(capacity_people=3), german=2)

    delegation.german_side.change_planned(3, by=delegation.german_side)

    assert places.held(delegation.edition).german == 3


def test_raising_above_the_capacity_changes_nothing():
    delegation = submitted(EditionFactory(capacity_people=3), german=2)

    with pytest.raises(Refused, match="Nothing was changed"):
        delegation.german_side.change_planned(4, by=delegation.german_side)

    side = Side.objects.get(delegation=delegation, which="german")
    assert (side.planned, side.held) == (2, 2)


def test_raising_is_refused_while_somebody_waits():
    edition = EditionFactory(capacity_people=4)
    delegation = submitted(edition, german=2)
    submitted(edition, german=3)

    with pytest.raises(Refused):
        delegation.german_side.change_planned(3, by=delegation.german_side)


def test_a_waiting_delegation_changes_its_number_freely():
    edition = EditionFactory(capacity_people=1)
    delegation = submitted(edition, german=2)

    delegation.german_side.change_planned(5, by=delegation.german_side)

    assert delegation.queue_number == 1
    assert places.held(edition) == places.Places()


def test_an_offer_is_answered_first():
    delegation = submitted(EditionFactory(), german=2)
    Delegation.objects.filter(pk=delegation.pk).update(state="offered")

    with pytest.raises(Refused, match="offer"):
        delegation.german_side.change_planned(1, by=delegation.german_side)


def test_lowering_frees_places():
    delegation = submitted(EditionFactory(), german=3)

    delegation.german_side.change_planned(1, by=delegation.german_side)

    assert places.held(delegation.edition).german == 1


def test_lowering_below_the_named_people_is_refused():
    delegation = submitted(EditionFactory(), german=2)
    side = delegation.german_side
    side.save_person(person("One"), by=side)
    side.save_person(person("Two"), by=side)

    with pytest.raises(Refused, match="take one out by name"):
        side.change_planned(1, by=side)


def test_no_more_people_are_named_than_planned():
    delegation = DelegationFactory(german__planned=1)
    side = delegation.german_side
    side.save_person(person("One"), by=side)

    with pytest.raises(Refused, match="have a name already"):
        side.save_person(person("Two"), by=side)

    assert side.participants.count() == 1


def test_replacing_a_person_changes_no_number():
    delegation = submitted(EditionFactory(), german=1)
    side = delegation.german_side
    one = person("One")
    side.save_person(one, by=side)
    one.family_name = "Another"

    side.save_person(one, by=side)

    assert [one.family_name for one in side.participants.all()] == ["Another"]
    assert places.held(delegation.edition).german == 1


def test_a_person_taken_out_meanwhile_does_not_come_back():
    delegation = submitted(EditionFactory(), german=2)
    side = delegation.german_side
    one = person("One")
    side.save_person(one, by=side)
    opened_before = side.participants.get()
    side.take_out(one, by=side)

    with pytest.raises(Refused, match="taken out meanwhile"):
        side.save_person(opened_before, by=side)

    assert not side.participants.exists()


def test_taking_a_person_out_frees_the_place():
    delegation = submitted(EditionFactory(), german=2)
    side = delegation.german_side
    one = person("One")
    side.save_person(one, by=side)

    side.take_out(one, by=side)

    side.refresh_from_db()
    assert (side.planned, side.held, side.participants.count()) == (1, 1, 0)


def test_the_last_german_person_is_not_taken_out():
    delegation = submitted(EditionFactory(), german=1)
    side = delegation.german_side
    one = person("One")
    side.save_person(one, by=side)

    with pytest.raises(Refused, match="withdraw the delegation"):
        side.take_out(one, by=side)


def test_a_change_by_the_side_is_to_be_looked_at():
    delegation = submitted(EditionFactory(), german=2)

    delegation.german_side.change_planned(1, by=delegation.german_side)

    delegation.refresh_from_db()
    assert delegation.needs_review_since is not None


def test_more_than_the_rule_allows_is_for_staff_only(admin_user):
    delegation = submitted(EditionFactory(german_most=2), german=2)

    with pytest.raises(Refused, match="At most 2"):
        delegation.german_side.change_planned(3, by=delegation.german_side)
    delegation.german_side.change_planned(3, by=admin_user)

    assert places.held(delegation.edition).german == 3


@pytest.mark.parametrize(
    ("unit", "least"),
    [("people", 3), ("german", 2), ("partner", 1), ("delegations", 1)],
)
def test_a_capacity_is_not_lowered_below_what_is_held(unit, least):
    delegation = submitted(EditionFactory(), german=2, partner=1)
    edition = EditionPlaces.objects.get(pk=delegation.edition_id)

    with pytest.raises(Refused, match=rf"^{least} places? (is|are) held"):
        edition.change_capacity(**{unit: least - 1})
    edition.change_capacity(**{unit: least})

    assert getattr(edition, f"capacity_{unit}") == least


def test_the_database_refuses_to_hold_more_than_planned():
    side = DelegationFactory(german__planned=1).german_side

    with pytest.raises(IntegrityError), transaction.atomic():
        Side.objects.filter(pk=side.pk).update(held=2)


def test_the_database_refuses_to_change_a_line_of_the_history():
    line = submitted(EditionFactory()).history.first()

    with pytest.raises(DatabaseError), transaction.atomic():
        HistoryEntry.objects.filter(pk=line.pk).update(reason="Something else.")


def test_only_listed_fields_stand_in_the_history():
    delegation = DelegationFactory()

    with pytest.raises(ValueError, match="contact_email"):
        delegation.history.record(
            delegation, "submit", changes={"contact_email": "a@example.org"}
        )
