"""Editions with somebody on the waiting list, and whoever holds the places."""

from registrations.models import EditionPlaces
from tests.factories import EditionFactory, submitted


def full(people, *wanted, **values):
    """All places held by one delegation, and waiting ones: (German, partner) each."""
    edition = EditionFactory(capacity_people=people, **values)
    holding = submitted(edition, german=people)
    return [holding, *(submitted(edition, german=g, partner=p) for g, p in wanted)]


def raise_capacity(edition, people):
    EditionPlaces.objects.get(pk=edition.pk).change_capacity(people=people)


def renewed(*delegations):
    """The delegations as they are now, with sides that are read again."""
    found = [type(one).objects.get(pk=one.pk) for one in delegations]
    return found[0] if len(found) == 1 else found


def states(*delegations):
    return [type(one).objects.get(pk=one.pk).state for one in delegations]


def held(delegation):
    now = renewed(delegation)
    return now.german_side.held, now.partner_side.held


def take(delegation, german, partner=0, **values):
    now = renewed(delegation)
    now.take_offer(german, partner, by=now.german_side, **values)


def turn_down(delegation, **values):
    now = renewed(delegation)
    now.decline_offer(by=now.german_side, **values)
