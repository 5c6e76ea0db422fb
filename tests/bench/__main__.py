"""`make bench`: worker CPU of pages and of a registration, as ratios in one run.

PostgreSQL, gunicorn with one worker, one visitor. Processor time of the worker is
read from the kernel, so other load on the machine hardly moves it; each figure is
the median of several rounds, and the yardstick runs between the pages. Each bar is
tried on a control as well, which must miss it.
"""

import os
import statistics
import sys

from tests import postgres, server
from tests.bench import pages
from tests.bench.registration import Way, register

REGISTRATIONS = 10
REGISTRATION = 100 / pages.PROMISED_AT
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


def registered(port: int, leader: int, demonstration: str, ways) -> list[float]:
    """The ratio of each way, printed.

    The first of each way warms up; the yardstick runs after every one.
    """
    visitor = server.Client(port)
    ratios = []
    for name, tried in ways.items():
        costs, one_query, requests = [], [], 0
        for way in tried:
            before = server.cpu_seconds(leader)
            requests = register(port, demonstration, way)
            costs.append(1000 * (server.cpu_seconds(leader) - before))
            one_query.append(pages.milliseconds(visitor, leader, pages.YARDSTICK))
        median = statistics.median(costs[1:])
        ratios.append(median / statistics.median(one_query[1:]))
        print(
            f"registration, {name}: {median:.0f} ms of CPU in {requests} requests, "
            f"{ratios[-1]:.0f} x one query, at most {REGISTRATION:.0f}"
        )
    return ratios


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


def measured(environment) -> bool:
    ways = ways_to_register(environment)
    demonstration = server.manage(environment, "shell", "-v0", "-c", FIND).strip()
    is_right = True
    for way in pages.WAYS:
        with server.gunicorn(environment, way.application, workers=1) as (port, leader):
            is_right &= pages.report(port, leader, demonstration, way)
    print()
    with server.gunicorn(environment, "tests.bench.wsgi", workers=1) as (port, leader):
        ratios = registered(port, leader, demonstration, ways)
    is_right &= pages.verdict("both keep to the bar", max(ratios) <= REGISTRATION)
    entered = {"templates read anew": [Way(partner_town=f"Town {n}") for n in range(4)]}
    careless = "tests.bench.careless_wsgi"
    with server.gunicorn(environment, careless, workers=1) as (port, leader):
        ratios = registered(port, leader, demonstration, entered)
    return is_right & pages.verdict("the control misses it", min(ratios) > REGISTRATION)


def main() -> int:
    with server.database("bench", os.environ["DATABASE_URL"]) as environment:
        for command in ("migrate", "seed", "demo"):
            server.manage(environment, command, "-v0")
        server.manage(environment, "shell", "-v0", "-c", LENGTHEN)
        return 0 if measured(environment) else 1


if __name__ == "__main__":
    if "DATABASE_URL" not in os.environ:
        sys.exit(postgres.run([sys.executable, "-m", "tests.bench"]).returncode)
    sys.exit(main())
