"""One file that holds the whole site: the database, and what was uploaded.

The keys of encrypted fields are not in it: a backup that is stolen opens none of them.
"""

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from config.dumps import Postgresql, Sqlite, Unable

FORMAT = 1
DATABASE, MANIFEST, MEDIA = "database", "manifest.json", "media/"
NAME = "backup-{:%Y%m%dT%H%M%SZ}.tar.gz"
MARGIN = 10 * 2**20
# Folders of a restoration that is under way lie in the folder of uploads.
UNDER_WAY = (".restored", ".before")


def make(database: Sqlite | Postgresql, media: Path, folder: Path) -> Path:
    """Write a backup into the folder: the whole file, or none at all."""
    if not folder.is_dir():
        raise Unable(f"{folder} is no folder: make one that only the site may read.")
    files = list(uploads(media))
    uploaded = sum(file.stat().st_size for file in files)
    must_have_room(folder, 2 * database.size() + uploaded)
    made = folder / NAME.format(datetime.now(UTC))
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".backup-") as work:
            part = Path(work) / "part"
            dump = Path(work) / DATABASE
            database.dump(dump)
            _write(part, dump, [(MEDIA, media, files)], database.vendor)
            os.link(part, made)
    except FileExistsError as error:
        raise Unable(f"{made} is there already.") from error
    except OSError as error:
        raise Unable(f"No backup was made: {error.strerror or error}") from error
    return made


def uploads(media: Path) -> Iterator[Path]:
    for path in sorted(media.rglob("*")):
        inside = path.relative_to(media)
        if path.is_file() and not inside.parts[0].startswith(UNDER_WAY):
            yield path


def must_have_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed + MARGIN:
        raise Unable(
            f"Not enough room in {folder}: {(needed + MARGIN) // 2**20 + 1} MB are "
            f"needed, {free // 2**20} MB are free."
        )


def forget_old(folder: Path, keep: int) -> int:
    """Delete all but the newest backups: what was erased shall not last in them."""
    old = sorted(folder.glob("backup-*.tar.gz"))[:-keep]
    for file in old:
        file.unlink()
    return len(old)


def _write(part: Path, dump: Path, folders, vendor: str) -> None:
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as opened:
        with tarfile.open(fileobj=opened, mode="w:gz", compresslevel=1) as archive:
            written = {DATABASE: _add(archive, dump, DATABASE)}
            for prefix, root, files in folders:
                for file in files:
                    name = f"{prefix}{file.relative_to(root).as_posix()}"
                    if facts := _add(archive, file, name):
                        written[name] = facts
            _add_manifest(archive, written, vendor)
        opened.flush()
        os.fsync(descriptor)


def _add(archive: tarfile.TarFile, file: Path, name: str) -> dict | None:
    """Read once, for the archive and its checksum; None where it is gone meanwhile."""
    try:
        opened = file.open("rb")
    except FileNotFoundError:
        return None
    with opened:
        about = archive.gettarinfo(arcname=name, fileobj=opened)
        about.mode, about.uid, about.gid, about.uname, about.gname = 0o600, 0, 0, "", ""
        read = Hashing(opened)
        archive.addfile(about, read)
    return {"size": about.size, "sha256": read.digest()}


class Hashing:
    """A file that knows the checksum of what was read from it."""

    def __init__(self, file):
        self._file, self._hash = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self._hash.update(chunk)
        return chunk

    def digest(self) -> str:
        return self._hash.hexdigest()


def _add_manifest(archive, files: dict, vendor: str) -> None:
    text = json.dumps(
        {
            "format": FORMAT,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "version": version(),
            "database": vendor,
            "migrations": applied_migrations(),
            "field_keys": fingerprints(),
            "files": files,
        },
        indent=1,
    ).encode()
    about = tarfile.TarInfo(MANIFEST)
    about.size, about.mode = len(text), 0o600
    archive.addfile(about, io.BytesIO(text))


def version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text("utf-8"))
    return project["project"]["version"]


def applied_migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def fingerprints() -> list[str]:
    """They tell which keys opened the encrypted fields, and open none."""
    return [
        hashlib.sha256(f"field key {key}".encode()).hexdigest()[:16]
        for key in settings.FIELD_KEYS
    ]
