"""A worker without one of its guards, or that dies at a bad moment: for controls.

python -m tests.deep.careless_worker unmarked dying
"""

import os
import signal
import sys
from typing import Any

from django.core.management import call_command
from django.utils import timezone

import config.wsgi  # noqa: F401  sets Django up, before any model
from registrations import smtp
from registrations.models import Letter
from registrations.models.letter import LetterQuerySet

deliver = smtp.deliver
# Their guards are taken out, which no type allows.
letter: Any = Letter
queryset: Any = LetterQuerySet


def unmarked() -> None:
    """It sends what is due, and notes nothing before it has sent it."""
    queryset.take = lambda self, at=None: self.due(at).order_by("?").first()
    letter.still_mine = lambda self: Letter.objects.filter(pk=self.pk)


def unordered() -> None:
    """It sends whatever is due, whether or not another letter should go before."""
    queryset.due = lambda self, at=None: self.filter(
        state="queued", due_at__lte=at or timezone.now()
    )


def dying() -> None:
    """It is killed after the server's "250" and before it has noted it."""

    def deliver_and_die(message):
        deliver(message)
        os.kill(os.getpid(), signal.SIGKILL)

    smtp.deliver = deliver_and_die


def unforgiving() -> None:
    """It ends at the first letter that the mail server does not take."""

    def deliver_or_end(message):
        try:
            deliver(message)
        except smtp.NotDelivered as error:
            sys.exit(str(error))

    smtp.deliver = deliver_or_end


FAULTS = {fault.__name__: fault for fault in (unmarked, unordered, dying, unforgiving)}

if __name__ == "__main__":
    for name in sys.argv[1:]:
        FAULTS[name]()
    call_command("send_letters")
