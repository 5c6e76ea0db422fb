"""Reminders: one letter to a side that owes something, by the rules of its edition.

`write_due` looks which delegations might be reminded, without a lock; `remind` decides
under the lock of the edition, so that any number of workers write each letter once.
"""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from conferences.models import Edition
from partnerships import dates
from registrations import missing
from registrations.models import (
    Delegation,
    HistoryEntry,
    Letter,
    Reminder,
    ReminderRule,
    Side,
)
from registrations.models.locking import locked

# Who has just registered got a letter that says what to do.
PEACE = timedelta(days=2)


def write_due(at: datetime | None = None) -> int:
    """Write the reminders that are due; returns how many letters. Safe to repeat."""
    at = at or timezone.now()
    return sum(
        remind(delegation, at)
        for edition in Edition.objects.ahead(timezone.localdate(at) - timedelta(days=1))
        if ReminderRule.objects.due(edition, at)
        for delegation in _perhaps_due(edition, at)
    )


def remind(delegation: Delegation, at: datetime | None = None) -> int:
    """Write what is due to each side that owes something; never the same thing twice.

    What was done, ended or switched off meanwhile is seen under the lock.
    """
    at = at or timezone.now()
    with locked(delegation) as edition:
        if not _may_be_reminded(delegation, at):
            return 0
        rules = ReminderRule.objects.due(edition, at)
        written = [
            _write(side, due, edition)
            for side in (delegation.german_side, delegation.partner_side)
            if is_reached(side) and (due := _due(side, rules))
        ]
    return len(written)


def is_reached(side: Side) -> bool:
    """Whether we may write to its contact: to a partner after its first letter."""
    is_known = side.is_german or side.invited_at is not None
    return bool(side.contact_email) and is_known


def is_pointless(letter: Letter, at: datetime | None = None) -> bool:
    """Whether a reminder that waits to be sent is not needed, or too late, by now."""
    if letter.kind != Letter.Kind.REMINDER:
        return False
    end = datetime.fromisoformat(letter.context["ends_at"])
    if letter.side.delegation.reminders_off or (at or timezone.now()) >= end:
        return True
    return not missing.by(letter.side)


def tasks(side: Side) -> list[tuple[str, str]]:
    """What a side owes, and until when, in words: each thing as two parts."""
    return [(_task(one), _until(one)) for one in missing.by(side)]


def _task(one: missing.Missing) -> str:
    if one.person is None:
        return one.task
    return _("%(task)s, for %(name)s") % {"task": one.task, "name": one.person}


def _until(one: missing.Missing) -> str:
    if one.is_overdue:
        return _(", as soon as you can")
    if one.until is None:
        return ""
    zone = one.side.delegation.edition.zone
    return _(", by %(until)s") % {"until": dates.instant(one.until, zone)}


def _perhaps_due(edition: Edition, at: datetime) -> list[Delegation]:
    """Those that owe anything; `remind` looks closer."""
    live = Delegation.objects.live().filter(reminders_off=False)
    delegations = missing.loaded(live.filter(submitted_at__lte=at - PEACE), edition)
    found = missing.of_all(delegations)
    return [one for one in delegations if found[one.pk]]


def _may_be_reminded(delegation: Delegation, at: datetime) -> bool:
    """Whoever ended owes nothing, so that nobody asks for its state here."""
    return (
        not delegation.reminders_off
        and delegation.submitted_at is not None
        and delegation.submitted_at + PEACE <= at
    )


def _due(side: Side, rules: list[ReminderRule]) -> list[ReminderRule]:
    """The rules by which a side is to be reminded and has not been yet."""
    owed = {one.what for one in missing.by(side)}
    done = set(side.reminders.values_list("rule", "what"))
    return [
        rule for rule in rules if rule.what in owed and (rule.pk, rule.what) not in done
    ]


def _write(side: Side, rules: list[ReminderRule], edition: Edition) -> Letter:
    for rule in rules:
        Reminder.objects.create(side=side, rule=rule, what=rule.what)
    ends = [end for rule in rules if (end := rule.ends_at(edition))]
    letter = Letter.objects.write(
        side, Letter.Kind.REMINDER, ends_at=max(ends).isoformat()
    )
    side.delegation.history.record(
        side.delegation,
        HistoryEntry.Verb.REMIND,
        changes={"letter": Letter.Kind.REMINDER},
    )
    return letter
