import logging
import signal
import threading
import time

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections

from conferences import upkeep
from conferences.models import Picture
from registrations import letters, reminders
from registrations.models import Offer

logger = logging.getLogger(__name__)

# How long the worker rests when nothing is due.
PAUSE_SECONDS = 3
# How often it looks whom to remind.
REMIND_SECONDS = 3600
# How often it sweeps away files of pictures and documents that are gone.
SWEEP_SECONDS = 600


class Command(BaseCommand):
    help = (
        "Ends the offers that nobody answered in time, writes reminders every hour, "
        "sends the letters that are due, and prepares the pictures that staff "
        "uploaded, until it is ended by Ctrl-C or SIGTERM. "
        "Any number of these workers may run at once, on any number of machines."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--once", action="store_true", help="do what is due now, and end"
        )

    def handle(self, *args, **options):
        self.reminds_next_at = self.sweeps_next_at = 0.0
        stopped = threading.Event()
        before = {
            number: signal.signal(number, lambda *_: stopped.set())
            for number in (signal.SIGTERM, signal.SIGINT)
        }
        try:
            if options["once"]:
                self.do_what_is_due(stopped)
                upkeep.prepare_due(stopped.is_set)
            else:
                self.work(stopped)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def do_what_is_due(self, stopped):
        Offer.objects.expire()
        if time.monotonic() >= self.reminds_next_at:
            reminders.write_due()
            self.reminds_next_at = time.monotonic() + REMIND_SECONDS
        letters.send_due(stopped.is_set)
        if time.monotonic() >= self.sweeps_next_at:
            self.sweep()
            self.sweeps_next_at = time.monotonic() + SWEEP_SECONDS

    def sweep(self):
        """A disk that cannot be read keeps no letter back."""
        try:
            upkeep.sweep()
        except OSError as error:
            logger.error("no files were swept away: %s", type(error).__name__)

    def work(self, stopped):
        """Send and rest by turns; a database that is away for a while ends nothing."""
        while not stopped.is_set():
            close_old_connections()
            is_busy = False
            try:
                self.do_what_is_due(stopped)
                # One by one: letters do not wait for twenty pictures.
                is_busy = Picture.objects.prepare_next()
            except (DatabaseError, InterfaceError) as error:
                logger.error("no letters for now: %s", type(error).__name__)
            if not is_busy:
                stopped.wait(PAUSE_SECONDS)
