"""The lock under which places are counted, and the words of a refusal.

The edition's row is locked before anything is counted, so two delegations that ask
for the last places at the same moment cannot both get them. On SQLite the IMMEDIATE
transaction is that lock.
"""

from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from conferences.models import Edition
from partnerships.models import raise_content_version
from partnerships.statement import Statement
from registrations.places import is_full


class Refused(Exception):
    """A verb that may not be done now; the message says why, to a person."""

    which: str | None = None  # the side that is meant, where it is one of both


class AlreadyRegistered(Refused):
    """Another live delegation comes for the same partnership or municipality."""

    def __init__(self, first):
        self.first = first
        super().__init__(
            _("%(names)s is already registered as %(reference)s.")
            % {"names": first.names, "reference": first.reference}
        )


def renew(row, fresh) -> None:
    """Take over the columns of a row that was read again.

    Relations that were loaded stay loaded where they still hold.
    """
    for field in row._meta.concrete_fields:
        setattr(row, field.attname, getattr(fresh, field.attname))


@contextmanager
def locked(delegation):
    """Hold the edition's row; the delegation is read afresh under the lock."""
    with transaction.atomic():
        edition = _locked_edition(delegation)
        delegation.edition = edition
        delegation.renew_with_sides()
        before = _as_counted(delegation)
        yield edition
        if _may_turn_pages(delegation, before):
            raise_content_version()


def _as_counted(delegation) -> tuple:
    """What decides whether the edition is full; others change in their own lock."""
    return delegation.state, delegation.german_side.held, delegation.partner_side.held


def _may_turn_pages(delegation, before: tuple) -> bool:
    """Whether public pages, which say that all places are taken, may say it no more.

    Or for the first time. A delegation that is new leaves the pages as they were when
    it leaves places to others, or stands in line behind them: so a rush does not have
    them made anew all the time.
    """
    if _as_counted(delegation) == before:
        return False
    is_new = before[0] == delegation.State.DRAFT
    if is_new and delegation.state == delegation.State.SUBMITTED:
        return is_full(delegation.edition)
    if is_new and delegation.state == delegation.State.WAITING:
        line = delegation.edition.delegations.in_line()
        return not line.exclude(pk=delegation.pk).exists()
    return True


_EDITION = Statement(
    lambda: Edition.objects.without_texts().filter(pk=0).select_for_update().order_by()
)


def _locked_edition(delegation) -> Edition:
    """Its row as it is now; the series, which no verb counts, stays loaded."""
    edition = _EDITION.one(delegation.edition_id)
    if type(delegation).edition.is_cached(delegation):
        known = delegation.edition
        if known.series_id == edition.series_id and type(known).series.is_cached(known):
            edition.series = known.series
    return edition


def is_side(actor) -> bool:
    return hasattr(actor, "which")


def is_staff(actor) -> bool:
    """Whether a user of the admin acts: neither a side, a person, nor the clock."""
    return hasattr(actor, "is_staff")
