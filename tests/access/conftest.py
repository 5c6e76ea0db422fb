from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from conferences import documents, files
from tests.access import world as worlds

WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once for all tests of a module; what one of them sends is taken back.

    An answer is never closed by hand: that ends the request once more, outside the
    client, and Django then closes the connection that holds the world.
    """
    with (
        django_db_blocker.unblock(),
        translation.override("en"),
        transaction.atomic(),
    ):
        yield worlds.made()
        transaction.set_rollback(True)


@pytest.fixture
def kept_files():
    """The files that rows of the world name."""
    for digest in (worlds.PUBLIC_FILE, worlds.HIDDEN_FILE):
        files.public(digest).mkdir(parents=True)
        documents.place(digest).write_bytes(b"%PDF-")
        (files.public(digest) / "320.webp").write_bytes(b"RIFF")


@pytest.fixture
def unwritten():
    """What is asked inside changes no row; a session of staff is prolonged only."""

    @contextmanager
    def watched():
        with CaptureQueriesContext(connection) as captured:
            yield
        sent = [query["sql"] for query in captured.captured_queries]
        written = [
            one
            for one in sent
            if one.lstrip().startswith(WRITES) and "django_session" not in one
        ]
        assert written == []

    return watched
