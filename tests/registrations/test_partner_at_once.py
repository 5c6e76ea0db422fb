"""The partner's first letter is written once, whoever comes last at the same moment."""

import pytest

from registrations.models import Delegation, Letter
from tests.factories import DelegationFactory, EditionFactory, submitted
from tests.registrations.test_at_once import again, at_once, meet

__all__ = ["meet"]
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def first_letters():
    return Letter.objects.filter(kind="partner_link").count()


def test_confirming_while_submitting_writes_to_the_partner_once(meet):
    draft = DelegationFactory(german__confirmed_at=None)
    meet(Delegation, "invite_partner", before=True)

    outcomes = at_once(again(draft).submit, again(draft).german_side.confirm)

    assert outcomes == [None, True]
    assert first_letters() == 1


def test_the_link_of_the_partner_is_sent_once_by_two_presses(meet):
    delegation = submitted(EditionFactory())
    Letter.objects.all().delete()
    meet(Letter.objects.__class__, "write", before=True)
    german = delegation.german_side
    one, other = again(delegation).partner_side, again(delegation).partner_side

    outcomes = at_once(
        lambda: one.send_link_again(by=german), lambda: other.send_link_again(by=german)
    )

    assert sorted(outcomes) == [False, True]
    assert Letter.objects.filter(kind="partner_new_link").count() == 1
