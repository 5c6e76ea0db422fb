"""How large a worker is after a thousand requests of every kind, and whether it grows.

Readers in all languages, with words in the address that no page knows, registrants,
partners and staff ask without a pause; then a thousand more come. A site that keeps
what it has answered must grow by more than the second thousand may cost.

What grows in it: the pages that are kept, compressed, by about 1 MB of the 8 that they
may take, and what else each worker makes once; the worker that was asked less in the
first thousand fills it in the second. The rest is the garbage in circles that lies
about between two looks at it, and gaps. What is loaded once is loaded before the
workers start. One that grows on shows in `steady`.
"""

from dataclasses import dataclass

from tests import server
from tests.deep import crowd, processes

REQUESTS = 1000
MOST_MEGABYTES = 120
MOST_GROWTH = 8


@dataclass
class Result:
    kinds: int
    errors: list[str]
    before: list[processes.Size]
    after: list[processes.Size]
    later: list[processes.Size]

    @property
    def rss(self) -> float:
        return max(size.rss for size in self.after)

    @property
    def growth(self) -> float:
        pairs = zip(self.after, self.later, strict=True)
        return max(later.rss - after.rss for after, later in pairs)

    @property
    def is_right(self) -> bool:
        return (
            not self.errors
            and self.rss <= MOST_MEGABYTES
            and self.growth <= MOST_GROWTH
        )

    def __str__(self):
        pss = max(size.pss for size in self.after)
        return (
            f"a worker takes {max(size.rss for size in self.before):.0f} MB at first "
            f"and {self.rss:.0f} MB of {MOST_MEGABYTES} after {REQUESTS} requests to "
            f"{self.kinds} kinds of pages (RSS; its part of what is shared makes it "
            f"{pss:.0f}), {self.growth:+.1f} MB after as many more, "
            f"{len(self.errors)} errors"
        )


def run(url: str, application: str) -> Result:
    with server.database("memory", url) as environment:
        for command in ("migrate", "seed", "demo"):
            server.manage(environment, command, "-v0")
        with server.gunicorn(environment, application) as (port, leader):
            world = crowd.world(environment, port, ways=400, partners=60, thinks=(0, 0))
            before = processes.sizes(leader)
            people = crowd.arrive(world, crowd.HASTY)
            try:
                crowd.until_asked(world, REQUESTS)
                after = processes.sizes(leader)
                crowd.until_asked(world, 2 * REQUESTS)
                later = processes.sizes(leader)
            finally:
                world.done.set()
                for one in people:
                    one.join()
    assert before.keys() == after.keys() == later.keys(), "a worker ended"
    kinds = {note.kind for note in world.notes[:REQUESTS]}
    sizes = [list(found.values()) for found in (before, after, later)]
    return Result(len(kinds), crowd.errors(world), *sizes)


def report(url: str) -> bool:
    result = run(url, "config.wsgi")
    print(f"{result} -> {'right' if result.is_right else 'WRONG'}", flush=True)
    for error in sorted({*result.errors})[:5]:
        print(f"  {error}", flush=True)
    control = run(url, "tests.deep.leaking_wsgi")
    fails = control.growth > MOST_GROWTH
    verdict = "right" if fails else "WRONG: the test proves nothing"
    print(f"... of a site that keeps all: {control} -> {verdict}", flush=True)
    return result.is_right and fails
