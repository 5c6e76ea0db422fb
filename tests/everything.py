"""`make test`: the suite on SQLite and on PostgreSQL, and the browser tests.

Two jobs run at a time, one for each core of a small machine, the longest first. Each
prints what it found when it has ended; what could not run is said loudly.
"""

import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests import postgres

AT_ONCE = 2
WALKS = "tests/browser/test_accessibility.py"


@dataclass(frozen=True)
class Job:
    """Some of the tests; on PostgreSQL in a database of this name, else on SQLite."""

    name: str
    arguments: tuple[str, ...]
    database: str = ""

    def run(self) -> bool:
        command = [sys.executable, "-m", "pytest", "-q", *self.arguments]
        if self.database:
            ended = postgres.run(command, self.database)
        else:
            own = {key: os.environ[key] for key in os.environ if key != "DATABASE_URL"}
            ended = postgres.finished(command, own)
        print(f"\n=== {self.name}\n{ended.stdout}", flush=True)
        return ended.returncode == 0


SUITES = [
    Job("PostgreSQL", ("-m", "not browser and not any_database"), "site"),
    Job("SQLite", ("-m", "not browser and not postgresql")),
]
IN_THE_BROWSER = [
    Job("Every page in the browser", (WALKS,), "pages"),
    Job("The browser", ("-m", "browser", f"--ignore={WALKS}"), "browser"),
]


def has_chromium() -> bool:
    return any(shutil.which(name) for name in ("chromium", "chromium-browser"))


def main() -> int:
    print("The suite runs on both databases at once, about ten minutes.", flush=True)
    jobs = SUITES + (IN_THE_BROWSER if has_chromium() else [])
    with ThreadPoolExecutor(AT_ONCE) as workers:
        passed = list(workers.map(Job.run, jobs))
    if not has_chromium():
        print("\n!!! SKIPPED: the browser tests, because no Chromium was found.")
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
