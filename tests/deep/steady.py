"""Ten minutes of fifty people on the site, who think as people do.

Thirty read, ten register, six answer as partners and four are staff. Before each page
everybody thinks for 3 to 9 seconds, which is short for people who fill in a form.
Before, a few ask so much in haste that the workers have loaded what they need, and
filled the memory that they keep pages in. From then on nothing may grow: neither their
memory, nor their open files, nor the queries that a kind of page takes. A site that
lets go of nothing must show all of it, and one that answers one by one must be slow.
"""

import statistics
import threading
import time
from dataclasses import dataclass, field, replace

from tests import server
from tests.deep import crowd, processes

SECONDS, WARM_UP_REQUESTS = 600, 3000
CONTROL_SECONDS, CONTROL_WARM_UP_REQUESTS = 90, 500
ARRIVE_SECONDS = 15
THINKS = (3.0, 9.0)
PEOPLE = {"readers": 30, "registrants": 10, "partners": 6, "staff": 4}
MOST_MILLISECONDS = 500
MOST_MEGABYTES_A_MINUTE = 1
# Connections of visitors come and go, so that two means differ by chance.
MOST_MORE_FILES = 3
SAMPLE_SECONDS = 2


@dataclass
class Watch(threading.Thread):
    """Looks at the workers every other second."""

    leader: int
    samples: list[tuple[float, dict]] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self):
        super().__init__(daemon=True)

    def __hash__(self):
        return id(self)

    def run(self):
        while not self.done.wait(SAMPLE_SECONDS):
            self.samples.append((time.monotonic(), processes.sizes(self.leader)))


@dataclass
class Result:
    notes: list[crowd.Note]
    samples: list[tuple[float, dict]]
    errors: list[str]
    began: float

    @property
    def thirds(self) -> tuple[float, float]:
        """The ends of the first third, and of the second."""
        ended = self.samples[-1][0]
        third = (ended - self.began) / 3
        return self.began + third, ended - third

    @property
    def milliseconds(self) -> float:
        return statistics.quantiles([n.milliseconds for n in self.notes], n=20)[-1]

    @property
    def megabytes_a_minute(self) -> float:
        """Of the worker that grows faster."""
        return max(
            processes.slope([(at / 60, sizes[pid].rss) for at, sizes in self.samples])
            for pid in self.samples[0][1]
        )

    @property
    def more_files(self) -> float:
        early, late = self.thirds
        return max(
            statistics.mean(sizes[pid].files for at, sizes in self.samples if at > late)
            - statistics.mean(s[pid].files for at, s in self.samples if at < early)
            for pid in self.samples[0][1]
        )

    @property
    def more_queries(self) -> list[str]:
        early, late = self.thirds
        return crowd.more_queries(
            [note for note in self.notes if note.at < early],
            [note for note in self.notes if note.at > late],
        )

    @property
    def grows(self) -> bool:
        """In each of the three ways."""
        return (
            self.megabytes_a_minute > MOST_MEGABYTES_A_MINUTE
            and self.more_files > MOST_MORE_FILES
            and len(self.more_queries) > 0
        )

    @property
    def is_right(self) -> bool:
        return (
            not self.errors
            and self.milliseconds <= MOST_MILLISECONDS
            and self.megabytes_a_minute <= MOST_MEGABYTES_A_MINUTE
            and self.more_files <= MOST_MORE_FILES
            and not self.more_queries
        )

    def __str__(self):
        largest = max(size.rss for size in self.samples[-1][1].values())
        minutes = (self.samples[-1][0] - self.began) / 60
        return (
            f"{sum(PEOPLE.values())} people for {minutes:.1f} min after the warm-up: "
            f"{len(self.notes)} requests, p95 {self.milliseconds:.0f} ms of "
            f"{MOST_MILLISECONDS}, {len(self.errors)} errors, memory "
            f"{self.megabytes_a_minute:+.2f} MB a minute (RSS at last {largest:.0f}), "
            f"{self.more_files:+.1f} open files, {len(self.more_queries)} kinds of "
            "pages with more queries than before"
        )


def run(url: str, application: str, seconds: int, warm_up: int) -> Result:
    with server.database("steady", url) as environment:
        for command in ("migrate", "seed", "demo"):
            server.manage(environment, command, "-v0")
        with server.gunicorn(environment, application) as (port, leader):
            made = crowd.world(environment, port, ways=400, partners=150, thinks=THINKS)
            crowd.hurry(made, warm_up)
            world = replace(made, done=threading.Event())
            watch = Watch(leader)
            people = crowd.arrive(world, PEOPLE)
            try:
                time.sleep(ARRIVE_SECONDS)
                began = time.monotonic()
                watch.start()
                time.sleep(seconds)
            finally:
                world.done.set()
                watch.done.set()
                for one in (*people, watch):
                    if one.is_alive():
                        one.join()
    notes = [note for note in world.notes if note.at >= began]
    return Result(notes, watch.samples, crowd.errors(world), began)


def report(url: str) -> bool:
    result = run(url, "tests.deep.counted_wsgi", SECONDS, WARM_UP_REQUESTS)
    print(f"{result} -> {'right' if result.is_right else 'WRONG'}", flush=True)
    for line in (*sorted({*result.errors})[:5], *result.more_queries[:5]):
        print(f"  {line}", flush=True)
    times = CONTROL_SECONDS, CONTROL_WARM_UP_REQUESTS
    leaking = run(url, "tests.deep.leaking_wsgi", *times)
    slow = run(url, "tests.deep.lockstep_wsgi", *times)
    is_slow = slow.milliseconds > MOST_MILLISECONDS
    for name, control, fails in (
        ("of a site that lets go of nothing", leaking, leaking.grows),
        ("of a site that answers one by one", slow, is_slow),
    ):
        verdict = "right" if fails else "WRONG: the test proves nothing"
        print(f"... {name}: {control} -> {verdict}", flush=True)
    return result.is_right and leaking.grows and is_slow
