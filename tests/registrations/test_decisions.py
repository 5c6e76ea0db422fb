import pytest

from registrations import places
from registrations.models import AlreadyRegistered, Delegation, Letter, Refused
from tests.factories import DelegationFactory, EditionFactory, submitted

pytestmark = pytest.mark.django_db
State = Delegation.State


def last_letter(delegation):
    return Letter.objects.filter(side__delegation=delegation).latest("pk")


def test_approving_keeps_the_places(admin_user):
    delegation = submitted(EditionFactory(), german=2, partner=1)

    delegation.approve(by=admin_user)

    assert delegation.state == State.APPROVED
    assert places.held(delegation.edition) == places.Places(2, 1, 1)
    assert last_letter(delegation).kind == "approved"


def test_approving_waits_for_the_confirmed_address(admin_user):
    delegation = submitted(EditionFactory(), german__confirmed_at=None)

    with pytest.raises(Refused, match="not confirmed"):
        delegation.approve(by=admin_user)

    delegation.refresh_from_db()
    assert delegation.state == State.SUBMITTED


def test_declining_does_not_wait_for_the_confirmed_address(admin_user):
    delegation = submitted(EditionFactory(), german__confirmed_at=None)

    delegation.decline(by=admin_user, reason="Too many from one region.")

    assert delegation.state == State.DECLINED
    assert places.held(delegation.edition) == places.Places()
    assert last_letter(delegation).context["reason"] == "Too many from one region."


def test_a_waiting_delegation_takes_places_when_it_is_approved(admin_user):
    edition = EditionFactory(capacity_people=2)
    holding, waiting = submitted(edition), submitted(edition)
    holding.withdraw(by=holding.german_side)
    waiting.decline_offer(by=waiting.german_side)

    waiting.approve(by=admin_user)

    assert waiting.state == State.APPROVED
    assert places.held(edition) == places.Places(2, 0, 1)


def test_a_waiting_delegation_that_does_not_fit_is_not_approved(admin_user):
    edition = EditionFactory(capacity_people=3)
    submitted(edition)
    waiting = submitted(edition)

    with pytest.raises(Refused, match="raise the capacity first"):
        waiting.approve(by=admin_user)

    waiting.refresh_from_db()
    assert waiting.state == State.WAITING


def test_passing_over_who_waits_longer_needs_a_reason(admin_user):
    edition = EditionFactory(capacity_people=2)
    holding = submitted(edition)
    first, second = submitted(edition), submitted(edition)
    holding.withdraw(by=holding.german_side)
    for delegation in (first, second):
        delegation.decline_offer(by=delegation.german_side)

    with pytest.raises(Refused, match=first.reference):
        second.approve(by=admin_user)
    second.approve(by=admin_user, reason="The first asked us to wait.")

    assert second.state == State.APPROVED
    assert second.history.last().reason == "The first asked us to wait."


@pytest.mark.parametrize("state", ["draft", "offered", "approved", "declined"])
def test_only_what_is_submitted_or_waits_is_approved(state, admin_user):
    delegation = DelegationFactory(state=state)

    with pytest.raises(Refused):
        delegation.approve(by=admin_user)


@pytest.mark.parametrize("state", ["draft", "offered", "declined", "withdrawn"])
def test_only_what_is_live_is_declined(state, admin_user):
    delegation = DelegationFactory(state=state)

    with pytest.raises(Refused):
        delegation.decline(by=admin_user, reason="No.")


@pytest.mark.parametrize("state", ["submitted", "offered", "approved"])
def test_withdrawing_frees_the_places(state):
    delegation = submitted(EditionFactory())
    Delegation.objects.filter(pk=delegation.pk).update(state=state)

    delegation.withdraw(by=delegation.german_side)

    assert delegation.state == State.WITHDRAWN
    assert places.held(delegation.edition) == places.Places()
    assert last_letter(delegation).kind == "withdrawn"


def test_withdrawing_twice_is_withdrawing_once():
    delegation = submitted(EditionFactory())

    delegation.withdraw(by=delegation.german_side)
    delegation.withdraw(by=delegation.german_side)

    assert delegation.history.filter(verb="withdraw").count() == 1


def test_the_partner_side_cannot_withdraw_the_delegation():
    delegation = submitted(EditionFactory())

    with pytest.raises(Refused, match="Only the German side"):
        delegation.withdraw(by=delegation.partner_side)


def test_a_draft_cannot_be_withdrawn():
    delegation = DelegationFactory()

    with pytest.raises(Refused):
        delegation.withdraw(by=delegation.german_side)


def test_reopening_counts_like_a_new_submission(admin_user):
    edition = EditionFactory(capacity_people=2)
    delegation = submitted(edition)
    delegation.withdraw(by=delegation.german_side)
    submitted(edition)

    delegation.reopen(by=admin_user, reason="A misunderstanding.")

    assert (delegation.state, delegation.queue_number) == (State.WAITING, 1)
    assert last_letter(delegation).kind == "reopened"


def test_reopening_is_refused_while_another_comes_for_the_partnership(admin_user):
    delegation = submitted(EditionFactory())
    delegation.decline(by=admin_user, reason="No.")
    submitted(delegation.edition, partnership=delegation.partnership)

    with pytest.raises(AlreadyRegistered):
        delegation.reopen(by=admin_user, reason="Yes, after all.")


@pytest.mark.parametrize("state", ["draft", "submitted", "waiting", "approved"])
def test_only_what_has_ended_is_reopened(state, admin_user):
    delegation = DelegationFactory(state=state, queue_number=1)

    with pytest.raises(Refused):
        delegation.reopen(by=admin_user, reason="Why not.")


def test_every_change_is_a_line_of_the_history(admin_user):
    delegation = submitted(EditionFactory())
    delegation.approve(by=admin_user)
    delegation.decline(by=admin_user, reason="The host withdrew.")

    lines = delegation.history.values_list("verb", "actor_kind", "reason", "changes")

    assert list(lines) == [
        ("submit", "german", "", {"state": "submitted"}),
        ("invite", "system", "", {}),
        ("approve", "staff", "", {"state": "approved"}),
        ("decline", "staff", "The host withdrew.", {"state": "declined"}),
    ]
