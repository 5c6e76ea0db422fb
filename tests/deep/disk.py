"""The disk is full, or takes nothing, while staff upload and visitors read.

Nobody sees an error of ours: what cannot be kept is refused in words, what was typed
stays in the form, no file is half there and no row names a file that is not. Once
there is room everything goes on, with the same processes. Without the guards the same
experiment must show errors and a half of a file.
"""

import json
import os
from contextlib import ExitStack
from pathlib import Path

from tests import server
from tests.deep import disks
from tests.deep.disk_site import PREPARE, Found, Site

# How much room is left, in bytes: into the last, a file is begun and not finished.
# None: there is room, but nobody may write.
STATES: dict[str, int | None] = {"full": 0, "nearly full": 65536, "read-only": None}
NEARLY_FULL = {"nearly full": STATES["nearly full"]}


class Experiment:
    """One site on a disk of its own, and its troubles one after the other."""

    def __init__(self, stack: ExitStack, url: str | None, beside: bool, wsgi: str):
        environment = stack.enter_context(server.database("disk", url))
        self.folder = Path(environment["VAR_DIR"])
        static = (self.folder / "static").readlink()
        self.disk = stack.enter_context(disks.mounted(self.folder))
        (self.folder / "static").symlink_to(static)
        if beside:
            (self.folder / "tmp").mkdir()
            environment["TMPDIR"] = str(self.folder / "tmp")
        server.manage(environment, "migrate", "-v0")
        prepared = server.manage(environment, "shell", "-v0", "-c", PREPARE)
        running = server.gunicorn(environment, wsgi, by=disks.AS_ANYBODY)
        port, _leader = stack.enter_context(running)
        self.site = Site(environment, port, json.loads(prepared))
        self.people = self.site.known()["people"]

    def run(self, states: dict[str, int | None]) -> dict[str, Found]:
        found = {}
        for name, free in states.items():
            self.site.begin()
            self.site.read()  # the processes have the database open
            self.disk.make(free)
            found[name] = self.site.in_trouble()
            self.compare(found[name])
            self.disk.have_room()
        found["room again"] = self.site.with_room()
        self.compare(found["room again"])
        return found

    def compare(self, found: Found) -> None:
        """Rows and files belong together, and nothing is half there."""
        known, kept = self.site.known(), self.kept()
        found.expect(not (half := self.half()), f"half done: {half}")
        found.expect(known["named"] == sorted(kept), "rows and files differ")
        gone = self.people - known["people"]
        found.expect(gone == self.site.erased, f"{gone} people are gone")
        is_noted = known["erasures"] == self.site.noted_erasures
        found.expect(is_noted, "the log of erasures differs")
        found.expect(known["whole"] == "ok", known["whole"])

    def kept(self) -> set[str]:
        kinds = (self.folder / "media" / kind for kind in ("private", "public"))
        return {path.name for kind in kinds for path in kind.iterdir()}

    def half(self) -> list[str]:
        """What was begun: under another name, for a moment only, or with nothing."""
        found = list(self.folder.rglob(".*"))
        for begun in ("backup-*", "tmp/*.upload*", "mails/*.part"):
            found += self.folder.glob(begun)
        folders = (self.folder / "media" / "public").iterdir()
        found += [one for one in folders if not any(one.iterdir())]
        return sorted(os.path.relpath(one, self.folder) for one in found)


def run(
    url: str | None,
    *,
    beside: bool,
    states: dict[str, int | None] = STATES,
    wsgi: str = "config.wsgi",
) -> dict[str, Found]:
    """What each state led to. `beside`: the temporary files lie on the same disk."""
    with ExitStack() as stack:
        return Experiment(stack, url, beside, wsgi).run(states)


def told(name: str, url: str | None, **how) -> bool:
    place = "there" if how["beside"] else "elsewhere"
    right = True
    for state, found in run(url, **how).items():
        right &= not found.wrong
        verdict = "WRONG" if found.wrong else "right"
        words = f"{name}, disk {state}, uploads arrive {place}: {found}"
        print(f"{words} -> {verdict}", flush=True)
    return right


def fails(url: str, *, by: str, **how) -> bool:
    """The control: uploads as Django and a plain program take them."""
    control = run(url, **how, states=NEARLY_FULL, wsgi="tests.deep.careless_wsgi")
    [found, _room] = control.values()
    failed = any(by in one for one in found.wrong)
    verdict = "right" if failed else "WRONG: the test proves nothing"
    print(f"... without the guard: {found} -> {verdict}", flush=True)
    return failed


def report(url: str) -> bool:
    if why_not := disks.why_not():
        print(f"!!! SKIPPED: a full disk, because {why_not}.", flush=True)
        return True
    right = told("SQLite", None, beside=True)
    right &= told("PostgreSQL", url, beside=True)
    # The file arrives, and is not kept: whatever the disk says, it says it here.
    right &= told("PostgreSQL", url, beside=False, states=NEARLY_FULL)
    right &= fails(url, beside=True, by="500")
    return fails(url, beside=False, by="rows and files differ") and right
