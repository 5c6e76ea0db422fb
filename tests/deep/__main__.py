"""`make deep`: what is too heavy for every stop, each figure with its control."""

import os
import subprocess
import sys

from tests import postgres
from tests.deep import (
    bodies,
    canaries,
    contention,
    crossing,
    disk,
    doubt,
    hidden,
    hosts,
    killing,
    letters,
    load,
    memory,
    mutants,
    observatory,
    outage,
    refusals,
    saving,
    slow,
    steady,
)

RUNS = 5
# Tests of the code alone, which both databases would answer alike.
ONCE = ("waiting_list", "every_form", "costs", "costs_of_staff", "hostile_uploads")


def contended(name: str, url: str | None) -> bool:
    right = True
    for seed in range(1, RUNS + 1):
        result = contention.run(seed, "config.wsgi", url)
        right &= result.is_right
        print(
            f"{name} run {seed}: oversold {result.oversold}, held {result.held} of "
            f"{contention.PLACES}, answers {dict(result.statuses)}, waiting "
            f"{result.states['waiting']} numbered 1 to {len(result.queue)} in order: "
            f"{result.queue == sorted(result.queue)} -> "
            f"{'right' if result.is_right else 'WRONG'}",
            flush=True,
        )
    return right and oversells(name, url)


def oversells(name: str, url: str | None) -> bool:
    """The control: chance may keep one run without the guard right, but not all."""
    for seed in range(1, RUNS + 1):
        control = contention.run(seed, "tests.deep.control_wsgi", url)
        if control.oversold:
            break
    verdict = "right" if control.oversold else "WRONG: the test proves nothing"
    found = f"run {seed}: oversold {control.oversold}"
    print(f"{name} without the guard, {found} -> {verdict}")
    return control.oversold > 0


def on_sqlite(path: str) -> bool:
    """What is about no database, and what both must show; the rest on PostgreSQL."""
    environment = {key: os.environ[key] for key in os.environ if key != "DATABASE_URL"}
    command = [sys.executable, "-m", "pytest", "-q", path]
    return subprocess.run(command, env=environment, check=False).returncode == 0


def main() -> int:
    url = os.environ["DATABASE_URL"]
    passed = contended("SQLite", None) & contended("PostgreSQL", url)
    passed &= crossing.report(1, url) & killing.report(url)
    passed &= canaries.report("SQLite", None) & canaries.report("PostgreSQL", url)
    passed &= slow.report() & outage.report()
    passed &= saving.report("SQLite", None) & saving.report("PostgreSQL", url)
    passed &= bodies.report() & hosts.report() & hidden.report()
    passed &= letters.report(url) & doubt.report(url) & refusals.report(url)
    passed &= load.report(url) & memory.report(url) & steady.report(url)
    for suite in ONCE:
        passed &= on_sqlite(f"tests/deep/test_{suite}.py")
    passed &= disk.report(url) & observatory.report() & mutants.report(url)
    command = [sys.executable, "-m", "pytest", "-q", "-m", "not any_database"]
    suites = subprocess.run([*command, "tests/deep"], check=False)
    return 0 if passed and suites.returncode == 0 else 1


if __name__ == "__main__":
    if "DATABASE_URL" not in os.environ:
        sys.exit(postgres.run([sys.executable, "-m", "tests.deep"]).returncode)
    sys.exit(main())
