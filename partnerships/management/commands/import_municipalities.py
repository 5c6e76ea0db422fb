from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, no_translations

from partnerships import directory_import
from partnerships.masterdata import Report
from partnerships.models import Country
from partnerships.official_directory import COLUMNS, read

EXAMPLES = 10


class Command(BaseCommand):
    help = (
        "Compares the municipality directory of the Federal Statistical Office (the "
        "CSV extract AuszugGV) with the German municipalities here, and says what "
        "is new, changed or gone. Nothing is written without --save, and what is "
        "gone is never deleted. Bad lines are named, and the others are taken."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--save", action="store_true", help="write what is new and changed"
        )

    @no_translations
    def handle(self, *args, file, save, **options):
        self._check(file)
        report = Report()
        entries = read(file, report)
        comparison = directory_import.compare(entries, file, report)
        if options["verbosity"] > 0:
            self._show(comparison, everything=options["verbosity"] > 1)
        if save:
            directory_import.save(comparison)
        elif options["verbosity"] > 0:
            self.stdout.write("Nothing was written. Add --save to write it.")
        if report.faults:
            raise CommandError(
                "These were left out:\n" + "\n".join(map(str, report.faults))
            )

    def _check(self, file):
        """A file of another form or encoding is refused as a whole, in one line."""
        if not Country.objects.filter(iso2="DE").exists():
            raise CommandError("Germany is missing: run “manage.py seed” first.")
        try:
            first, _newline, _rest = file.read_text(encoding="utf-8-sig").partition(
                "\n"
            )
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from None
        except UnicodeDecodeError:
            raise CommandError(f"{file} is not written in UTF-8.") from None
        missing = [name for name in COLUMNS if name not in first.strip().split(",")]
        if missing:
            raise CommandError(
                f"{file} is not the municipality directory as CSV with commas: its "
                f"first line lacks {', '.join(missing)}."
            )

    def _show(self, comparison, *, everything):
        most = None if everything else EXAMPLES
        self._list("new", [_described(entry) for entry in comparison.new], most)
        self._list(
            "changed",
            [
                f"{row.name} ({row.where}): "
                + ", ".join(
                    f"{name} “{_plain(getattr(row, name))}” → “{_plain(value)}”"
                    for name, value in changes.items()
                )
                for row, changes in comparison.changed
            ],
            most,
        )
        gone = [f"{row.name} ({row.where}), {row.ags}" for row in comparison.gone]
        self._list("gone, and kept", gone, most)
        self.stdout.write(f"unchanged: {comparison.same}")

    def _list(self, title, lines, most):
        self.stdout.write(f"{title}: {len(lines)}")
        for line in lines[:most]:
            self.stdout.write(f"  {line}")
        if most is not None and len(lines) > most:
            self.stdout.write("  …")


def _described(entry) -> str:
    where = ", ".join(part for part in (entry.kreis, entry.land) if part)
    return f"{entry.name} ({where}), {entry.kind}, {entry.ags}"


def _plain(value) -> str:
    return "" if value is None else str(value)
