from contextlib import contextmanager

import pytest
from django.db import transaction
from django.utils import translation

from conferences import documents, files
from tests.access import rows
from tests.access import world as worlds


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


@pytest.fixture(scope="module")
def at_first(world):
    """Each row as the world was made."""
    return rows.standing()


@pytest.fixture
def kept_files():
    """The files that rows of the world name."""
    for digest in (worlds.PUBLIC_FILE, worlds.HIDDEN_FILE):
        files.public(digest).mkdir(parents=True)
        documents.place(digest).write_bytes(b"%PDF-")
        (files.public(digest) / "320.webp").write_bytes(b"RIFF")


@pytest.fixture
def unchanged(at_first):
    """What is asked inside leaves every row of the database as it was made.

    Except in the tables that are named: there something has to be written.
    """

    @contextmanager
    def watched(*but):
        yield
        assert set(rows.written(at_first, rows.standing())) == set(but)

    return watched
