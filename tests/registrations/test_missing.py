"""What a delegation owes: which side, what, and until when."""

import pytest
import time_machine

from registrations import missing
from registrations.missing import What
from registrations.models import Delegation, SecondStage, Side
from tests.answered import answered
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    ParticipantFactory,
    QuestionFactory,
    berlin,
)

pytestmark = pytest.mark.django_db
State = Delegation.State


def owed(delegation):
    """Kind, side it is about and side that owes it, of the row as it is stored."""
    stored = Delegation.objects.get(pk=delegation.pk)
    return [(one.what, one.side.which, one.by.which) for one in missing.of(stored)]


def complete(**values):
    """A delegation of two by two that owes nothing."""
    delegation = answered(EditionFactory(), german=1, partner=1, **values)
    for side in delegation.sides.all():
        ParticipantFactory(side=side)
    return delegation


def test_a_delegation_with_all_names_owes_nothing():
    assert owed(complete()) == []


def test_an_address_that_is_not_confirmed_is_owed_by_its_side():
    delegation = complete(german__confirmed_at=None)

    assert owed(delegation) == [(What.CONFIRMATION, "german", "german")]


def test_the_contact_of_the_partner_is_owed_by_the_german_side():
    delegation = complete()
    delegation.sides.filter(which="partner").update(contact_email="")

    assert owed(delegation) == [(What.PARTNER_CONTACT, "partner", "german")]


def test_a_municipality_without_partnership_has_no_partner_to_name():
    delegation = answered(
        EditionFactory(), german=1, partner__contact_email="", kind="municipality"
    )
    ParticipantFactory(side=delegation.german_side)

    assert owed(delegation) == []


def test_names_that_follow_are_owed_by_each_side_with_their_number():
    delegation = answered(EditionFactory(), german=3, partner=1)
    ParticipantFactory(side=delegation.german_side)

    found = missing.of(Delegation.objects.get())

    assert [(one.by.which, one.words, one.task) for one in found] == [
        ("german", "2 names follow", "Name 2 more people"),
        ("partner", "1 name follows", "Name 1 more person"),
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("civil_society", [(What.ADMINISTRATION, "german", "german")]),
        ("administration", []),
    ],
)
def test_somebody_from_the_administration_is_owed_where_the_edition_says_so(
    kind, expected
):
    edition = EditionFactory(needs_administration=True)
    delegation = answered(edition, german=1)
    ParticipantFactory(side=delegation.german_side, organisation_kind=kind)

    assert owed(delegation) == expected


def test_guests_need_nobody_from_the_administration():
    edition = EditionFactory(needs_administration=True)
    delegation = answered(edition, german=1, kind="guests", partnership=None)
    ParticipantFactory(side=delegation.german_side, organisation_kind="politics")

    assert owed(delegation) == []


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.SUBMITTED, ["confirmation", "names", "names"]),
        (State.APPROVED, ["confirmation", "names", "names"]),
        (State.WAITING, ["confirmation"]),
        (State.OFFERED, ["confirmation"]),
        (State.DECLINED, []),
        (State.WITHDRAWN, []),
        (State.DRAFT, []),
    ],
)
def test_what_is_owed_depends_on_the_state(state, expected):
    delegation = DelegationFactory(state=state, queue_number=1)
    delegation.sides.filter(which="german").update(confirmed_at=None)

    assert [what for what, _side, _by in owed(delegation)] == expected


@pytest.mark.parametrize(
    ("changes_until", "expected"),
    [
        (berlin("2100-05-31 23:59"), berlin("2100-05-31 23:59")),
        (None, berlin("2100-03-31 23:59")),
    ],
)
def test_things_are_due_when_changes_end_or_else_registration(changes_until, expected):
    answered(EditionFactory(changes_until=changes_until), german=1)

    [one] = missing.of(Delegation.objects.get())

    assert one.until == expected


@pytest.mark.parametrize(
    ("at", "is_overdue"),
    [("2100-05-31 23:59", False), ("2100-06-01 00:00", True)],
    ids=["last minute", "first minute after"],
)
def test_the_last_minute_is_not_overdue(at, is_overdue):
    answered(EditionFactory(), german=1)
    [one] = missing.of(Delegation.objects.get())

    with time_machine.travel(berlin(at).timestamp() + 30 * (not is_overdue)):
        assert one.is_overdue is is_overdue


def test_after_the_time_for_changes_the_page_asks_the_organiser():
    delegation = answered(EditionFactory(), german=1)
    pages = []

    for at in ("2100-05-31 12:00", "2100-06-01 12:00"):
        with time_machine.travel(berlin(at)):
            pages += [one.page for one in missing.of(delegation)]

    assert pages == ["person-add", "change"]


def test_every_kind_has_a_source():
    """Each kind is found once a delegation owes everything."""
    edition = EditionFactory(needs_administration=True)
    SecondStage.objects.create(edition=edition, visa_for="partner")
    delegation = answered(edition, german=1, partner=1)
    QuestionFactory(edition=edition, scope="side", required_for="german")
    ParticipantFactory(side=delegation.partner_side)
    Delegation.objects.update(state="approved")
    Side.objects.update(confirmed_at=None, answer="")
    delegation.sides.filter(which="partner").update(contact_email="")
    delegation.refresh_from_db()

    assert {what for what, _side, _by in owed(delegation)} == set(What)


def test_what_is_missing_of_many_takes_four_queries(django_assert_num_queries):
    edition = EditionFactory()
    for _number in range(3):
        answered(edition, german=2)

    with django_assert_num_queries(4):
        delegations = missing.loaded(Delegation.objects.live(), edition)
        found = missing.of_all(delegations)

    assert [len(found[one.pk]) for one in delegations] == [1, 1, 1]


def test_a_partner_that_was_written_to_owes_its_answer():
    delegation = complete()
    before = owed(delegation)
    delegation.sides.filter(which="partner").update(answer="")

    assert before == []
    assert owed(delegation) == [(What.ANSWER, "partner", "partner")]


def test_a_partner_that_was_not_written_to_yet_owes_no_answer():
    delegation = complete()
    delegation.sides.filter(which="partner").update(answer="", invited_at=None)

    assert owed(delegation) == []
