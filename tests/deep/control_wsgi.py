"""The site with its guard against overselling taken out: for the control only.

On PostgreSQL the transaction stays and the row is not locked; on SQLite counting
happens outside the transaction.
"""

from contextlib import contextmanager, nullcontext

from django.db import connection, transaction

from config.wsgi import application
from registrations.models import verbs

__all__ = ["application"]


@contextmanager
def not_locked(delegation):
    with nullcontext() if connection.vendor == "sqlite" else transaction.atomic():
        delegation.refresh_from_db()  # the edition is read anew too
        delegation.renew_with_sides()
        yield delegation.edition


verbs.locked = not_locked
