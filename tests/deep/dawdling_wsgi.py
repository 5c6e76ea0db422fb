"""The site that sleeps while it holds the lock of an edition: for the control only."""

import time
from contextlib import contextmanager

from config.wsgi import application
from registrations.models import verbs

__all__ = ["application"]

locked = verbs.locked


@contextmanager
def locked_for_long(delegation):
    with locked(delegation) as edition:
        time.sleep(0.5)
        yield edition


verbs.locked = locked_for_long
