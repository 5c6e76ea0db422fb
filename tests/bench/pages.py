"""What a page costs a worker, as a ratio to the yardstick of the same run."""

import statistics
from dataclasses import dataclass

from tests import server

ROUNDS = 5
REQUESTS = 60
YARDSTICK = "/bench/one-query/"
# What is promised in milliseconds holds where the yardstick takes so many.
PROMISED_AT = 0.91
MADE = 10 / PROMISED_AT
CACHED = 1 / 0.8  # at least 0.8 as fast as the yardstick

ADDRESSES = {
    "home": "/de/",
    "series": "/de/konferenzen/afrika/",
    "edition": "/de/konferenzen/afrika/2025/",
    "open edition": "{demonstration}",
    "partnerships": "/de/partnerschaften/",
    "programme": "{demonstration}programm/",
    "search": "/de/suche/?q=Ghana",
    "first form page": "{demonstration}anmeldung/beginnen/",
}
NEVER_CACHED = "first form page"


@dataclass(frozen=True)
class Way:
    """One way to answer all pages, and what they may cost; a control must miss it."""

    name: str
    application: str
    bar: float
    is_control: bool = False
    is_known: bool = False  # to the browser, which asks whether it has changed

    def pages(self) -> list[str]:
        is_cached = self.bar == CACHED
        return [name for name in ADDRESSES if not is_cached or name != NEVER_CACHED]


WAYS = [
    Way("made each time", "tests.bench.uncached_wsgi", MADE),
    Way(
        "made, templates read anew", "tests.bench.careless_wsgi", MADE, is_control=True
    ),
    Way("from memory", "tests.bench.wsgi", CACHED),
    Way("from memory, not changed", "tests.bench.wsgi", CACHED, is_known=True),
    Way("made, held against memory", "tests.bench.uncached_wsgi", CACHED, True),
]


def milliseconds(visitor, leader: int, path: str, status: int = 200) -> float:
    before = server.cpu_seconds(leader)
    for _request in range(REQUESTS):
        answer = visitor.get(path)
        if answer.status != status:
            raise RuntimeError(f"{path} answered {answer.status}")
    return 1000 * (server.cpu_seconds(leader) - before) / REQUESTS


def report(port: int, leader: int, demonstration: str, way: Way) -> bool:
    """Measure every page in rounds, print them, and say whether all keep to the bar."""
    paths = {
        page: ADDRESSES[page].format(demonstration=demonstration)
        for page in way.pages()
    }
    visitor = server.Client(port)
    milliseconds(visitor, leader, YARDSTICK)
    headers = {page: asked_with(visitor.get(path), way) for page, path in paths.items()}
    status = 304 if way.is_known else 200
    found: dict[str, list[float]] = {page: [] for page in ("one query", *paths)}
    for _round in range(ROUNDS):
        for page, path in paths.items():
            visitor.headers = headers[page]
            found["one query"].append(milliseconds(visitor, leader, YARDSTICK))
            found[page].append(milliseconds(visitor, leader, path, status))
    return printed(way, {page: statistics.median(row) for page, row in found.items()})


def asked_with(answer: server.Answer, way: Way) -> dict[str, str]:
    return {"If-None-Match": answer.headers["ETag"]} if way.is_known else {}


def printed(way: Way, medians: dict[str, float]) -> bool:
    one_query = medians.pop("one query")
    print(f"\n{way.name:<26}{'CPU ms':>8}{'x one query':>13}{'at most':>9}")
    print(f"{'  one query':<26}{one_query:>8.2f}{1:>13.1f}")
    keeps = []
    for page, median in medians.items():
        ratio = median / one_query
        keeps.append(ratio <= way.bar)
        word = "" if keeps[-1] else "  more"
        print(f"  {page:<24}{median:>8.2f}{ratio:>13.1f}{way.bar:>9.1f}{word}")
    if way.is_control:
        return verdict("the control misses the bar", not all(keeps))
    return verdict("every page keeps to the bar", all(keeps))


def verdict(claim: str, is_true: bool) -> bool:
    print(f"{claim} -> {'right' if is_true else 'WRONG'}", flush=True)
    return is_true
