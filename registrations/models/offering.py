"""Who on the waiting list is asked next, and with how many places.

Who calls these holds the lock of the edition's row. Every verb that frees places
ends with `offer_freed_places`.
"""

from collections.abc import Iterator

from django.utils import timezone

from registrations import places, working_days
from registrations.models.history import HistoryEntry
from registrations.models.letter import Letter
from registrations.models.offer import Offer
from registrations.places import Places


def offer_freed_places(edition) -> None:
    """Ask those that wait, in their order, as long as places are free for them.

    Each is offered `min(wanted, free)`, which the offer holds. After the conference
    has begun nobody is asked any more.
    """
    if edition.has_begun():
        return
    for delegation, part in in_turn(edition):
        make(delegation, part)
    keep_marks_low(edition)


def offer_at_once(edition, delegation) -> None:
    """A newcomer fits, and all that wait longer are passed over: ask it now."""
    if edition.has_begun() or edition.delegations.offered().exists():
        return
    for first, part in in_turn(edition):
        if first.pk == delegation.pk and part == delegation.planned_places():
            make(delegation, part)
        return


def in_turn(edition) -> Iterator:
    """Who is asked now, one after the other, and for which places."""
    free = places.free(edition)
    in_all = places.room(places.not_settled(edition))
    for delegation in _waiting(edition):
        part = places.share(free, delegation.planned_places())
        if part.german == 0:
            return
        if not _is_passed_over(delegation, part, free, in_all):
            yield delegation, part
            free = places.without(free, part)


def _is_passed_over(delegation, part: Places, free, in_all: int | None) -> bool:
    """Whether others are asked before it, by the rule or by staff.

    Who declined an offer or let it expire is asked again once more is free than that
    offer held: it would get more people now, or there is room for more, and some of
    it has come free since (`asked_above` is what was free or on offer at its lowest).
    """
    if delegation.passed_over_at is not None:
        return True
    last = _last_offer(delegation)
    if last is None or part.people > last.people:
        return False
    room = places.room(free)
    if room is not None and room <= places.size(free, last.people):
        return True
    if last.asked_above is None:
        return True
    return in_all is not None and in_all <= last.asked_above


def make(delegation, part: Places, *, by=None, reason="") -> Offer:
    """Hold the places for a waiting delegation, and ask its German side."""
    edition, now = delegation.edition, timezone.now()
    offer = Offer.objects.create(
        delegation=delegation,
        german=part.german,
        partner=part.partner,
        made_at=now,
        made_by=by,
        expires_at=working_days.last_minute(
            now, edition.offer_days, edition.offer_land, edition.zone
        ),
    )
    delegation.hold(part)
    delegation.state = delegation.State.OFFERED
    delegation.passed_over_at = None
    delegation.save(update_fields=["state", "passed_over_at"])
    delegation.history.record(
        delegation,
        HistoryEntry.Verb.OFFER,
        by=by,
        reason=reason,
        changes={
            "state": delegation.state,
            "german_held": part.german,
            "partner_held": part.partner,
        },
    )
    tell(offer, Letter.Kind.OFFER, delegation)
    return offer


def tell(offer: Offer, kind: Letter.Kind, delegation, **context) -> Letter:
    """A letter about an offer, with its figures as they were."""
    return Letter.objects.write(
        delegation.german_side,
        kind,
        offered_german=offer.german,
        offered_partner=offer.partner,
        expires_at=offer.expires_at.isoformat(),
        **context,
    )


def end_passing(delegation, offer: Offer, outcome) -> None:
    """The offer ends, its places are free again, and others are asked first."""
    delegation.hold(Places())
    offer.end(outcome)


def keep_marks_low(edition) -> None:
    """What is free when an offer ends, and is taken later, may come again."""
    in_all = places.room(places.not_settled(edition))
    if in_all is None:
        return
    for last in filter(None, map(_last_offer, _waiting(edition))):
        if last.asked_above is None or in_all < last.asked_above:
            last.asked_above = in_all
            last.save(update_fields=["asked_above"])


def _waiting(edition) -> list:
    return list(edition.delegations.waiting().prefetch_related("sides", "offers"))


def _last_offer(delegation) -> Offer | None:
    """The last one since it was submitted; who was reopened begins anew.

    Who waits has taken none since then, and none runs.
    """
    since = delegation.submitted_at
    offers = [one for one in delegation.offers.all() if one.made_at >= since]
    return offers[0] if offers else None
