"""A decision is noted first, and carried out later, once."""

import pytest
from django.utils import timezone

from registrations.models import (
    Delegation,
    Letter,
    PreparedDecision,
    Refused,
)
from tests.factories import DelegationFactory, EditionFactory, submitted
from tests.registrations.deciding import outlook_of, prepare, sent, states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_texts")]
State = Delegation.State


def test_preparing_changes_neither_state_nor_outbox(admin_user):
    delegation = submitted(EditionFactory())
    before = Letter.objects.count()

    row = prepare(delegation, by=admin_user, reason="Ja")

    assert states(delegation) == [State.SUBMITTED]
    assert Letter.objects.count() == before
    assert (row.verdict, row.reason, row.prepared_by) == ("approve", "Ja", admin_user)
    entry = delegation.history.get(verb="prepare")
    assert (entry.actor, entry.changes) == (admin_user, {"verdict": "approve"})


def test_the_last_preparation_counts(admin_user):
    delegation = submitted(EditionFactory())
    prepare(delegation, by=admin_user)

    prepare(delegation, "decline", by=admin_user, reason="Doch nicht")

    row = PreparedDecision.objects.get()
    assert (row.verdict, row.reason) == ("decline", "Doch nicht")


@pytest.mark.parametrize("verdict", ["approve", "decline"])
def test_a_draft_is_not_decided_on(verdict):
    with pytest.raises(Refused):
        prepare(DelegationFactory(), verdict)

    assert PreparedDecision.objects.count() == 0


def test_an_approved_delegation_is_not_approved_again(admin_user):
    delegation = submitted(EditionFactory())
    delegation.approve(by=admin_user)

    with pytest.raises(Refused):
        prepare(delegation)


def test_sending_does_it_writes_the_letter_and_ends_the_preparation(admin_user):
    delegation = submitted(EditionFactory())
    row = prepare(delegation, "decline", reason="Zu spät")

    assert row.send(by=admin_user) is True

    assert states(delegation) == [State.DECLINED]
    assert PreparedDecision.objects.count() == 0
    entry = delegation.history.get(verb="decline")
    assert (entry.actor, entry.reason) == (admin_user, "Zu spät")
    letter = Letter.objects.get(kind="declined")
    assert letter.context["reason"] == "Zu spät"


def test_sending_twice_is_sending_once(admin_user):
    delegation = submitted(EditionFactory())
    row = prepare(delegation)
    row.send(by=admin_user)

    assert PreparedDecision(**vars_of(row)).send(by=admin_user) is False

    assert Letter.objects.filter(kind="approved").count() == 1


def vars_of(row):
    """The row as somebody else has read it before."""
    names = ("verdict", "reason", "prepared_at")
    kept = {name: getattr(row, name) for name in names}
    return {"pk": row.pk, "delegation": row.delegation, **kept}


def test_what_was_prepared_anew_meanwhile_is_not_sent(admin_user):
    delegation = submitted(EditionFactory())
    seen = prepare(delegation, "decline", reason="Alt")
    prepare(delegation, "decline", reason="Neu")

    with pytest.raises(Refused):
        seen.send(by=admin_user)

    assert states(delegation) == [State.SUBMITTED]


def test_what_was_taken_back_is_not_sent(admin_user):
    delegation = submitted(EditionFactory())
    seen = prepare(delegation)
    PreparedDecision.objects.get().take_back(by=admin_user)

    assert seen.send(by=admin_user) is False

    assert states(delegation) == [State.SUBMITTED]
    assert delegation.history.get(verb="take_back").actor == admin_user


def test_taking_back_twice_is_taking_back_once(admin_user):
    row = prepare(submitted(EditionFactory()))
    row.take_back(by=admin_user)

    assert PreparedDecision(**{**vars_of(row), "pk": 1}).take_back(by=admin_user) is (
        False
    )

    assert row.delegation.history.filter(verb="take_back").count() == 1


def test_who_withdraws_is_not_decided_on_any_more():
    delegation = submitted(EditionFactory())
    prepare(delegation)

    delegation.withdraw(by=delegation.german_side)

    assert PreparedDecision.objects.count() == 0


def test_a_delegation_that_changed_since_is_not_sent(admin_user):
    delegation = submitted(EditionFactory())
    row = prepare(delegation)
    delegation.german_side.change_planned(1, by=delegation.german_side)

    with pytest.raises(Refused):
        row.send(by=admin_user)

    assert states(delegation) == [State.SUBMITTED]
    assert outlook_of(delegation) == (
        [],
        {
            delegation: "The delegation has changed since this was prepared. Please "
            "look at the changes first."
        },
    )


def test_a_changed_delegation_is_sent_once_somebody_has_looked(admin_user):
    delegation = submitted(EditionFactory())
    prepare(delegation)
    delegation.german_side.change_planned(1, by=delegation.german_side)

    delegation.look_at(by=admin_user)

    assert sent(delegation.edition, admin_user) == [delegation]


def test_a_change_before_the_preparation_stops_nothing(admin_user):
    delegation = submitted(EditionFactory())
    delegation.german_side.change_planned(1, by=delegation.german_side)
    prepare(delegation)

    assert sent(delegation.edition, admin_user) == [delegation]


def test_the_instant_of_preparing_is_kept():
    before = timezone.now()

    row = prepare(submitted(EditionFactory()))

    assert before <= row.prepared_at <= timezone.now()
