"""Puts a backup in the place of the site's database and uploads, or changes nothing."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from config.backup import (
    DATABASE,
    FORMAT,
    MANIFEST,
    MEDIA,
    UNDER_WAY,
    Hashing,
    fingerprints,
    must_have_room,
    uploads,
)
from config.dumps import Postgresql, Sqlite, Unable

RESTORED, BEFORE = UNDER_WAY
CHUNK = 2**20


@dataclass
class Archive:
    """A backup whose every file was compared with its checksum."""

    file: Path
    manifest: dict

    @property
    def size(self) -> int:
        return sum(facts["size"] for facts in self.manifest["files"].values())


def checked(file: Path) -> Archive:
    """Read the whole backup; refuse one that is damaged or that is none of ours."""
    found, manifest = {}, None
    try:
        with tarfile.open(file) as archive:
            for member in archive:
                content = archive.extractfile(member)
                if content is None:
                    raise Unable(f"{file} is no backup: {member.name} is no file.")
                if member.name == MANIFEST:
                    manifest = json.load(content)
                    continue
                read = Hashing(content)
                while read.read(CHUNK):
                    pass
                found[member.name] = {"size": member.size, "sha256": read.digest()}
    except (OSError, EOFError, ValueError, tarfile.TarError) as error:
        raise Unable(f"{file} cannot be read to its end: {error}") from error
    if not manifest or manifest.get("format") != FORMAT:
        raise Unable(f"{file} is no backup that this version can read.")
    if wrong := sorted(_differing(found, manifest["files"])):
        raise Unable(f"{file} is damaged: {', '.join(wrong[:3])}")
    return Archive(file, manifest)


def _differing(found: dict, promised: dict) -> set[str]:
    names = {*found, *promised}
    wrong = {name for name in names if found.get(name) != promised.get(name)}
    return wrong | {name for name in names if not _is_ours(name)}


def _is_ours(name: str) -> bool:
    inside = name.removeprefix(MEDIA).split("/")
    return name == DATABASE or (
        name.startswith(MEDIA) and not {"", ".", ".."} & {*inside}
    )


def must_fit(archive: Archive, database: Sqlite | Postgresql) -> None:
    """A backup of the other kind of database, or of newer code, is refused."""
    kind = archive.manifest["database"]
    if kind != database.vendor:
        raise Unable(f"This backup is for {kind}, and the site uses {database.vendor}.")
    on_disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {}
    known = {f"{app}.{name}" for app, name in on_disk}
    if newer := sorted({*archive.manifest["migrations"]} - known):
        raise Unable(
            f"This backup is of newer code, which has {', '.join(newer[:3])}: "
            "install that first."
        )


def must_be_empty(database: Sqlite | Postgresql, media: Path) -> None:
    if not database.is_empty():
        raise Unable("The database is not empty: --replace gives up what it holds.")
    if any(uploads(media)):
        raise Unable(f"{media} is not empty: --replace gives up what it holds.")


def opens_no_field(archive: Archive) -> bool:
    """Whether none of our keys is one that the backup was made with."""
    return not {*archive.manifest["field_keys"]} & {*fingerprints()}


def restore(
    archive: Archive,
    database: Sqlite | Postgresql,
    media: Path,
    *,
    moved: bool = False,
    tell: Callable[[str], None] = print,
) -> None:
    """Make all ready beside what is in use, then let it take over.

    Before that, what is due is erased in it: an old backup brings nobody back.
    """
    database.must_be_at_rest()
    media.mkdir(parents=True, exist_ok=True)
    must_have_room(media, 2 * archive.size)
    for left in (media / RESTORED, media / BEFORE):
        shutil.rmtree(left, ignore_errors=True)
    try:
        with tempfile.TemporaryDirectory(dir=media, prefix=RESTORED) as work:
            dump = Path(work) / DATABASE
            _extract(archive, dump, media / RESTORED)
            url = database.make_ready(dump)
        _put_right(url, media / RESTORED, moved=moved, tell=tell)
        _exchange(media, RESTORED, BEFORE)
        try:
            database.take_over()
        except BaseException:
            _exchange(media, BEFORE, RESTORED)
            raise
    except OSError as error:
        raise Unable(f"Nothing was restored: {error.strerror or error}") from error
    finally:
        database.discard()
        for left in (media / RESTORED, media / BEFORE):
            shutil.rmtree(left, ignore_errors=True)


def _extract(archive: Archive, dump: Path, media: Path) -> None:
    media.mkdir()
    with tarfile.open(archive.file) as opened:
        for member in opened:
            if member.name == MANIFEST:
                continue
            inside = media / member.name.removeprefix(MEDIA)
            to = dump if member.name == DATABASE else inside
            to.parent.mkdir(parents=True, exist_ok=True)
            content = opened.extractfile(member)
            with to.open("xb") as file:
                shutil.copyfileobj(_not_none(content), file, CHUNK)


def _not_none(content: IO[bytes] | None) -> IO[bytes]:
    if content is None:
        raise Unable("The backup changed while it was read.")
    return content


def _put_right(url: str, media: Path, *, moved: bool, tell) -> None:
    """In processes of their own, to which what was made ready is the site."""
    environment = {**os.environ, "DATABASE_URL": url, "MEDIA_ROOT": str(media)}
    own = ["put_right", "--moved"] if moved else ["put_right"]
    for command in (["migrate", "--verbosity=0"], own):
        done = subprocess.run(  # noqa: S603 our own command
            [sys.executable, "manage.py", *command],
            env=environment,
            cwd=settings.BASE_DIR,
            text=True,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["it ended"])[-1]
            raise Unable(f"Nothing was restored: {command[0]}: {last}")
        for line in done.stdout.splitlines():
            tell(line)


def _exchange(media: Path, new: str, old: str) -> None:
    """What lies in the folder goes into `old`, what lies in `new` comes into it.

    The folder itself stays: it may be a volume that several machines share.
    """
    (media / old).mkdir(exist_ok=True)
    for path in list(media.iterdir()):
        if not path.name.startswith(UNDER_WAY):
            path.rename(media / old / path.name)
    for path in list((media / new).iterdir()):
        path.rename(media / path.name)
