"""What a side changes after the submission is looked at by staff, if it matters."""

import re

import pytest

from registrations.models import Delegation, HistoryEntry, Refused
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    ParticipantFactory,
    submitted,
)

pytestmark = pytest.mark.django_db


def reread(delegation):
    return Delegation.objects.get(pk=delegation.pk)


def noted(delegation):
    """What is shown to staff, as it stands in the history."""
    return [entry.changes for entry in reread(delegation).changes_to_look_at()]


def is_to_look_at(delegation):
    return reread(delegation).needs_review_since is not None


@pytest.fixture
def side():
    return submitted(EditionFactory(), german=3, partner=1).german_side


def test_another_number_is_noted_with_the_one_before(side):
    side.change_planned(2, by=side)

    assert noted(side.delegation) == [{"german_planned": [3, 2]}]
    assert is_to_look_at(side.delegation)


def test_a_person_that_is_named_is_noted_without_the_name(side):
    side.save_person(ParticipantFactory.build(family_name="Geheim"), by=side)

    assert noted(side.delegation) == [
        {"side": "german", "people_added": 1, "people": 1}
    ]
    assert is_to_look_at(side.delegation)


@pytest.mark.parametrize(
    ("field", "value", "what"),
    [
        ("family_name", "Anders", "people_replaced"),
        ("given_names", "Anders", "people_replaced"),
        ("role", "interpreter", "roles_changed"),
        ("organisation_kind", "politics", "roles_changed"),
    ],
)
def test_another_name_or_role_is_noted(side, field, value, what):
    person = ParticipantFactory(side=side)
    setattr(person, field, value)

    side.save_person(person, by=side)

    assert noted(side.delegation) == [{"side": "german", what: 1, "people": 1}]
    assert is_to_look_at(side.delegation)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "neu@example.org"),
        ("language", "en"),
        ("function", "Lehrerin"),
        ("organisation", "Verein"),
        ("family_name", "MUSTER"),
    ],
)
def test_what_does_not_matter_is_not_looked_at(side, field, value):
    person = ParticipantFactory(side=side, family_name="Muster")
    setattr(person, field, value)

    side.save_person(person, by=side)

    assert noted(side.delegation) == []
    assert not is_to_look_at(side.delegation)
    assert side.delegation.history.filter(verb="change_people").count() == 1


def test_a_person_that_is_taken_out_is_noted(side):
    side.take_out(ParticipantFactory(side=side), by=side)

    assert noted(side.delegation) == [
        {"side": "german", "people_taken_out": 1, "german_planned": [3, 2]}
    ]


def test_a_name_that_is_left_open_is_noted(side):
    side.leave_open(ParticipantFactory(side=side), by=side)

    assert noted(side.delegation) == [
        {"side": "german", "people_taken_out": 1, "people": 0}
    ]


def test_many_names_at_once_are_noted_as_counts(side):
    ParticipantFactory(side=side)
    ParticipantFactory(side=side)
    person = {"organisation_kind": "administration", "role": "member"}

    side.name_people(
        [
            {**person, "given_names": "Neu", "family_name": "Person"},
            None,
            {**person, "given_names": "Dritte", "family_name": "Person"},
        ],
        by=side,
    )

    assert noted(side.delegation) == [
        {
            "side": "german",
            "people_replaced": 1,
            "people_taken_out": 1,
            "people_added": 1,
            "people": 2,
        }
    ]


def test_the_same_names_again_are_nothing_to_look_at(side):
    person = ParticipantFactory(side=side)
    fields = ("given_names", "family_name", "organisation_kind", "role")

    side.name_people([{name: getattr(person, name) for name in fields}], by=side)

    assert not is_to_look_at(side.delegation)


@pytest.mark.parametrize(
    ("which", "contact", "is_noted"),
    [
        ("partner", {"contact_name": "Kofi Asante"}, True),
        ("partner", {"contact_email": "ama@example.org"}, False),
        ("partner", {"contact_phone": "+264 1"}, False),
        ("partner", {"contact_name": "AMA MENSAH"}, False),
        ("german", {"contact_email": "neu@example.org"}, False),
        ("german", {"contact_phone": "+49 1"}, False),
    ],
)
def test_another_contact_of_the_partner_is_noted(side, which, contact, is_noted):
    delegation = side.delegation

    delegation.side(which).change_contact(by=side, **contact)

    line = {"partner_contact": True, "on_behalf": "partner"}
    assert noted(delegation) == ([line] if is_noted else [])
    assert is_to_look_at(delegation) is is_noted


def test_what_staff_change_is_not_looked_at_again(side, admin_user):
    side.change_planned(2, by=admin_user)
    side.save_person(ParticipantFactory.build(), by=admin_user)

    assert noted(side.delegation) == []
    assert not is_to_look_at(side.delegation)


def test_a_draft_is_not_looked_at():
    side = DelegationFactory().german_side

    side.change_planned(1, by=side)
    side.delegation.partner_side.change_contact(by=side, contact_name="Kofi")

    assert not is_to_look_at(side.delegation)


def test_names_stay_out_of_the_history(side):
    person = ParticipantFactory(side=side, family_name="Geheim", email="g@example.org")
    person.family_name = "Versteckt"
    side.save_person(person, by=side)
    side.take_out(person, by=side)

    kept = str(list(HistoryEntry.objects.values_list("changes", "reason")))

    assert not re.search("geheim|versteckt|@", kept, re.IGNORECASE)


def test_looking_ends_it_and_stands_in_the_history(side, admin_user):
    side.change_planned(2, by=side)

    assert side.delegation.look_at(by=admin_user) is True

    assert noted(side.delegation) == []
    assert not is_to_look_at(side.delegation)
    assert side.delegation.history.get(verb="look").actor == admin_user


def test_only_what_changed_since_the_last_look_is_shown(side, admin_user):
    side.change_planned(2, by=side)
    side.delegation.look_at(by=admin_user)
    side.change_planned(1, by=side)

    assert noted(side.delegation) == [{"german_planned": [2, 1]}]


def test_who_has_not_seen_the_last_change_has_not_looked(side, admin_user):
    side.change_planned(2, by=side)
    seen = reread(side.delegation).needs_review_since
    side.change_planned(1, by=side)

    with pytest.raises(Refused):
        reread(side.delegation).look_at(by=admin_user, seen=seen)

    assert is_to_look_at(side.delegation)
