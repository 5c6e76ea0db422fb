"""The partner's contact is written to once all that its letter waits for is true."""

import pytest

from registrations.models import Delegation, Letter, PersonalLink, Side
from tests.factories import DelegationFactory, EditionFactory, submitted

pytestmark = pytest.mark.django_db
UNCONFIRMED = {"german__confirmed_at": None}
NO_CONTACT = {"partner__contact_email": "", "partner__contact_name": ""}
AMA = {"contact_name": "Ama", "contact_email": "ama@example.org", "language": "en"}


def kinds(side):
    """What was written to a side, in its order."""
    letters = Letter.objects.filter(side=side).order_by("pk")
    return list(letters.values_list("kind", flat=True))


def partner_of(delegation):
    return Side.objects.get(delegation=delegation, which="partner")


def test_submitting_writes_to_the_partner_of_a_confirmed_contact():
    delegation = submitted(EditionFactory())

    assert kinds(delegation.partner_side) == ["partner_link"]
    assert partner_of(delegation).invited_at is not None


def test_a_delegation_that_waits_writes_to_the_partner_too():
    delegation = submitted(EditionFactory(capacity_people=0))

    assert delegation.state == "waiting"
    assert kinds(delegation.partner_side) == ["partner_link"]


def test_the_letter_waits_for_the_address_of_the_german_contact():
    delegation = submitted(EditionFactory(), **UNCONFIRMED)
    before = kinds(delegation.partner_side)

    delegation.german_side.confirm()

    assert before == []
    assert kinds(delegation.partner_side) == ["partner_link"]


def test_a_draft_writes_nothing_to_the_partner():
    delegation = DelegationFactory(**UNCONFIRMED)

    delegation.german_side.confirm()
    delegation.partner_side.change_contact(by=delegation.german_side, **AMA)

    assert kinds(delegation.partner_side) == []


def test_a_contact_that_is_named_later_is_written_to_then(admin_user):
    delegation = DelegationFactory(**NO_CONTACT)
    Delegation.objects.filter(pk=delegation.pk).update(state="submitted")

    delegation.partner_side.change_contact(by=delegation.german_side, **AMA)

    assert kinds(delegation.partner_side) == ["partner_link"]


def test_the_address_that_staff_enter_counts_as_confirmed(admin_user):
    delegation = submitted(EditionFactory(), **UNCONFIRMED)

    delegation.german_side.change_contact(by=admin_user, contact_email="x@example.org")

    assert kinds(delegation.partner_side) == ["partner_link"]


def test_a_reopened_delegation_writes_what_it_could_not_before(admin_user):
    delegation = submitted(EditionFactory(), **UNCONFIRMED)
    delegation.decline(by=admin_user, reason="No.")
    delegation.german_side.confirm()

    delegation.reopen(by=admin_user, reason="Yes.")

    assert kinds(delegation.partner_side) == ["partner_link"]


def test_a_municipality_without_a_partnership_writes_to_nobody():
    delegation = DelegationFactory(
        kind="municipality", partner__planned=0, edition__partner_optional=True
    )

    delegation.submit()

    assert kinds(delegation.partner_side) == []


def test_the_letter_is_written_once():
    delegation = submitted(EditionFactory(), **UNCONFIRMED)

    delegation.german_side.confirm()
    delegation.german_side.confirm()
    delegation.submit()
    delegation.partner_side.change_contact(by=delegation.german_side, contact_name="K")

    assert kinds(delegation.partner_side) == ["partner_link"]
    assert delegation.history.filter(verb="invite").count() == 1


def test_a_new_address_of_the_partner_begins_anew():
    delegation = submitted(EditionFactory())
    partner = delegation.partner_side
    partner.confirm()
    token = partner.mint_link(PersonalLink.Purpose.LETTER)

    answer = partner.change_contact(by=delegation.german_side, **AMA)

    assert answer is None
    assert kinds(partner) == ["partner_link", "partner_link"]
    assert partner_of(delegation).confirmed_at is None
    assert not PersonalLink.objects.usable().opened_by(token).exists()


def test_the_partner_that_moves_keeps_a_page_although_the_german_side_moved():
    delegation = submitted(EditionFactory())
    delegation.german_side.change_contact(
        by=delegation.german_side, contact_email="new@example.org"
    )
    partner = delegation.partner_side

    token = partner.change_contact(by=partner, contact_email="neu@example.org")

    assert Side.objects.opened_by(token).get() == partner
    assert kinds(partner) == ["partner_link", "partner_link"]


@pytest.mark.parametrize(
    ("verb", "kind"),
    [("approve", "approved"), ("decline", "declined"), ("withdraw", "withdrawn")],
)
def test_the_partner_hears_what_becomes_of_the_delegation(verb, kind, admin_user):
    delegation = submitted(EditionFactory(), partner=2)

    getattr(delegation, verb)(by=admin_user, reason="Because.")

    letter = Letter.objects.filter(side=delegation.partner_side).latest("pk")
    assert (letter.kind, letter.language) == (kind, "en")
    assert letter.context["reason"] == "Because."


def test_a_partner_that_was_not_written_to_hears_nothing(admin_user):
    delegation = submitted(EditionFactory(), partner=2, **UNCONFIRMED)

    delegation.decline(by=admin_user, reason="No.")

    assert kinds(delegation.partner_side) == []


def test_a_partner_that_does_not_come_hears_nothing_more(admin_user):
    delegation = submitted(EditionFactory(), partner=2)
    delegation.partner_side.decline_to_come(by=delegation.partner_side)

    delegation.approve(by=admin_user)

    assert kinds(delegation.partner_side) == ["partner_link"]


def test_without_an_address_nothing_is_written():
    delegation = DelegationFactory(**NO_CONTACT, **UNCONFIRMED)
    Delegation.objects.filter(pk=delegation.pk).update(state="submitted")

    delegation.german_side.confirm()

    assert kinds(delegation.partner_side) == []
    assert partner_of(delegation).invited_at is None
