import resource
import signal
from contextlib import contextmanager

import pytest

from registrations.models import Letter, LetterText


@pytest.fixture
def plain_texts(db):
    """A text of every kind, in German, that says what it is."""
    LetterText.objects.all().delete()
    LetterText.objects.bulk_create(
        LetterText(
            kind=kind,
            language="de",
            subject="Delegation {reference}",
            body=f"{kind} für {{name}}.\n\nGrund: {{reason}}",
        )
        for kind in Letter.Kind.values
    )


@pytest.fixture
def small_files():
    """A block in which no file may grow beyond 1 kB, as if the disk were full then.

    A block, since what pytest prints after the test may go to a file as well.
    """
    return _small_files


@contextmanager
def _small_files():
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
