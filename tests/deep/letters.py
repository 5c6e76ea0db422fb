"""No mail server for an hour; then two workers on two machines deliver what waits.

Each of 100 readers gets three letters, written as the hour goes by. The pages answer
as always meanwhile, and whoever registers gets letters too. Then all arrive, each
once, and for each reader in the order in which they were written. Workers without the
mark that a letter is being sent must double some, and workers that do not look at the
order must turn some round.
"""

import json
import statistics
import threading
import time
from collections import Counter, defaultdict
from contextlib import ExitStack
from dataclasses import dataclass

from tests import server
from tests.bench import registration
from tests.deep import mailing

READERS = 100
STEP_MINUTES, CONTROL_STEP_MINUTES = 5, 20
WRITTEN_AT = {0: "submitted", 20: "request_granted", 40: "approved"}
HOUR = 60
MOST_MILLISECONDS = 500
ROUNDS = 8

PREPARE = """
import json
from django.utils import translation
from registrations import seeding
from tests.factories import DelegationFactory, EditionFactory, PartnershipFactory
seeding.load()
edition = EditionFactory()
for number in range({readers}):
    DelegationFactory(edition=edition,
                      german__contact_email=f"reader{{number}}@example.org")
partnership = PartnershipFactory(german__name="Hildesheim")
translation.activate("de")
print(json.dumps([edition.get_absolute_url(), partnership.pk]))
"""
WRITE = """
from registrations.models import Letter, Side
for side in Side.objects.filter(contact_email__startswith="reader").order_by("pk"):
    Letter.objects.write(side, "{kind}")
"""


class Timed(registration.Visitor):
    """Notes how long each answer takes, and what it is."""

    times: list[float] = []
    statuses: Counter = Counter()

    def send(self, method, path, body=None):
        began = time.perf_counter()
        answer = super().send(method, path, body)
        self.times.append(1000 * (time.perf_counter() - began))
        self.statuses[answer.status] += 1
        return answer


@dataclass
class Result:
    arrived: list[str]
    rows: list[dict]
    sent_by: list[int]
    statuses: Counter
    milliseconds: float

    @property
    def doubles(self) -> int:
        return len(self.arrived) - len({*self.arrived})

    @property
    def missing(self) -> int:
        return len({row["message_id"] for row in self.rows} - {*self.arrived})

    @property
    def inversions(self) -> int:
        """Letters that arrived after one that was written later to the same reader."""
        first = {key: place for place, key in reversed([*enumerate(self.arrived)])}
        readers = defaultdict(list)
        for row in self.rows:
            if row["message_id"] in first:
                reader = row["side"], row["participant"]
                readers[reader].append(first[row["message_id"]])
        return sum(
            place < max(places[:number])
            for places in readers.values()
            for number, place in enumerate(places)
            if number
        )

    @property
    def answers_normally(self) -> bool:
        return {*self.statuses} <= {200, 302} and self.milliseconds <= MOST_MILLISECONDS

    @property
    def is_right(self) -> bool:
        return (
            self.doubles == self.missing == self.inversions == 0
            and len(self.rows) > READERS * len(WRITTEN_AT)
            and all(row["state"] == "sent" for row in self.rows)
            and min(self.sent_by) > 0
            and self.answers_normally
        )

    def __str__(self):
        return (
            f"{len({*self.arrived})} of {len(self.rows)} letters arrived from "
            f"{' and '.join(map(str, self.sent_by))} of two workers, {self.doubles} "
            f"doubles, {self.inversions} out of order; meanwhile answers "
            f"{dict(self.statuses)}, p95 {self.milliseconds:.0f} ms of "
            f"{MOST_MILLISECONDS}"
        )


def run(url: str, *faults: str, step: int = STEP_MINUTES) -> Result:
    with ExitStack() as stack:
        environment = stack.enter_context(server.database("letters", url))
        server.manage(environment, "migrate", "-v0")
        prepare = PREPARE.format(readers=READERS)
        made = server.manage(environment, "shell", "-v0", "-c", prepare)
        Timed.times, Timed.statuses = [], Counter()
        mail_port = server.free_port()
        hour_without_mail(stack, environment, mail_port, step, *json.loads(made))
        arrivals = stack.enter_context(mailing.receiving(mail_port))
        workers = [
            stack.enter_context(mailing.working(environment, mail_port, *faults))
            for _number in range(2)
        ]
        for _round in range(ROUNDS):
            mailing.go_on(environment, HOUR)
            mailing.until_nothing_is_due(environment, *workers)
        for worker in workers:
            worker.stop()
        rows = mailing.rows(environment)
        sent_by = [worker.sent for worker in workers]
    p95 = statistics.quantiles(Timed.times, n=20)[-1]
    return Result(arrivals.keys, rows, sent_by, Timed.statuses, p95)


def hour_without_mail(
    stack, environment, mail_port, step, edition, partnership
) -> None:
    """Nobody listens where the worker would send to, for as long as that lasts."""
    port, _leader = stack.enter_context(server.gunicorn(environment))
    with mailing.working(environment, mail_port) as worker, ExitStack() as visits:
        visits.enter_context(visiting(port, edition, partnership))
        for minute in range(0, HOUR + 1, step):
            if kind := WRITTEN_AT.get(minute):
                write = WRITE.format(kind=kind)
                server.manage(environment, "shell", "-v0", "-c", write)
            mailing.until_nothing_is_due(environment, worker)
            mailing.go_on(environment, step)
        worker.stop()


def visiting(port: int, edition: str, partnership: int) -> ExitStack:
    """One registers, three read, until the block ends."""
    done = threading.Event()

    def read():
        visitor = Timed(port)
        while not done.wait(1):
            for path in ("/de/", edition, f"{edition}anmeldung/beginnen/"):
                visitor.get(path)
            visitor.hang_up()

    def register():
        way = registration.Way(partnership=str(partnership))
        registration.register(port, edition, way, Timed)

    visitors = [threading.Thread(target=work) for work in (register, read, read, read)]
    stack = ExitStack()
    for visitor in visitors:
        visitor.start()
        stack.callback(visitor.join)
    stack.callback(done.set)
    return stack


def report(url: str) -> bool:
    result = run(url)
    verdict = "right" if result.is_right else "WRONG"
    print(f"an hour without a mail server: {result} -> {verdict}", flush=True)
    unmarked = run(url, "unmarked", step=CONTROL_STEP_MINUTES)
    unordered = run(url, "unordered", step=CONTROL_STEP_MINUTES)
    for name, found, count in (
        ("the mark that it is being sent", unmarked, unmarked.doubles),
        ("a look at what was written before", unordered, unordered.inversions),
    ):
        verdict = "right" if count else "WRONG: the test proves nothing"
        print(f"... without {name}: {found} -> {verdict}", flush=True)
    return result.is_right and unmarked.doubles > 0 and unordered.inversions > 0
