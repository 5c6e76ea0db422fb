"""A day of a programme as a table: a column for each room, a row for each time."""

from dataclasses import dataclass, field
from datetime import date, datetime

from conferences.programme import Item, Text, clock


@dataclass
class Cell:
    """Sessions that share a place in the table; `rows` and `columns` say how large."""

    items: list[Item]
    rows: int = 1
    columns: int = 1


@dataclass
class Row:
    at: datetime
    cells: list[Cell] = field(default_factory=list)

    @property
    def begins(self) -> str:
        return clock(self.at)


@dataclass(frozen=True)
class Grid:
    day: date
    rooms: list[Text]
    rows: list[Row]


def grids(by_day: list[tuple[date, list[Item]]]) -> list[Grid]:
    return [_grid(day, items) for day, items in by_day]


def _grid(day: date, items: list[Item]) -> Grid:
    """What has no room, or shares a time with what has none, spans all rooms."""
    rooms: dict[tuple, Text] = {}
    for item in sorted(items, key=lambda item: item.room_order):
        if item.room is not None:
            rooms.setdefault(_name(item.room), item.room)
    rows = []
    for block in _blocks(items):
        rows += _rows(block, list(rooms))
    return Grid(day, list(rooms.values()), rows)


def _blocks(items: list[Item]) -> list[list[Item]]:
    """Sessions that overlap, directly or through others, in order of time."""
    blocks: list[list[Item]] = []
    until = None
    for item in items:
        if until is None or item.starts_at >= until:
            blocks.append([])
            until = item.ends_at
        blocks[-1].append(item)
        until = max(until, item.ends_at)
    return blocks


def _rows(block: list[Item], rooms: list[tuple]) -> list[Row]:
    """The rows of one block: a new one wherever a session begins."""
    starts = sorted({item.starts_at for item in block})
    rows = [Row(at) for at in starts]
    if any(item.room is None for item in block):
        for row in rows:
            there = [item for item in block if item.starts_at == row.at]
            row.cells.append(Cell(there, columns=max(1, len(rooms))))
        return rows
    for room in rooms:
        _fill(rows, [item for item in block if _name(item.room) == room])
    return rows


def _fill(rows: list[Row], items: list[Item]) -> None:
    """One column: a session reaches down to the row where the next one begins."""
    number = 0
    while number < len(rows):
        here = [item for item in items if item.starts_at == rows[number].at]
        last = number + 1
        if here:
            ends = max(item.ends_at for item in here)
            others = {item.starts_at for item in items}
            while (
                last < len(rows)
                and rows[last].at < ends
                and rows[last].at not in others
            ):
                last += 1
        rows[number].cells.append(Cell(here, rows=last - number))
        number = last


def _name(room) -> tuple:
    return tuple(vars(room).items())
