"""`make bench`: worker CPU of pages and of a registration, as ratios in one run.

PostgreSQL, gunicorn with one worker, one visitor. Processor time of the worker is
read from the kernel, so other load on the machine hardly moves it; each figure is
the median of several rounds, and the yardstick runs between the pages.
"""

import os
import statistics
import sys

from tests import postgres, server
from tests.bench.registration import Way, register

ROUNDS = 5
REQUESTS = 60
REGISTRATIONS = 10
YARDSTICK = "/bench/one-query/"
PAGES = {
    "home": "/de/",
    "series": "/de/konferenzen/afrika/",
    "edition": "/de/konferenzen/afrika/2025/",
    "open edition": "{demonstration}",
    "partnerships": "/de/partnerschaften/",
    "first form page": "{demonstration}anmeldung/beginnen/",
    "programme": "{demonstration}programm/",
    "search": "/de/suche/?q=Ghana",
}
APPLICATIONS = {
    "made each time": "tests.bench.uncached_wsgi",
    "from memory": "tests.bench.wsgi",
}
# The demonstration's programme, sixty sessions long.
LENGTHEN = """
from conferences import release
from conferences.models import Edition
edition = Edition.objects.get(is_demonstration=True)
known = list(edition.sessions.order_by("pk").prefetch_related("contributions"))
for number in range(60 - len(known)):
    session = known[number % len(known)]
    copy = type(session).objects.get(pk=session.pk)
    copy.pk, copy.slug = None, f"n-{number}"
    copy.released = copy.released_at = None
    copy.save()
    for one in session.contributions.all():
        copy.contributions.create(speaker=one.speaker, role=one.role)
found = release.changes(release.prepared(edition))
release.release(edition, has_seen=release.seen(found))
"""
FIND = """
from conferences.models import Edition
from django.utils import translation
translation.activate("de")
print(Edition.objects.get(is_demonstration=True).get_absolute_url())
"""
FIND_PARTNERSHIPS = """
from conferences.models import Edition
from partnerships.models import Partnership
region = Edition.objects.get(is_demonstration=True).series.region
free = Partnership.objects.filter(partner__country__region=region, delegations=None)
for one in free.order_by("german__name", "pk").distinct("german__name"):
    print(one.german.name, one.pk, sep="\\t")
"""


def milliseconds(visitor, leader: int, path: str) -> float:
    before = server.cpu_seconds(leader)
    for _request in range(REQUESTS):
        answer = visitor.get(path)
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
    return 1000 * (server.cpu_seconds(leader) - before) / REQUESTS


def measure(port: int, leader: int, paths: dict[str, str], how: str) -> None:
    visitor = server.Client(port)
    for path in (YARDSTICK, *paths.values()):
        milliseconds(visitor, leader, path)
    found: dict[str, list[float]] = {name: [] for name in ("one query", *paths)}
    for _round in range(ROUNDS):
        for name, path in paths.items():
            found["one query"].append(milliseconds(visitor, leader, YARDSTICK))
            found[name].append(milliseconds(visitor, leader, path))
    one_query = statistics.median(found["one query"])
    print(f"\n{'page':<18}{'CPU ms':>8}{'x one query':>13}   ({how}, one worker)")
    for name, values in found.items():
        median = statistics.median(values)
        print(f"{name:<18}{median:>8.2f}{median / one_query:>13.1f}")


def measure_registrations(port: int, leader: int, demonstration: str, ways) -> None:
    """The first of each way warms up; the yardstick runs after every one."""
    visitor = server.Client(port)
    for name, tried in ways.items():
        costs, one_query, requests = [], [], 0
        for way in tried:
            before = server.cpu_seconds(leader)
            requests = register(port, demonstration, way)
            costs.append(1000 * (server.cpu_seconds(leader) - before))
            one_query.append(milliseconds(visitor, leader, YARDSTICK))
        median = statistics.median(costs[1:])
        ratio = median / statistics.median(one_query[1:])
        print(
            f"registration, {name}: {median:.0f} ms of CPU in {requests} requests, "
            f"{ratio:.0f} x one query"
        )


def ways_to_register(environment) -> dict[str, list[Way]]:
    lines = server.manage(environment, "shell", "-v0", "-c", FIND_PARTNERSHIPS)
    listed = [Way(*line.split("\t")) for line in lines.splitlines()]
    numbers = range(REGISTRATIONS + 1)
    return {
        "a listed partnership": listed[: REGISTRATIONS + 1],
        "a partner town entered": [
            Way(partner_town=f"Benchtown {number}") for number in numbers
        ],
    }


def main() -> int:
    url = os.environ["DATABASE_URL"]
    with server.database("bench", url) as environment:
        for command in ("migrate", "seed", "demo"):
            server.manage(environment, command, "-v0")
        server.manage(environment, "shell", "-v0", "-c", LENGTHEN)
        ways = ways_to_register(environment)
        demonstration = server.manage(environment, "shell", "-v0", "-c", FIND).strip()
        paths = {
            name: path.format(demonstration=demonstration)
            for name, path in PAGES.items()
        }
        for how, application in APPLICATIONS.items():
            with server.gunicorn(environment, application, workers=1) as (port, leader):
                measure(port, leader, paths, how)
        with server.gunicorn(environment, "tests.bench.wsgi", workers=1) as (
            port,
            leader,
        ):
            measure_registrations(port, leader, demonstration, ways)
    return 0


if __name__ == "__main__":
    if "DATABASE_URL" not in os.environ:
        sys.exit(postgres.run([sys.executable, "-m", "tests.bench"]).returncode)
    sys.exit(main())
