"""Reads tables of facts that come with the code, and names each row that misfits."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, IntegrityError, models, transaction


class Misfit(Exception):
    """Why a row cannot be loaded, in words for the one who keeps the table."""


class Report:
    """What a load added, what was there already, and which rows did not fit."""

    def __init__(self):
        self.added: Counter[str] = Counter()
        self.present: Counter[str] = Counter()
        self.faults: list[str] = []

    def count(self, what: str, *, is_new: bool) -> None:
        (self.added if is_new else self.present)[what] += 1

    def fault(self, path: Path, line: int, reason: str) -> None:
        self.faults.append(f"{path.name}, line {line}: {reason}")

    def lines(self) -> list[str]:
        """One line for each thing that was loaded, in the order of loading."""
        return [
            f"{what}: {self.added[what]} added, {self.present[what]} already there"
            for what in dict.fromkeys([*self.present, *self.added])
        ]


@dataclass(frozen=True)
class Row:
    """One row of a table; a cell is text, empty where nothing is known."""

    path: Path
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def number(self, column: str, *, least: int = 0, most: int = 1_000_000):
        text = self[column]
        if not text:
            return None
        if not (text.isascii() and text.isdigit()):
            raise Misfit(f"{column}: “{text}” is not a number")
        if not least <= int(text) <= most:
            raise Misfit(f"{column}: {text} is not between {least} and {most}")
        return int(text)

    def year(self, column: str) -> int | None:
        return self.number(column, least=1900, most=2100)

    def day(self, column: str) -> date | None:
        try:
            return date.fromisoformat(self[column]) if self[column] else None
        except ValueError:
            raise Misfit(f"{column}: “{self[column]}” is not a day") from None

    def decimal(self, column: str) -> Decimal | None:
        try:
            return Decimal(self[column]) if self[column] else None
        except InvalidOperation:
            raise Misfit(f"{column}: “{self[column]}” is not a number") from None

    def listed(self, column: str) -> list[str]:
        """The parts of a cell that holds a list, parted by semicolons."""
        parts = (part.strip() for part in self[column].split(";"))
        return [part for part in parts if part]


def rows(path: Path, columns: list[str], report: Report) -> Iterator[Row]:
    """The sound rows of a table; the others are named in the report."""
    if not path.exists():
        report.fault(path, 1, "this file is missing")
        return
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        try:
            found = reader.fieldnames or []
        except csv.Error as reason:
            report.fault(path, 1, str(reason))
            return
        if missing := [name for name in columns if name not in found]:
            report.fault(path, 1, f"these columns are missing: {', '.join(missing)}")
            return
        while True:
            try:
                cells = next(reader, None)
                if cells is None:
                    return
                row = Row(path, reader.reader.line_num, _sound(cells))
            except (Misfit, csv.Error) as reason:
                report.fault(path, reader.reader.line_num, str(reason))
            else:
                yield row


def _sound(cells: dict) -> dict[str, str]:
    if None in cells or None in cells.values():
        raise Misfit("this row has more or fewer cells than the first line")
    text = "".join(cells.values())
    if "\ufffd" in text:
        raise Misfit("this row is not written in UTF-8")
    if "\0" in text:
        raise Misfit("this row holds a NUL sign")
    return {column: cell.strip() for column, cell in cells.items()}


@contextmanager
def misfits_named(report: Report, path: Path, line: int = 1) -> Iterator[None]:
    """What is written inside is written whole or, with its reason named, not at all."""
    try:
        with transaction.atomic():
            yield
    except (Misfit, DatabaseError) as reason:
        report.fault(path, line, str(reason))


def load_table(
    path: Path, key: list[str], columns: list[str], load: Callable, report: Report
) -> None:
    """Load each row by itself: one that does not fit is named, the others stay.

    `key`: the columns by which a row is known; one that comes twice is a misfit.
    """
    lines: dict[tuple[str, ...], int] = {}
    for row in rows(path, [*key, *columns], report):
        known_by = tuple(row[column] for column in key)
        with misfits_named(report, path, row.line):
            if known_by in lines:
                raise Misfit(
                    f"“{' '.join(known_by)}” stands in line {lines[known_by]} already"
                )
            lines[known_by] = row.line
            load(row)


def save_checked(instance: models.Model) -> None:
    """Save a new row that keeps every rule of its model; otherwise a Misfit.

    The constraints are left to the database, which has them anyway: asking for each
    before would take most of the time of a load.
    """
    relations = {field.name for field in instance._meta.fields if field.is_relation}
    try:
        instance.clean_fields(exclude=relations)
        instance.clean()
        instance.save(force_insert=True)
    except ValidationError as error:
        raise Misfit(
            "; ".join(
                message if field == NON_FIELD_ERRORS else f"{field}: {message}"
                for field, messages in error.message_dict.items()
                for message in messages
            )
        ) from None
    except IntegrityError as error:
        raise Misfit(_broken_rule(instance, str(error))) from None


def _broken_rule(instance: models.Model, error: str) -> str:
    """What the model says of a constraint that the database names in its own way.

    SQLite names the columns of a broken unique constraint, PostgreSQL the constraint.
    """
    for constraint in instance._meta.constraints:
        columns = [f".{name}" for name in getattr(constraint, "fields", ())]
        if constraint.name in error or (columns and all(c in error for c in columns)):
            return str(constraint.violation_error_message)
    return error


def read_titled(path: Path, report: Report) -> tuple[str, str] | None:
    """Title and text of a file that begins with "# " and the title."""
    try:
        title, _newline, text = path.read_text(encoding="utf-8-sig").partition("\n")
    except FileNotFoundError:
        report.fault(path, 1, "this file is missing")
        return None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        report.fault(path, line, "this file is not written in UTF-8")
        return None
    if not title.startswith("# "):
        report.fault(path, 1, "the first line is no title that begins with “# ”")
        return None
    return title.removeprefix("# ").strip(), text.strip()
