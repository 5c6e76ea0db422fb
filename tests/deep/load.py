"""Twenty visitors register at once, one delegation after the other, on two workers.

Each registration is the whole way, from the first page to the status page, and there
are places for all, which are counted under the lock. The figure is of a machine that
does nothing else. The CPU of the workers, and of the visitors, who share the machine
with them, says what it is on one that does; that of PostgreSQL comes on top. A site
that keeps the lock for half a second must miss it.
"""

import json
import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests import server
from tests.bench import registration

AT_ONCE = 20
REGISTRATIONS = 240
WARM_UP = 20
CONTROL_REGISTRATIONS = 40
LEAST_PER_SECOND = 6

PREPARE = """
import json
from django.utils import translation
from tests.factories import EditionFactory, PartnershipFactory
edition = EditionFactory(capacity_people=100_000)
ways = []
for number in range({registrations}):
    partnership = PartnershipFactory(german__name=f"Ort{{number:04d}}")
    ways.append([partnership.german.name, partnership.pk])
translation.activate("de")
print(json.dumps([edition.get_absolute_url(), ways]))
"""
COUNT = """
from registrations.models import Delegation
print(Delegation.objects.filter(state="submitted").count())
"""


@dataclass
class Seen:
    """What the visitors saw: how each request was answered, and after how long."""

    milliseconds: list[float]
    statuses: Counter


def timed(seen: Seen) -> type[registration.Visitor]:
    """Visitors that note it."""

    class Timed(registration.Visitor):
        def send(self, method, path, body=None):
            began = time.perf_counter()
            answer = super().send(method, path, body)
            seen.milliseconds.append(1000 * (time.perf_counter() - began))
            seen.statuses[answer.status] += 1
            return answer

    return Timed


@dataclass
class Result:
    wanted: int
    submitted: int
    seconds: float
    cpu_seconds: float
    visitors_cpu_seconds: float
    seen: Seen

    @property
    def per_second(self) -> float:
        return self.wanted / self.seconds

    @property
    def errors(self) -> int:
        lost = WARM_UP + self.wanted - self.submitted
        return lost + sum(self.seen.statuses[s] for s in self.seen.statuses if s >= 400)

    @property
    def is_right(self) -> bool:
        return self.errors == 0 and self.per_second >= LEAST_PER_SECOND

    def __str__(self):
        p95 = statistics.quantiles(self.seen.milliseconds, n=20)[-1]
        return (
            f"{AT_ONCE} at once on 2 workers: {self.per_second:.1f} registrations "
            f"a second of {LEAST_PER_SECOND} wanted, p95 of a request {p95:.0f} ms, "
            f"{self.errors} errors, "
            f"{1000 * self.cpu_seconds / self.wanted:.0f} ms of CPU for each in "
            f"{len(self.seen.milliseconds) / self.wanted:.0f} requests, and "
            f"{1000 * self.visitors_cpu_seconds / self.wanted:.0f} ms of the visitors"
        )


def run(url: str, application: str = "config.wsgi", wanted=REGISTRATIONS) -> Result:
    with server.database("load", url) as environment:
        server.manage(environment, "migrate", "-v0")
        prepare = PREPARE.format(registrations=WARM_UP + wanted)
        made = server.manage(environment, "shell", "-v0", "-c", prepare)
        edition, ways = json.loads(made)
        with server.gunicorn(environment, application) as (port, leader):
            register_all(port, edition, ways[:WARM_UP], Seen([], Counter()))
            seen, cpu = Seen([], Counter()), server.cpu_seconds(leader)
            began, own = time.monotonic(), time.process_time()
            register_all(port, edition, ways[WARM_UP:], seen)
            seconds, own = time.monotonic() - began, time.process_time() - own
            cpu = server.cpu_seconds(leader) - cpu
        submitted = int(server.manage(environment, "shell", "-v0", "-c", COUNT))
    return Result(wanted, submitted, seconds, cpu, own, seen)


def register_all(port: int, edition: str, ways: list, seen: Seen) -> None:
    visitors = timed(seen)

    def register(way):
        chosen = registration.Way(municipality=way[0], partnership=str(way[1]))
        registration.register(port, edition, chosen, visitors)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(register, ways))


def report(url: str) -> bool:
    result = run(url)
    print(f"{result} -> {'right' if result.is_right else 'WRONG'}", flush=True)
    control = run(url, "tests.deep.dawdling_wsgi", CONTROL_REGISTRATIONS)
    fails = control.per_second < LEAST_PER_SECOND
    verdict = "right" if fails else "WRONG: the test proves nothing"
    print(f"... with a lock kept for 0.5 s: {control} -> {verdict}", flush=True)
    return result.is_right and fails
