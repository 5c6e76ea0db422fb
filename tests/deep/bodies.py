"""Bodies, headers and addresses that make no sense, to every address of the site.

Directly to gunicorn and through the nginx of `deploy/`: whatever is sent, the answer
is a page or a refusal, and the worker needs hardly more memory than before. The control
is the site without limits of its own and without our handler.
"""

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests import server
from tests.deep import fuzz, raw

MOST_MEGABYTES = 50
REFUSED = {raw.CLOSED, 400, 403, 404, 405, 408, 411, 413, 414, 429, 431}
CASES = {**fuzz.TOO_MUCH, **fuzz.STRANGE}
HEAVY = ("100 MB", "100 MB of a part")
WITH_FILES = tuple(
    f"admin:conferences_{name}_add" for name in ("picture", "speaker", "publication")
)
CONTROL = "admin:index"
SHARE = 8  # so many addresses later nginx is sent the same again

# Nothing to say of the body: the address is one, or it leads on, or shows a form.
ANSWERED = {200, 301, 302}
AWAY = {"readyz": 503}  # no night has been run
EVERYTHING = """
import json
from django.conf import settings
from tests.access import asked, world
from tests.access.addresses import addresses
settings.ALLOWED_HOSTS = ["testserver"]
made, found = world.made(), []
for name in addresses():
    one = asked.asked(made, name)
    cookies = [f"{key}={value.value}" for key, value in one.client.cookies.items()]
    found.append([name, one.path, "; ".join(cookies)])
print(json.dumps(found))
"""


@dataclass
class Result:
    asked: int = 0
    statuses: Counter = field(default_factory=Counter)
    closed: Counter = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    megabytes: float = 0
    seconds: float = 0

    @property
    def is_right(self) -> bool:
        return not self.wrong and self.megabytes <= MOST_MEGABYTES


def everything(environment) -> list[tuple[str, str, str]]:
    """The name, the path and the cookies of whom each address of the site is for."""
    server.manage(environment, "migrate", "--verbosity", "0")
    said = server.manage(environment, "shell", "-v0", "-c", EVERYTHING)
    return json.loads(said.splitlines()[-1])


class Memory:
    """How much the worker of a gunicorn has held at most since this was made."""

    def __init__(self, leader: int):
        [self.worker] = server.workers_of(leader)
        self.before = self._read("VmRSS")
        (self.worker / "clear_refs").write_text("5")  # the highest begins anew

    def _read(self, name: str) -> int:
        lines = (self.worker / "status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(name))

    def growth(self) -> float:
        """In megabytes."""
        return (self._read("VmHWM") - self.before) / 1024


def run(application: str, kinds: Iterable[str] = ()) -> list[Result]:
    """Of each door; `kinds`: only these, and to one address only, for the control."""
    results = []
    with server.database("bodies") as environment:
        rows = everything(environment)
        rows = [row for row in rows if row[0] == CONTROL] if kinds else rows
        with raw.site(environment, application) as (leader, doors):
            for door in doors:
                for _name, path, cookies in rows:  # what is made once is made before
                    door.ask(raw.Request(path.encode(), method=b"GET"), cookies)
            memory = Memory(leader)
            for door in doors[:1] if kinds else doors:
                began, result = time.monotonic(), Result()
                some = [(kind, rows[0]) for kind in kinds]
                for kind, row in some or shared_out(rows, door.name):
                    _try(door, kind, row, result)
                result.megabytes = memory.growth()
                result.seconds = time.monotonic() - began
                results.append(result)
    return results


def shared_out(rows, door: str) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Everything to each address of gunicorn; nginx hardly knows one from another.

    Where 100 MB may pass nginx, which keeps them, they go to the pages with files.
    """
    for number, row in enumerate(rows):
        for turn, kind in enumerate(CASES):
            if door == "gunicorn":
                yield kind, row
            elif kind in HEAVY and row[1].startswith("/admin/"):
                if row[0] in WITH_FILES:
                    yield kind, row
            elif (number + turn) % SHARE == 0:
                yield kind, row


def _try(door: raw.Door, kind: str, row, result: Result) -> None:
    name, path, cookies = row
    status, _answer = door.ask(CASES[kind](path.encode()), cookies)
    result.asked += 1
    result.statuses[status] += 1
    allowed = REFUSED if kind in fuzz.TOO_MUCH else REFUSED | ANSWERED
    if status == raw.CLOSED:
        result.closed[kind] += 1
    if status not in allowed and status != AWAY.get(name):
        result.wrong.append(f"{door.name}: {kind} to {name}: {status}")


def report() -> bool:
    results = run("config.wsgi")
    for name, result in zip(("gunicorn", "nginx"), results, strict=False):
        print(
            f"{result.asked} requests that make no sense to {name}: "
            f"{dict(sorted(result.statuses.items()))} in {result.seconds:.0f} s, at "
            f"most {result.megabytes:.0f} MB more ({MOST_MEGABYTES} allowed) -> "
            f"{'right' if result.is_right else 'WRONG'}",
            flush=True,
        )
        if result.closed:
            print(f"  ended without an answer: {dict(result.closed)}", flush=True)
        for line in result.wrong[:20]:
            print(f"  {line}", flush=True)
    if len(results) < 2:
        print("!!! SKIPPED: the same through nginx, which was not found.", flush=True)
    control = run("tests.deep.unbounded_wsgi", ("100 MB", "charset that is none"))[0]
    failed = control.megabytes > MOST_MEGABYTES and control.statuses[500] > 0
    print(
        f"... without limits and our handler: {dict(control.statuses)}, "
        f"{control.megabytes:.0f} MB more -> "
        f"{'right' if failed else 'WRONG: the test proves nothing'}",
        flush=True,
    )
    return all(result.is_right for result in results) and failed
