"""The lock under which places are counted, and the words of a refusal.

The edition's row is locked before anything is counted, so two delegations that ask
for the last places at the same moment cannot both get them. On SQLite the IMMEDIATE
transaction is that lock.
"""

from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from conferences.models import Edition


class Refused(Exception):
    """A verb that may not be done now; the message says why, to a person."""


class AlreadyRegistered(Refused):
    """Another live delegation comes for the same partnership or municipality."""

    def __init__(self, first):
        self.first = first
        super().__init__(
            _("%(names)s is already registered as %(reference)s.")
            % {"names": first.names, "reference": first.reference}
        )


@contextmanager
def locked(delegation):
    """Hold the edition's row; the delegation is read afresh under the lock."""
    with transaction.atomic():
        edition = Edition.objects.select_for_update().get(pk=delegation.edition_id)
        delegation.refresh_from_db()
        delegation.forget_sides()
        delegation.edition = edition
        yield edition


def is_side(actor) -> bool:
    return hasattr(actor, "which")
