"""`make test`: the suite on SQLite and on PostgreSQL, and the browser tests.

The suite on PostgreSQL runs beside the others, on the second core. Each prints what
it found when it has ended; what could not run is said loudly.
"""

import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor

from tests import postgres

PYTEST = [sys.executable, "-m", "pytest", "-q"]


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def suite(name: str, marks: str, database: str | None = None) -> bool:
    """On PostgreSQL under the name of a database, else on SQLite."""
    command = [*PYTEST, "-m", marks]
    if database:
        ended = postgres.run(command, database)
    else:
        own = {key: os.environ[key] for key in os.environ if key != "DATABASE_URL"}
        ended = postgres.finished(command, own)
    print(f"\n=== {name}\n{ended.stdout}", flush=True)
    return ended.returncode == 0


def on_the_first_core() -> list[bool]:
    passed = [suite("SQLite", "not browser and not postgresql")]
    if chromium():
        passed.append(suite("In the browser", "browser", "browser"))
    else:
        print("\n!!! SKIPPED: the browser tests, because no Chromium was found.")
    return passed


def main() -> int:
    print("The suite runs on both databases at once, about ten minutes.", flush=True)
    with ThreadPoolExecutor() as cores:
        beside = cores.submit(suite, "PostgreSQL", "not browser", "site")
        passed = on_the_first_core()
    return 0 if all([*passed, beside.result()]) else 1


if __name__ == "__main__":
    sys.exit(main())
