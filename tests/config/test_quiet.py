"""`deploy/quiet.sql`: PostgreSQL logs errors of the site without what people typed.

Tried on a server of its own, whose log is read.
"""

import contextlib
import tempfile
from pathlib import Path

import psycopg2
import pytest

from tests import postgres
from tests.server import ROOT

pytestmark = pytest.mark.postgresql

# The rest of the file is about the write-ahead log: see `tests/deep/canaries.py`.
LINES = [
    statement
    for statement in postgres.statements_of(ROOT / "deploy" / "quiet.sql")
    if statement.startswith("ALTER ROLE site SET log_")
]
TYPED = "Quetzalina"
ERRORS = ["duplicate key value", "violates check constraint", "division by zero"]
PERSON = "INSERT INTO people VALUES (%s)"


@pytest.fixture(scope="module")
def server():
    """With a table of people, in which one stands already."""
    with contextlib.ExitStack() as stack:
        name = stack.enter_context(tempfile.TemporaryDirectory(prefix="pg-"))
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setenv("XDG_RUNTIME_DIR", name)
        server = postgres.own_server(Path(name) / "data")
        stack.callback(server.cleanup)
        tell(
            server,
            "CREATE ROLE site LOGIN",
            "CREATE TABLE people (name text UNIQUE CHECK (name NOT LIKE '% %'))",
            "GRANT ALL ON people TO site",
        )
        tell(server, (PERSON, TYPED))
        yield server


def tell(server, *statements, user="postgres"):
    connection = psycopg2.connect(server.get_uri(), user=user)
    connection.autocommit = True
    with connection.cursor() as cursor:
        for statement in statements:
            words = (statement,) if isinstance(statement, str) else statement
            with contextlib.suppress(psycopg2.IntegrityError, psycopg2.DataError):
                cursor.execute(words[0], words[1:] or None)
    connection.close()


def logged(server, settings) -> str:
    """What the log says of errors that a row, and a statement alone, bring about."""
    log = Path(server.log)
    before = len(log.read_text())
    tell(server, "ALTER ROLE site RESET ALL", *settings)
    tell(
        server,
        (PERSON, TYPED),
        (PERSON, f"{TYPED} Muster"),
        ("SELECT 1 / (length(%s) - %s)", TYPED, len(TYPED)),
        user="site",
    )
    return log.read_text()[before:]


def test_the_log_names_errors_and_nothing_that_was_typed(server):
    found = logged(server, LINES)

    assert [error for error in ERRORS if error in found] == ERRORS
    assert TYPED not in found


@pytest.mark.parametrize("left_out", LINES)
def test_without_a_line_of_it_the_log_holds_what_was_typed(server, left_out):
    found = logged(server, [line for line in LINES if line != left_out])

    assert TYPED in found
