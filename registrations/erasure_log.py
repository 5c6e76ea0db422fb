"""What was erased because somebody asked, kept where no backup of the database goes.

A database that is restored knows again who was erased since. So each request is
written here first, in a file that is only added to: when, the delegation's reference,
and the random key of a person or a side. No name stands in it, and who comes in
somebody's place has another key.
"""

import errno
import json
import logging
import os
import socket
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.conf import settings
from django.utils import timezone

logger = logging.getLogger(__name__)

PERSON, SIDE = "person", "side"


@dataclass(frozen=True)
class Entry:
    """One request; `what`: whether the key is a person's or a side's."""

    at: str
    what: str
    reference: str
    key: str


def note(what: str, reference: str, key: str) -> None:
    """Add a request. It is on the disk when this returns; raises OSError if not.

    Each machine has a file of its own in the shared folder: not every file system
    lets two machines add to the same one.
    """
    entry = Entry(timezone.now().isoformat(timespec="seconds"), what, reference, key)
    settings.ERASURES_ROOT.mkdir(parents=True, exist_ok=True)
    file = settings.ERASURES_ROOT / f"{socket.gethostname()}.log"
    # Begun with a new line: what a power cut left of the last one stays alone.
    line = f"\n{json.dumps(asdict(entry))}\n".encode()
    target = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if os.write(target, line) < len(line):  # the disk took the beginning of it
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(target)
    finally:
        os.close(target)


def entries() -> Iterator[Entry]:
    """All requests of all machines; a line that cannot be read is told of."""
    for file in sorted(settings.ERASURES_ROOT.glob("*.log")):
        for line in file.read_text("utf-8", errors="replace").splitlines():
            if not line.strip():
                continue
            try:
                yield Entry(**json.loads(line))
            except (TypeError, ValueError):
                logger.error("%s: a line of the erasures cannot be read", file.name)
