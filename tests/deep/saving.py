"""A backup of 10,000 registrations under load, a wipe, a restoration: all the same.

Whoever was told before the backup began that a registration was begun has one in it.
As a control one row is changed afterwards: the comparison must see it.
"""

import json
import os
import shutil
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tests import dumping, server
from tests.deep import outage

REGISTRATIONS = 10_000
FILES = 200
MOST_SECONDS = 300
WRITERS = 4

PREPARE = """
from django.utils import timezone
from registrations.models import Delegation, HistoryEntry, Letter, Participant, Side
from tests.factories import EditionFactory
edition, now = EditionFactory(), timezone.now()
made = Delegation.objects.bulk_create([
    Delegation(edition=edition, kind="guests", state="submitted", submitted_at=now,
               reference=f"AFR00-{{n:05d}}", form_key=f"key-{{n:036d}}")
    for n in range({count})], batch_size=500)
sides = Side.objects.bulk_create([
    Side(delegation=one, which=which, contact_name="Erika Muster", language="de",
         contact_email="erika@example.org", planned=2, held=2)
    for one in made for which in ("german", "partner")], batch_size=500)
Participant.objects.bulk_create([
    Participant(side=side, given_names="Erika", family_name=f"Muster {{n}}")
    for side in sides for n in range(2)], batch_size=500)
Letter.objects.bulk_create([
    Letter(side=side, kind="submitted", language="de", state="sent",
           message_id=f"{{side.pk}}@example.org", body="Guten Tag " * 50)
    for side in sides], batch_size=500)
HistoryEntry.objects.bulk_create([
    HistoryEntry(delegation=one, actor_kind="german", verb="submit") for one in made],
    batch_size=500)
print(edition.get_absolute_url())
"""
CHANGE = """
from registrations.models import Participant
one = Participant.objects.order_by("pk")[4321]
Participant.objects.filter(pk=one.pk).update(function="changed")
"""


@dataclass
class Result:
    begun_before: int
    begun_meanwhile: int
    lost: int
    backup_seconds: float
    restore_seconds: float
    megabytes: float
    is_equal: bool
    sees_a_change: bool

    @property
    def is_right(self) -> bool:
        return (
            self.lost == 0
            and self.begun_before > 0
            and self.begun_meanwhile > 0
            and self.is_equal
            and self.sees_a_change
            and self.restore_seconds <= MOST_SECONDS
        )

    def __str__(self):
        return (
            f"{REGISTRATIONS} registrations, {FILES} files: backup under load "
            f"{self.backup_seconds:.1f} s ({self.megabytes:.0f} MB, "
            f"{self.begun_meanwhile} begun meanwhile), restored in "
            f"{self.restore_seconds:.1f} s; of {self.begun_before} begun before it "
            f"{self.lost} are lost; then rows, files and next numbers are equal: "
            f"{self.is_equal}; one changed row is seen: {self.sees_a_change}"
        )


def run(url: str | None) -> Result:
    with server.database("saving", url) as environment:
        if url:
            environment["PATH"] = dumping.programs_for(url)
        folder = Path(environment["VAR_DIR"])
        media, backups = folder / "media", folder / "backups"
        backups.mkdir()
        server.manage(environment, "migrate", "-v0")
        prepare = PREPARE.format(count=REGISTRATIONS)
        edition = server.manage(environment, "shell", "-v0", "-c", prepare).strip()
        upload(media)
        before, meanwhile, backup_seconds = under_load(environment, edition, backups)
        [loaded] = backups.iterdir()
        restore_seconds = wipe_and_restore(environment, url, media, loaded)
        lost = missing(environment, before)
        rows, files = everything(environment), dumping.files_in(media)
        server.manage(environment, "backup", str(backups))
        wipe_and_restore(environment, url, media, max(backups.iterdir()))
        is_equal = (everything(environment), dumping.files_in(media)) == (rows, files)
        server.manage(environment, "shell", "-v0", "-c", CHANGE)
        sees = everything(environment) != rows
        size = loaded.stat().st_size / 2**20
    return Result(
        *(len(before), meanwhile, lost, backup_seconds, restore_seconds, size),
        *(is_equal, sees),
    )


def upload(media: Path) -> None:
    for number in range(FILES):
        file = media / f"{number % 10}" / f"picture-{number}.webp"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(os.urandom(50_000))


def under_load(
    environment, edition: str, backups: Path
) -> tuple[list[str], int, float]:
    """What was begun before the backup, how many meanwhile, how long it took."""
    seen, done = outage.Seen(), threading.Event()
    with server.gunicorn(environment) as (port, _leader):
        writers = [
            threading.Thread(
                target=outage.visit,
                args=(port, edition, seen, done),
                kwargs={"registers": True},
            )
            for _number in range(WRITERS)
        ]
        for writer in writers:
            writer.start()
        try:
            time.sleep(5)
            before, began = list(seen.begun), time.monotonic()
            server.manage(environment, "backup", str(backups))
            taken = time.monotonic() - began
        finally:
            done.set()
            for writer in writers:
                writer.join()
    return before, len(seen.begun) - len(before), taken


def wipe_and_restore(environment, url: str | None, media: Path, file: Path) -> float:
    shutil.rmtree(media)
    if url:
        server.administer(url, 'DROP DATABASE "saving" WITH (FORCE)')
        server.administer(url, 'CREATE DATABASE "saving"')
    else:
        for one in Path(environment["VAR_DIR"]).glob("saving.sqlite3*"):
            one.unlink()
    began = time.monotonic()
    server.manage(environment, "restore", str(file), "--moved")
    return time.monotonic() - began


def missing(environment, begun: list[str]) -> int:
    """How many of those personal links open nothing."""
    with server.gunicorn(environment) as (port, _leader):
        return sum(server.Client(port).get(path).status != 200 for path in begun)


def everything(environment) -> list:
    return json.loads(
        server.manage(environment, "shell", "-v0", "-c", dumping.EVERYTHING)
    )


def report(name: str, url: str | None) -> bool:
    if url and dumping.programs_for(url) is None:
        print(f"!!! SKIPPED: backup on {name}, no pg_dump of its version.", flush=True)
        return True
    result = run(url)
    verdict = "right" if result.is_right else "WRONG"
    print(f"{name}: {result} -> {verdict}", flush=True)
    return result.is_right
