"""50 withdrawals and 50 submissions at once, over HTTP, while others wait.

More comes free than is wanted, so that whoever looks away from the queue finds places.

The lines of the history stand in the order in which the lock was held. Read again
from the first to the last, they tell of every inversion: places held by submission
while somebody was in line, or an offer to one while another waited longer. A control
with the guard taken out must show some; otherwise the test would prove nothing.
"""

import json
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests import server

EACH = 50
WAITING = 10
AT_ONCE = 40

PREPARE = """
import json, random
from django.urls import reverse
from django.utils import translation
from registrations import seeding
from tests.factories import DelegationFactory, EditionFactory, submitted
draw = random.Random({seed})
edition = EditionFactory(capacity_people={each} * 3)
translation.activate("de")
def path(name, row):
    return reverse("registrations:" + name, args=[row.german_side.mint_link()])
def numbers():
    return dict(german=draw.randint(1, 3), partner=draw.randint(0, 2))
holding = [submitted(edition, german=3) for _ in range({each})]
for _ in range({waiting}):
    submitted(edition, **numbers())
drafts = [DelegationFactory(edition=edition, german__planned=draw.randint(1, 2),
          partner__planned=0) for _ in range({each})]
print(json.dumps(
    [[path("withdraw", row), path("withdraw", row)] for row in holding]
    + [[path("check", row), path("submit", row)] for row in drafts]))
"""

REPORT = """
import json
from conferences.models import Edition
from registrations import places
from registrations.models import Delegation, HistoryEntry, Letter, Offer
edition = Edition.objects.get()
lines = HistoryEntry.objects.order_by("pk")
print(json.dumps({
    "lines": list(lines.values_list("delegation", "verb", "changes")),
    "over": places.held(edition).people - edition.capacity_people,
    "offers": list(Offer.objects.values_list("delegation", flat=True)),
    "letters": Letter.objects.filter(kind="offer").count(),
    "states": sorted(Delegation.objects.values_list("state", flat=True)),
}))
"""


@dataclass
class Result:
    lines: list
    over: int
    offers: list[int]
    letters: int
    states: list[str]
    statuses: Counter

    @property
    def inversions(self) -> int:
        waiting: dict[int, int] = {}
        asked: set[int] = set()
        count = 0
        for delegation, verb, changes in self.lines:
            if verb == "submit" and changes["state"] == "waiting":
                waiting[delegation] = changes["queue_number"]
            elif verb == "submit":
                count += bool(waiting or asked)
            elif verb == "offer":
                own = waiting.pop(delegation, 0)
                count += any(number < own for number in waiting.values())
                asked.add(delegation)
        return count

    @property
    def double_offers(self) -> int:
        return len(self.offers) - len(set(self.offers))

    @property
    def faults(self) -> int:
        return sum(n for status, n in self.statuses.items() if status >= 500)

    @property
    def is_right(self) -> bool:
        return (
            (self.inversions, self.double_offers, self.faults) == (0, 0, 0)
            and self.over <= 0
            and self.letters == len(self.offers) > 0
            and self.states.count("withdrawn") == EACH
            and "draft" not in self.states
        )

    def __str__(self):
        return (
            f"{EACH} withdrawals against {EACH} submissions: {self.inversions} "
            f"inversions, {self.double_offers} double offers, {len(self.offers)} "
            f"offers and {self.letters} letters, oversold {max(self.over, 0)}, "
            f"answers {dict(self.statuses)}"
        )


def arrive(port: int, path: str) -> server.Client:
    visitor = server.Client(port)
    visitor.get(path)
    visitor.hang_up()
    return visitor


def run(seed: int, application: str, postgresql_url: str) -> Result:
    with server.database("crossing", postgresql_url) as environment:
        server.manage(environment, "migrate", "-v0")
        prepare = PREPARE.format(seed=seed, each=EACH, waiting=WAITING)
        paths = json.loads(server.manage(environment, "shell", "-v0", "-c", prepare))
        random.Random(seed).shuffle(paths)  # noqa: S311 an order, not a secret
        with (
            server.gunicorn(environment, application) as (port, _leader),
            ThreadPoolExecutor(AT_ONCE) as pool,
        ):
            visitors = list(pool.map(lambda pair: arrive(port, pair[0]), paths))
            presses = zip(visitors, paths, strict=True)
            answers = pool.map(lambda one: one[0].post(one[1][1], {}).status, presses)
            statuses = Counter(answers)
        found = json.loads(server.manage(environment, "shell", "-v0", "-c", REPORT))
    return Result(**found, statuses=statuses)


def report(seed: int, url: str) -> bool:
    """One run and its control, each with its line."""
    result = run(seed, "config.wsgi", url)
    verdict = "right" if result.is_right else "WRONG"
    print(f"PostgreSQL: {result} -> {verdict}", flush=True)
    control = run(seed, "tests.deep.overtaking_wsgi", url)
    verdict = "right" if control.inversions else "WRONG: the test proves nothing"
    print(f"without the guard: {control} -> {verdict}", flush=True)
    return result.is_right and control.inversions > 0
