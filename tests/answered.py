"""Delegations whose partner has said that it comes: only the rest is missing."""

from django.utils import timezone

from registrations.models import Side
from tests.factories import EditionFactory, submitted


def answered(edition, **values):
    """A delegation that was just submitted, and its partner has answered."""
    delegation = submitted(edition, **values)
    delegation.sides.filter(which=Side.Which.PARTNER).update(
        answer=Side.Answer.COMING, confirmed_at=timezone.now()
    )
    delegation.renew_with_sides()
    return delegation


def with_link(**values):
    """The same, with the token of a link to its German side."""
    edition = values.pop("edition", None) or EditionFactory()
    delegation = answered(edition, **values)
    return delegation, delegation.german_side.mint_link()
