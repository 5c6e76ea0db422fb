"""Workers of gunicorn are killed at random while 500 delegations register.

Who gets no answer sends the same request again, as a visitor does who presses the
button once more. Each registration is the whole way, from the first form on.
"""

import http.client
import json
import os
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests import server
from tests.bench import registration

SUBMISSIONS = 500
AT_ONCE = 8
PAUSE_SECONDS = 1.5
TRIES = 60

PREPARE = """
import json
from django.utils import translation
from tests.factories import EditionFactory, PartnershipFactory
edition = EditionFactory()
ways = []
for number in range({submissions}):
    partnership = PartnershipFactory(german__name=f"Ort{{number:04d}}")
    ways.append([partnership.german.name, partnership.pk])
translation.activate("de")
print(json.dumps([edition.get_absolute_url(), ways]))
"""

REPORT = """
import json
from registrations.models import Delegation, HistoryEntry, Letter, Participant
rows = Delegation.objects.filter(state="submitted")
print(json.dumps({
    "submitted": rows.count(),
    "others": Delegation.objects.exclude(state="submitted").count(),
    "references": rows.values("reference").distinct().count(),
    "partnerships": rows.values("partnership").distinct().count(),
    "lines": HistoryEntry.objects.filter(verb="submit").count(),
    "letters": Letter.objects.filter(kind="submitted").count(),
    "people": Participant.objects.count(),
}))
"""


class Stubborn(registration.Visitor):
    """Sends a request again until it is answered."""

    repeated = 0

    def send(self, method, path, body=None):
        for _try in range(TRIES):
            try:
                return super().send(method, path, body)
            except (http.client.HTTPException, OSError):
                Stubborn.repeated += 1
                self.hang_up()
                time.sleep(0.1)
        raise RuntimeError(f"{path} was never answered")


class Killer(threading.Thread):
    """Ends one worker after the other, without a warning."""

    def __init__(self, leader: int):
        super().__init__(daemon=True)
        self.leader, self.killed = leader, 0
        self.done = threading.Event()

    def run(self):
        draw = random.Random(1)  # noqa: S311 which worker, not a secret
        while not self.done.wait(PAUSE_SECONDS * draw.uniform(0.5, 1.5)):
            if workers := children(self.leader):
                os.kill(draw.choice(workers), signal.SIGKILL)
                self.killed += 1


def children(leader: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == leader and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


@dataclass
class Result:
    submitted: int
    others: int
    references: int
    partnerships: int
    lines: int
    letters: int
    people: int
    killed: int
    repeated: int

    @property
    def is_right(self) -> bool:
        each = (self.submitted, self.references, self.partnerships, self.lines)
        return (
            set(each) == {SUBMISSIONS}
            and self.letters == SUBMISSIONS
            and self.people == 2 * SUBMISSIONS
            and self.others == 0
            and self.killed > 0
            and self.repeated > 0
        )

    def __str__(self):
        doubles = self.others + self.submitted - self.partnerships
        return (
            f"{self.killed} workers killed, {self.repeated} requests repeated: "
            f"{self.submitted} delegations, {self.references} references, {doubles} "
            f"doubles, {self.letters} letters, {self.people} people"
        )


def run(postgresql_url: str) -> Result:
    Stubborn.repeated = 0
    with server.database("killing", postgresql_url) as environment:
        server.manage(environment, "migrate", "-v0")
        prepare = PREPARE.format(submissions=SUBMISSIONS)
        made = server.manage(environment, "shell", "-v0", "-c", prepare)
        address, ways = json.loads(made)
        with server.gunicorn(environment) as (port, leader):
            killer = Killer(leader)
            killer.start()
            with ThreadPoolExecutor(AT_ONCE) as pool:
                list(pool.map(lambda way: register(port, address, *way), ways))
            killer.done.set()
            killer.join()
        found = json.loads(server.manage(environment, "shell", "-v0", "-c", REPORT))
    return Result(**found, killed=killer.killed, repeated=Stubborn.repeated)


def register(port: int, address: str, town: str, partnership: int) -> None:
    way = registration.Way(municipality=town, partnership=str(partnership))
    registration.register(port, address, way, Stubborn)


def report(url: str) -> bool:
    result = run(url)
    verdict = "right" if result.is_right else "WRONG"
    print(f"PostgreSQL: {result} -> {verdict}", flush=True)
    return result.is_right
