"""What the kernel says of the workers of a gunicorn: their memory, their open files.

RSS is all of a worker that lies in memory, RSS being what `ps`, systemd and an
administrator read. It counts what the workers share with the process that loaded the
code once for all, so it is the most that one of them can be said to take; PSS gives
each its part of what is shared.
"""

from dataclasses import dataclass
from pathlib import Path

from tests import server


@dataclass(frozen=True)
class Size:
    """Of one worker, in megabytes."""

    rss: float
    pss: float
    files: int


def sizes(leader: int) -> dict[str, Size]:
    """Of each worker, by the number of its process."""
    return {folder.name: _size(folder) for folder in server.workers_of(leader)}


def _size(folder: Path) -> Size:
    lines = (folder / "smaps_rollup").read_text().splitlines()[1:]
    found = {name: int(rest.split()[0]) for name, rest in map(_parted, lines)}
    files = sum(1 for _file in (folder / "fd").iterdir())
    return Size(found["Rss"] / 1024, found["Pss"] / 1024, files)


def _parted(line: str) -> tuple[str, str]:
    name, _colon, rest = line.partition(":")
    return name, rest


def slope(points: list[tuple[float, float]]) -> float:
    """By how much the second of each pair grows while the first grows by one."""
    middle_x = sum(x for x, _y in points) / len(points)
    middle_y = sum(y for _x, y in points) / len(points)
    spread = sum((x - middle_x) ** 2 for x, _y in points)
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / spread
