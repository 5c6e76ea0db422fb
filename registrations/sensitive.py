"""The one way in which staff read what is encrypted: allowed, and written down."""

import logging
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from registrations.encryption import CannotOpen
from registrations.models import HistoryEntry, PersonalNeeds, VisaData

logger = logging.getLogger(__name__)

PERMISSIONS = {
    PersonalNeeds: "registrations.read_personalneeds",
    VisaData: "registrations.read_visadata",
}
PARTS = {PersonalNeeds: "needs", VisaData: "visa"}


def may_read(user, model) -> bool:
    return user.has_perm(PERMISSIONS[model])


@transaction.atomic
def read(rows: Iterable, *, by) -> list[dict[str, str | None]]:
    """The texts of rows of one model, by field; None: it cannot be opened.

    Each delegation whose people are read gets a line in its history, before anything
    is opened. Raises PermissionDenied where `by` may not read them.
    """
    rows = list(rows)
    if not rows:
        return []
    model = type(rows[0])
    if not may_read(by, model):
        raise PermissionDenied
    delegations = {row.participant.side.delegation for row in rows}
    for delegation in sorted(delegations, key=lambda one: one.pk):
        people = sum(row.participant.side.delegation == delegation for row in rows)
        delegation.history.record(
            delegation,
            HistoryEntry.Verb.READ_SENSITIVE,
            by=by,
            changes={"part": PARTS[model], "people": people},
        )
    return [texts(row) for row in rows]


def texts(row) -> dict[str, str | None]:
    """What a row says, for the side that wrote it; None: it cannot be opened."""
    return {name: _text(row, name) for name in row.SEALED}


def _text(row, name: str) -> str | None:
    try:
        return getattr(row, name)
    except CannotOpen as reason:
        logger.error("%s %s, %s: %s", row._meta.label, row.pk, name, reason)
        return None
