"""What is erased because somebody asks for it: one person, or a whole side.

Places come free by the verbs that free them otherwise, so the queue moves on. While a
letter of the delegation is under way nothing is erased; the request stands in the log
already, and the next nightly run does what it says.
"""

import logging

from django.db import DatabaseError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from registrations import erasure_log, mentions
from registrations.erasure import forget_traces
from registrations.models import (
    Delegation,
    HistoryEntry,
    Letter,
    Participant,
    Refused,
    Side,
)
from registrations.models.keys import new_key
from registrations.models.locking import locked
from registrations.register import blank

logger = logging.getLogger(__name__)
Verb = HistoryEntry.Verb


def erase_person(person, *, by) -> bool:
    """Erase one person of a side. False: it waits for the nightly run.

    Raises Refused where the request cannot be written down.
    """
    _note(erasure_log.PERSON, person.side.delegation.reference, person.key)
    return _tried(_erase_person, person, by)


def erase_side(side, *, by) -> bool:
    """Erase the contact and all people of a side; a draft goes as a whole.

    False: it waits for the nightly run. Raises Refused like `erase_person`.
    """
    _note(erasure_log.SIDE, side.delegation.reference, side.key)
    return _tried(_erase_side, side, by)


def erase_again() -> int:
    """Do what the log says to whoever is there again, or still; returns to how many.

    For a database that was restored, before its first request, and for every night.
    Doing it again finds nobody.
    """
    people, sides = asked()
    count = sum(_tried(_erase_person, person, None) for person in people)
    return count + sum(_tried(_erase_side, side, None) for side in sides)


def asked() -> tuple[list[Participant], list[Side]]:
    """Who stands in the log, and is there all the same."""
    keys: dict[str, list[str]] = {erasure_log.PERSON: [], erasure_log.SIDE: []}
    for entry in erasure_log.entries():
        keys.setdefault(entry.what, []).append(entry.key)
    people = Participant.objects.select_related("side__delegation__edition")
    sides = Side.objects.select_related("delegation__edition")
    return (
        _with_keys(people, keys[erasure_log.PERSON]),
        _with_keys(sides, keys[erasure_log.SIDE]),
    )


def _with_keys(rows, keys: list[str]) -> list:
    """Some hundred at a time: a database takes only so many values in one question."""
    found: list = []
    for start in range(0, len(keys), 500):
        found += rows.filter(key__in=keys[start : start + 500])
    return found


def _note(what, reference, key) -> None:
    try:
        erasure_log.note(what, reference, key)
    except OSError:
        raise Refused(
            _("That does not work at the moment. Please write to the organiser.")
        ) from None


def _tried(erase, row, by) -> bool:
    try:
        return erase(row, by)
    except Delegation.DoesNotExist:
        return True
    except DatabaseError as reason:
        logger.warning("%s %s waits: %s", row._meta.label, row.pk, reason)
        return False


def _is_letter_under_way(delegation) -> bool:
    """Under the lock: whether a letter may be written or sent at this moment."""
    letters = Letter.objects.filter(side__delegation=delegation)
    states = letters.select_for_update(of=("self",)).values_list("state", flat=True)
    return Letter.State.SENDING in list(states)


def _erase_person(person, by) -> bool:
    delegation = person.side.delegation
    with locked(delegation):
        side = delegation.side(person.side.which)
        mine = side.participants.filter(pk=person.pk, key=person.key).first()
        if mine is None:
            return True
        if _is_letter_under_way(delegation):
            return False
        forget_traces([mine])
        names = mentions.Names.of(people=[mine])
        side.let_go(mine, by=by)
        mentions.forget(delegation, names)
        changes = {"side": side.which}
        delegation.history.record(delegation, Verb.ERASE_PERSON, by=by, changes=changes)
    return True


def _erase_side(side, by) -> bool:
    delegation, key = side.delegation, side.key
    with locked(delegation):
        mine = delegation.side(side.which)
        if mine.key != key:
            return True
        if _is_letter_under_way(delegation):
            return False
        people = list(mine.participants.all())
        forget_traces([delegation, mine, *mine.requests.all(), *people])
        if delegation.is_draft and mine.is_german:
            delegation.delete()
            return True
        names = mentions.Names.of(people=people, side=mine)
        _free_places(mine, by)
        _empty(mine)
        mentions.forget(delegation, names)
        changes = {"side": mine.which}
        delegation.history.record(delegation, Verb.ERASE_SIDE, by=by, changes=changes)
        if delegation.is_live:
            delegation.needs_review_since = timezone.now()
            delegation.save(update_fields=["needs_review_since"])
    return True


def _free_places(side, by) -> None:
    """Before the conference, as if the side took itself back.

    While the German side answers an offer its number counts: then it stays for staff.
    """
    delegation = side.delegation
    if not delegation.is_live or delegation.edition.has_begun():
        return
    if side.is_german:
        delegation.withdraw(by=by)
    elif delegation.state != Delegation.State.OFFERED:
        side.decline_to_come(by=by)


def _empty(side) -> None:
    """Who it was is gone; numbers, states and what happened when stay."""
    delegation = side.delegation
    for rows in (side.participants, side.letters, side.links, side.reminders):
        rows.all().delete()
    own = Q(side=side)
    if side.is_german:
        own |= Q(side=None)
    delegation.answers.filter(own, question__is_personal=True).delete()
    side.requests.update(**blank("registrations.Request"))
    delegation.history.filter(actor_kind=side.which).without_reasons()
    for name, value in blank("registrations.Side").items():
        setattr(side, name, value)
    side.confirmed_at = side.invited_at = None
    side.contact_by = ""
    side.key = new_key()
    side.save()
    side.forget_people()
