"""A mail server that notes what arrives, and workers as they run on several machines.

Each worker is a process of its own with a folder of its own; they share the database
only. Nobody waits for an hour: the times of the letters are moved back instead, which
is for the worker as if the clock had gone on.
"""

import asyncio
import base64
import email
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from aiosmtpd.controller import Controller

from tests import server

KEY = base64.urlsafe_b64encode(os.urandom(32)).decode()
MOST_SECONDS = 240
# Whoever reads a line of the worker's own sees which letters it has sent.
SENT = "was sent"

WAITING = """
SELECT count(*) FROM registrations_letter
WHERE state = 'sending' OR (state = 'queued' AND due_at <= now())
"""
# Of every letter: who reads it, and what staff see of it.
REPORT = """
import json
from registrations.models import Letter
print(json.dumps(list(Letter.objects.order_by("pk").values(
    "pk", "message_id", "side", "participant", "state", "error"))))
"""


class Arrivals:
    """What arrived, by its Message-ID; some recipients are answered otherwise."""

    def __init__(self, seconds: float):
        self.seconds = seconds
        self.keys: list[str] = []

    async def handle_RCPT(self, session_server, session, envelope, address, options):
        if address.startswith("refused"):
            return "550 no such user"
        if address.startswith("slow"):
            await asyncio.sleep(5)
        if address.startswith("silent"):
            await asyncio.sleep(MOST_SECONDS)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, session_server, session, envelope):
        if envelope.rcpt_tos[0].startswith("swallowed"):
            await asyncio.sleep(MOST_SECONDS)
        await asyncio.sleep(self.seconds)
        message = email.message_from_bytes(envelope.content)
        self.keys.append(message["Message-ID"].strip("<>"))
        return "250 OK"


@contextmanager
def receiving(port: int, seconds: float = 0.02):
    arrivals = Arrivals(seconds)
    controller = Controller(arrivals, "127.0.0.1", port)
    controller.start()
    try:
        yield arrivals
    finally:
        controller.stop(no_assert=True)


class Worker:
    """A running worker, on a machine of its own as far as it can see."""

    def __init__(self, environment, port: int, *faults: str):
        self.folder = tempfile.TemporaryDirectory(prefix="worker-")
        own = {
            **environment,
            "VAR_DIR": self.folder.name,
            "FIELD_KEYS": KEY,
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(port),
        }
        careless = ["-m", "tests.deep.careless_worker", *faults]
        program = careless if faults else ["manage.py", "send_letters"]
        self.log = Path(self.folder.name) / "worker.log"
        with self.log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, *program],
                env=own,
                cwd=server.ROOT,
                stdout=output,
                stderr=output,
            )

    @property
    def sent(self) -> int:
        return self.log.read_text().count(SENT)

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """It ends as at a restart: with the letter that it has in hand."""
        self.process.terminate()
        self.process.wait(timeout=60)

    def forget(self) -> None:
        if self.is_alive():
            self.kill()
        self.folder.cleanup()


@contextmanager
def working(environment, port: int, *faults: str):
    worker = Worker(environment, port, *faults)
    try:
        yield worker
    finally:
        worker.forget()


def rows(environment) -> list[dict]:
    """All letters in the order in which they were written."""
    return json.loads(server.manage(environment, "shell", "-v0", "-c", REPORT))


def asked(environment, statement: str, *values):
    connection = psycopg2.connect(environment["DATABASE_URL"])
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone() if cursor.description else None
    connection.close()
    return row and row[0]


def go_on(environment, minutes: int) -> None:
    """For letters that wait, and for leases, so many minutes have gone by."""
    moved = ", ".join(
        f"{name} = {name} - interval '{minutes} minutes'"
        for name in ("due_at", "written_at", "lease_until")
    )
    asked(
        environment,
        f"UPDATE registrations_letter SET {moved} "  # noqa: S608 our own words
        "WHERE state IN ('queued', 'sending')",
    )


def until_nothing_is_due(environment, *workers: Worker) -> None:
    """Every letter whose time has come was tried, or no worker is left to try it."""
    ends = time.monotonic() + MOST_SECONDS
    while asked(environment, WAITING) and time.monotonic() < ends:
        if not any(worker.is_alive() for worker in workers):
            return
        time.sleep(0.1)
