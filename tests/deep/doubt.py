"""Workers are killed while they send 150 letters: nothing is lost, doubt is shown.

Some die between the "250" of the mail server and their own note of it, the others at
random. Once their leases have ended, the next worker sends what is left. What may have
gone out is in doubt, in the list that staff read, and is not sent again by itself.
Workers that mark nothing before they send must double some.
"""

import random
import re
import time
from contextlib import ExitStack
from dataclasses import dataclass

from tests import server
from tests.deep import mailing, staff
from tests.deep.mailing import MOST_SECONDS, Arrivals, Worker

LETTERS = 150
DYING, KILLED = 4, 10
LEASE_ENDED_MINUTES = 6
IN_DOUBT = "/admin/registrations/letter/?state__exact=in_doubt"
ROW = re.compile(r"/admin/registrations/letter/(\d+)/change/")

PREPARE = """
from registrations import seeding
from registrations.models import Letter
from tests.factories import DelegationFactory, EditionFactory
seeding.load()
edition = EditionFactory()
for number in range({letters}):
    Letter.objects.write(DelegationFactory(edition=edition).german_side, "new_link")
"""


@dataclass
class Result:
    arrived: list[str]
    rows: list[dict]
    shown: set[int]

    @property
    def in_doubt(self) -> list[dict]:
        return [row for row in self.rows if row["state"] == "in_doubt"]

    @property
    def lost(self) -> int:
        """What did not arrive although nobody is told that it may not have."""
        told = {row["message_id"] for row in self.in_doubt}
        keys = {row["message_id"] for row in self.rows}
        return len(keys - told - {*self.arrived})

    @property
    def doubles(self) -> int:
        return len(self.arrived) - len({*self.arrived})

    @property
    def doubted_and_arrived(self) -> int:
        return sum(row["message_id"] in self.arrived for row in self.in_doubt)

    @property
    def is_right(self) -> bool:
        return (
            self.lost == self.doubles == 0
            and {row["state"] for row in self.rows} == {"sent", "in_doubt"}
            and DYING <= len(self.in_doubt) <= DYING + KILLED
            and self.doubted_and_arrived >= DYING
            and self.shown == {row["pk"] for row in self.in_doubt}
        )

    def __str__(self):
        return (
            f'{DYING} workers killed after "250", {KILLED} at random: of '
            f"{len(self.rows)} letters {self.lost} lost, {self.doubles} doubles, "
            f"{len(self.in_doubt)} in doubt ({self.doubted_and_arrived} arrived), "
            f"{len(self.shown)} shown to staff as such"
        )


def run(url: str, *faults: str) -> Result:
    with ExitStack() as stack:
        environment = stack.enter_context(server.database("doubt", url))
        server.manage(environment, "migrate", "-v0")
        prepare = PREPARE.format(letters=LETTERS)
        server.manage(environment, "shell", "-v0", "-c", prepare)
        port = server.free_port()
        arrivals = stack.enter_context(mailing.receiving(port))
        for _worker in range(DYING):
            with mailing.working(environment, port, *faults, "dying") as worker:
                worker.process.wait(timeout=MOST_SECONDS)
        draw = random.Random(1)  # noqa: S311 when, not a secret
        for _worker in range(KILLED):
            with mailing.working(environment, port, *faults) as worker:
                kill_while_it_sends(worker, arrivals, draw.uniform(0, 0.3))
        mailing.go_on(environment, LEASE_ENDED_MINUTES)
        with mailing.working(environment, port, *faults) as worker:
            mailing.until_nothing_is_due(environment, worker)
            worker.stop()
        rows, shown = mailing.rows(environment), shown_in_doubt(environment)
    return Result(arrivals.keys, rows, shown)


def kill_while_it_sends(worker: Worker, arrivals: Arrivals, seconds: float) -> None:
    before, ends = len(arrivals.keys), time.monotonic() + MOST_SECONDS
    while len(arrivals.keys) == before and time.monotonic() < ends:
        time.sleep(0.005)
    time.sleep(seconds)
    worker.kill()


def shown_in_doubt(environment) -> set[int]:
    """The letters in the list of staff, filtered by this state."""
    with server.gunicorn(environment) as (port, _leader):
        page = staff.signed_in(environment, port).get(IN_DOUBT)
    assert page.status == 200, page.status
    return {int(number) for number in ROW.findall(page.text)}


def report(url: str) -> bool:
    result = run(url)
    print(f"{result} -> {'right' if result.is_right else 'WRONG'}", flush=True)
    control = run(url, "unmarked")
    fails = control.doubles + control.lost > 0
    verdict = "right" if fails else "WRONG: the test proves nothing"
    print(f"... by workers that mark nothing: {control} -> {verdict}", flush=True)
    return result.is_right and fails
