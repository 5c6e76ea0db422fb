"""Where files lie: two folders under MEDIA_ROOT, all names made from the content.

    private/<digest>              a picture as it was sent; it is never given out
    public/<digest>/640.webp …    what is made from it, or a document, to be given out

A file is written under another name first and then renamed: whoever finds one under its
own name finds all of it. Nobody deletes a file with its row: what no row names any more
is swept away by the worker, so that neither a rollback nor a crash leaves a row without
its file.
"""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from django.conf import settings

Facts = TypeVar("Facts")

DIGEST_LENGTH = 32
# What lies here for less is left alone: its row may not be saved yet.
GRACE_SECONDS = 3600


def private_folder() -> Path:
    return _made(Path(settings.MEDIA_ROOT) / "private")


def public_folder() -> Path:
    return _made(Path(settings.MEDIA_ROOT) / "public")


def private(digest: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "private" / digest


def public(digest: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "public" / digest


def keep(
    upload, check: Callable[[Path], Facts], place: Callable[[str], Path] = private
) -> tuple[str, Facts]:
    """Keep what was sent once `check` lets it pass; its digest, and what was found.

    Raises what the check raises, and OSError where the disk takes nothing.
    """
    digest = hashlib.sha256()
    descriptor, name = tempfile.mkstemp(prefix=".", dir=private_folder())
    arriving = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in upload.chunks():
                digest.update(chunk)
                file.write(chunk)
        facts = check(arriving)
        key = digest.hexdigest()[:DIGEST_LENGTH]
        _made(place(key).parent)
        arriving.chmod(0o644)
        arriving.replace(place(key))
    finally:
        arriving.unlink(missing_ok=True)
    return key, facts


def sweep(owned: set[str]) -> int:
    """Delete what no row names and has lain here for a while; returns how many."""
    before = time.time() - GRACE_SECONDS
    count = 0
    for folder in (private_folder(), public_folder()):
        for path in folder.iterdir():
            if path.name not in owned and path.stat().st_mtime < before:
                _delete(path)
                count += 1
    return count


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
