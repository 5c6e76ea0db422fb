"""`make test`: the suite on SQLite, then on PostgreSQL with the browser tests.

Says loudly what could not run, and ends with one line of counts.
"""

import os
import shutil
import subprocess
import sys

from tests import postgres

PYTEST = [sys.executable, "-m", "pytest", "-q"]


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def suite(name: str, *arguments: str, on_postgresql: bool) -> bool:
    print(f"\n=== {name}", flush=True)
    command = [*PYTEST, *arguments]
    if on_postgresql:
        return postgres.run(command) == 0
    environment = {key: os.environ[key] for key in os.environ if key != "DATABASE_URL"}
    return subprocess.run(command, env=environment, check=False).returncode == 0


def main() -> int:
    passed = [
        suite("SQLite", "-m", "not browser and not postgresql", on_postgresql=False),
        suite("PostgreSQL", "-m", "not browser", on_postgresql=True),
    ]
    if chromium():
        passed.append(suite("In the browser", "-m", "browser", on_postgresql=True))
    else:
        print("\n!!! SKIPPED: the browser tests, because no Chromium was found.")
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
