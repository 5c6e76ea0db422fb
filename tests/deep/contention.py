"""200 delegations of 1 to 4 people ask at once for the last 20 places, over HTTP.

Each run has a fresh database and a fresh gunicorn. A control with the guard taken
out must oversell; otherwise the test would prove nothing.
"""

import json
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests import server

DELEGATIONS = 200
PLACES = 20
AT_ONCE = 40

PREPARE = """
import json, random
from django.urls import reverse
from django.utils import translation
from tests.factories import DelegationFactory, EditionFactory
draw = random.Random({seed})
edition = EditionFactory(capacity_people={places})
paths = []
translation.activate("de")
for number in range({delegations}):
    german = draw.randint(1, 3)
    delegation = DelegationFactory(
        edition=edition, german__planned=german,
        partner__planned=draw.randint(0, 4 - german))
    token = delegation.german_side.mint_link()
    paths.append([reverse("registrations:check", args=[token]),
                  reverse("registrations:submit", args=[token])])
print(json.dumps(paths))
"""

REPORT = """
import json
from conferences.models import Edition
from registrations import places
from registrations.models import Delegation, HistoryEntry, Letter
edition = Edition.objects.get()
order = list(HistoryEntry.objects.filter(verb="submit").order_by("pk")
             .values_list("changes__queue_number", flat=True))
print(json.dumps({
    "held": places.held(edition).people,
    "states": sorted(Delegation.objects.values_list("state", flat=True)),
    "queue": [number for number in order if number],
    "letters": Letter.objects.filter(side__which="german").count(),
}))
"""


@dataclass
class Result:
    held: int
    states: Counter
    queue: list[int]
    letters: int
    statuses: Counter

    @property
    def oversold(self) -> int:
        return max(self.held - PLACES, 0)

    @property
    def is_right(self) -> bool:
        waiting = self.states["waiting"]
        return (
            self.oversold == 0
            and not any(status >= 500 for status in self.statuses)
            and self.states["submitted"] + waiting == DELEGATIONS
            and self.queue == list(range(1, waiting + 1))
            and self.letters == DELEGATIONS
        )


def arrive(port: int, paths: list[str]) -> server.Client:
    """A visitor who has read the check page and has the button before them."""
    visitor = server.Client(port)
    visitor.get(paths[0])
    visitor.hang_up()
    return visitor


def submit_all(port: int, paths: list[list[str]]) -> Counter:
    """All read first; then all press the button, as many at once as there are."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        visitors = list(pool.map(lambda pair: arrive(port, pair), paths))
        presses = zip(visitors, paths, strict=True)
        return Counter(pool.map(lambda one: one[0].post(one[1][1], {}).status, presses))


def run(seed: int, application: str, postgresql_url: str | None = None) -> Result:
    with server.database("contention", postgresql_url) as environment:
        server.manage(environment, "migrate", "-v0")
        prepare = PREPARE.format(seed=seed, places=PLACES, delegations=DELEGATIONS)
        paths = json.loads(server.manage(environment, "shell", "-v0", "-c", prepare))
        random.Random(seed).shuffle(paths)  # noqa: S311 an order, not a secret
        with server.gunicorn(environment, application) as (port, _leader):
            statuses = submit_all(port, paths)
        found = json.loads(server.manage(environment, "shell", "-v0", "-c", REPORT))
    found["states"] = Counter(found["states"])
    return Result(**found, statuses=statuses)
