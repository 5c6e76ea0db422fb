"""The whole database as one file, and a database made ready from such a file.

What is restored is first made ready beside the database that is in use, and takes its
place when all is well: nobody ever sees half of it.
"""

import os
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connections


class Unable(Exception):
    """What keeps a backup or its restoration from being made, to an operator."""


def of_the_site() -> "Sqlite | Postgresql":
    connection = connections["default"]
    connection.close()  # whoever is still connected is somebody else
    if connection.vendor == "sqlite":
        return Sqlite(Path(connection.settings_dict["NAME"]))
    return Postgresql(connection)


class Sqlite:
    vendor = "sqlite"

    def __init__(self, file: Path):
        self.file = file
        self.beside = file.with_name(f".{file.name}.restored")

    def size(self) -> int:
        return sum(one.stat().st_size for one in self._files(self.file))

    def dump(self, to: Path) -> None:
        """As it is at one moment; whoever writes meanwhile is not kept from it."""
        if not self.file.exists():
            raise Unable(f"There is no database {self.file}.")
        with (
            closing(sqlite3.connect(self.file, timeout=60)) as source,
            closing(sqlite3.connect(to)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            # The conditions of columns call Django's own functions.
            copy.execute("PRAGMA ignore_check_constraints=ON")
            [[found]] = copy.execute("PRAGMA quick_check(1)").fetchall()
        if found != "ok":
            raise Unable(f"The database {self.file} is damaged: {found}")

    def is_empty(self) -> bool:
        if not self.file.exists():
            return True
        with closing(sqlite3.connect(self.file)) as opened:
            return not opened.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()

    def must_be_at_rest(self) -> None:
        """In WAL mode the journal can only be given up by who is alone."""
        if not self.file.exists():
            return
        try:
            self._give_up_journal(self.file)
        except sqlite3.OperationalError as error:
            raise Unable(
                "Somebody uses the database: stop the site and its worker first."
            ) from error

    def make_ready(self, dump: Path) -> str:
        """The address of a database beside ours that holds what was dumped."""
        self.discard()
        self.file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(dump, self.beside)
        self.beside.chmod(0o600)
        return f"sqlite:///{self.beside}"

    def take_over(self) -> None:
        self._give_up_journal(self.beside)
        self.must_be_at_rest()
        os.replace(self.beside, self.file)

    def discard(self) -> None:
        for one in self._files(self.beside):
            one.unlink()

    @staticmethod
    def _files(file: Path) -> list[Path]:
        names = [file, *(Path(f"{file}-{kind}") for kind in ("wal", "shm", "journal"))]
        return [one for one in names if one.exists()]

    @staticmethod
    def _give_up_journal(file: Path) -> None:
        with closing(sqlite3.connect(file, timeout=2)) as opened:
            opened.execute("PRAGMA journal_mode=DELETE")


REACHED_BY = (
    *("host", "hostaddr", "port", "user", "password", "passfile", "service"),
    *("sslmode", "sslrootcert", "sslcert", "sslkey"),
)
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
OTHERS = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
AND backend_type = 'client backend' AND pid <> pg_backend_pid()"""
# How names are sorted is fixed when a database is made: as in ours.
LOCALE = """SELECT 'TEMPLATE template0 ENCODING ' ||
quote_literal(pg_encoding_to_char(encoding)) || ' LC_COLLATE ' ||
quote_literal(datcollate) || ' LC_CTYPE ' || quote_literal(datctype)
FROM pg_database WHERE datname = current_database() AND datlocprovider = 'c'"""


class Postgresql:
    vendor = "postgresql"

    def __init__(self, connection):
        self.connection = connection
        self.name = connection.settings_dict["NAME"]
        self.beside, self.before = f"{self.name}_restored", f"{self.name}_before"

    def size(self) -> int:
        return self._ask(self.name, "SELECT pg_database_size(current_database())")

    def dump(self, to: Path) -> None:
        self._run(
            "pg_dump", self.name, "--format=custom", "--compress=0", f"--file={to}"
        )

    def is_empty(self) -> bool:
        return self._ask(self.name, TABLES) == 0

    def must_be_at_rest(self) -> None:
        for _try in range(20):  # a connection that was closed is seen a moment longer
            if not (others := self._ask(self.name, OTHERS)):
                break
            time.sleep(0.1)
        else:
            raise Unable(
                f"{others} others use the database: stop the site and its worker first."
            )
        may = "rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
        if not self._ask(self.name, f"SELECT {may}"):
            raise Unable(
                "What is restored is made ready in a database beside yours. Let the "
                "role make it, and take that back afterwards: ALTER ROLE … CREATEDB"
            )

    def make_ready(self, dump: Path) -> str:
        """The address of a database beside ours that holds what was dumped."""
        self.discard()
        like_ours = self._ask(self.name, LOCALE) or ""
        with self._asking("postgres") as cursor:
            cursor.execute(f'CREATE DATABASE "{self.beside}" {like_ours}')
        self._run(
            *("pg_restore", self.beside, "--exit-on-error", "--no-owner"),
            *("--no-privileges", str(dump)),
        )
        url = urlsplit(os.environ["DATABASE_URL"])
        return url._replace(path=f"/{self.beside}").geturl()

    def take_over(self) -> None:
        self.must_be_at_rest()
        with self._asking("postgres") as cursor:
            cursor.execute(f'ALTER DATABASE "{self.name}" RENAME TO "{self.before}"')
            try:
                cursor.execute(
                    f'ALTER DATABASE "{self.beside}" RENAME TO "{self.name}"'
                )
            except BaseException:
                cursor.execute(
                    f'ALTER DATABASE "{self.before}" RENAME TO "{self.name}"'
                )
                raise

    def discard(self) -> None:
        """What is beside ours; the one before only where ours is there, too."""
        with self._asking("postgres") as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{self.beside}"')
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name])
            if cursor.fetchone():
                cursor.execute(f'DROP DATABASE IF EXISTS "{self.before}"')

    def _ask(self, database: str, question: str):
        with self._asking(database) as cursor:
            cursor.execute(question)
            row = cursor.fetchone()
        return row[0] if row else None

    @contextmanager
    def _asking(self, database: str):
        """Ask through a connection of its own, outside of any transaction.

        Databases are made, renamed and dropped from outside of them.
        """
        self.connection.close()
        parameters = {**self.connection.get_connection_params(), "dbname": database}
        try:
            with closing(self.connection.Database.connect(**parameters)) as connected:
                connected.autocommit = True
                with connected.cursor() as cursor:
                    yield cursor
        except self.connection.Database.Error as error:
            raise Unable(f"PostgreSQL: {error}".strip()) from error

    def _run(self, program: str, database: str, *arguments: str) -> None:
        if shutil.which(program) is None:
            raise Unable(f"{program} was not found: apt-get install postgresql-client")
        done = subprocess.run(  # noqa: S603 our own words, found on PATH
            [program, f"--dbname={database}", *arguments],
            env={**os.environ, **self._for_programs()},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Unable(f"{program}: {done.stderr.strip()}")

    def _for_programs(self) -> dict[str, str]:
        """How to reach the server, in variables: others may read a command line."""
        parameters = self.connection.get_connection_params()
        return {
            f"PG{name.upper()}": str(parameters[name])
            for name in REACHED_BY
            if parameters.get(name)
        }
