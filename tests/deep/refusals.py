"""Four recipients with whom something is wrong stop no letter to the others.

One is refused for good, one is slow, one is never answered about, and of one nobody
ever learns whether the mail was taken. Staff read of the first and the last. A worker
that ends at what is refused must leave letters behind.
"""

from contextlib import ExitStack
from dataclasses import dataclass

from tests import server
from tests.deep import mailing, staff

GOOD = 20
EXPECTED = {
    "refused": "failed",
    "slow": "sent",
    "silent": "queued",
    "swallowed": "in_doubt",
}
ANSWER = "550 no such user"

PREPARE = """
from registrations import seeding
from registrations.models import Letter
from tests.factories import DelegationFactory, EditionFactory
seeding.load()
edition = EditionFactory()
for name in {names}:
    delegation = DelegationFactory(edition=edition,
                                   german__contact_email=name + "@example.org")
    Letter.objects.write(delegation.german_side, "new_link")
"""


@dataclass
class Result:
    states: dict[str, str]
    doubles: int
    staff_read_why: bool
    staff_read_doubt: bool

    @property
    def good_sent(self) -> int:
        return sum(
            state == "sent"
            for name, state in self.states.items()
            if name not in EXPECTED
        )

    @property
    def bad(self) -> dict[str, str]:
        return {name: self.states[name] for name in EXPECTED}

    @property
    def is_right(self) -> bool:
        return (
            self.good_sent == GOOD
            and self.bad == EXPECTED
            and self.doubles == 0
            and self.staff_read_why
            and self.staff_read_doubt
        )

    def __str__(self):
        return (
            f"{self.good_sent} of {GOOD} letters beside four bad ones arrived, "
            f"{self.doubles} doubles; the others are {self.bad}; staff read why it "
            f"was refused: {self.staff_read_why}, and what is in doubt: "
            f"{self.staff_read_doubt}"
        )


def run(url: str, *faults: str) -> Result:
    names = [f"good{number}" for number in range(GOOD)]
    names[GOOD // 2 : GOOD // 2] = EXPECTED
    with ExitStack() as stack:
        environment = stack.enter_context(server.database("refusals", url))
        server.manage(environment, "migrate", "-v0")
        prepare = PREPARE.format(names=names)
        server.manage(environment, "shell", "-v0", "-c", prepare)
        port = server.free_port()
        arrivals = stack.enter_context(mailing.receiving(port))
        with mailing.working(environment, port, *faults) as worker:
            mailing.until_nothing_is_due(environment, worker)
        rows = mailing.rows(environment)
        by_name = dict(zip(names, rows, strict=True))
        reads = {name: read_by_staff(environment, by_name[name]) for name in EXPECTED}
    return Result(
        {name: row["state"] for name, row in by_name.items()},
        len(arrivals.keys) - len({*arrivals.keys}),
        ANSWER in reads["refused"],
        "ungewiss" in reads["swallowed"].lower(),
    )


def read_by_staff(environment, row: dict) -> str:
    """The page of one letter in the admin."""
    with server.gunicorn(environment) as (port, _leader):
        visitor = staff.signed_in(environment, port)
        page = visitor.get(f"/admin/registrations/letter/{row['pk']}/change/")
    assert page.status == 200, page.status
    return page.text


def report(url: str) -> bool:
    result = run(url)
    print(f"{result} -> {'right' if result.is_right else 'WRONG'}", flush=True)
    control = run(url, "unforgiving")
    fails = control.good_sent < GOOD
    verdict = "right" if fails else "WRONG: the test proves nothing"
    print(f"... by a worker that ends there: {control} -> {verdict}", flush=True)
    return result.is_right and fails
