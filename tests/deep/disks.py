"""A disk of one's own that can be full, or take nothing; it needs no bytes for that.

Root may write wherever it wants. What is started `AS_ANYBODY` may not: it is root
without its capabilities, so that modes count for it. Only reading stays, for the
socket of a PostgreSQL may lie in a folder of somebody else.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# More than the site asks for before it calls its disk good.
MEGABYTES = 700
AS_ANYBODY = ("setpriv", "--bounding-set=-all,+dac_read_search", "--inh-caps=-all")


@dataclass
class Disk:
    folder: Path

    def make(self, free: int | None) -> None:
        """So many bytes are free from now on; None: nobody may write any."""
        if free is None:
            self._allow("a-w")
            return
        found = os.statvfs(self.folder)
        used = (found.f_blocks - found.f_bfree) * found.f_frsize
        self.resize(used + free)

    def have_room(self) -> None:
        self._allow("u+w")
        self.resize(MEGABYTES * 2**20)

    def resize(self, size: int) -> None:
        call("mount", "-o", f"remount,size={size}", str(self.folder))

    def _allow(self, mode: str) -> None:
        call("chmod", "-R", mode, str(self.folder))


def call(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


@contextmanager
def mounted(folder: Path) -> Iterator[Disk]:
    call("mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "disk", str(folder))
    try:
        yield Disk(folder)
    finally:
        call("umount", "--lazy", str(folder))


def why_not() -> str:
    """Why this machine makes no such disk; empty where it does."""
    if shutil.which("setpriv") is None:
        return "there is no setpriv"
    with tempfile.TemporaryDirectory() as name:
        try:
            with mounted(Path(name)) as disk:
                disk.make(None)
                write = f"open({str(disk.folder / 'file')!r}, 'w')"
                command = [*AS_ANYBODY, sys.executable, "-c", write]
                done = subprocess.run(command, capture_output=True, check=False)
        except (OSError, subprocess.CalledProcessError):
            return "it may not mount one"
    return "" if done.returncode else "modes count for nobody"
