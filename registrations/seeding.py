"""Loads the words of the letters, and when reminders are written.

The words stand in `data/letters/`, one file per kind and language. A text that is there
is never touched, nor are rules of reminders: they belong to staff from then on.
"""

from pathlib import Path

from django.conf import settings

from partnerships.masterdata import (
    Report,
    misfits_named,
    read_titled,
    rows,
    save_checked,
)
from registrations.models import Letter, LetterText, ReminderRule

DATA = Path(__file__).parent / "data"
LETTERS = DATA / "letters"
REMINDERS = DATA / "reminders.csv"


def load(report: Report | None = None) -> None:
    """Add what is missing. German is needed, other languages may follow later."""
    report = report or Report()
    for language, _name in settings.LANGUAGES:
        for kind in Letter.Kind:
            path = LETTERS / f"{kind}.{language}.txt"
            if path.exists() or language == settings.LANGUAGE_CODE:
                with misfits_named(report, path):
                    _load(path, kind, language, report)
    _load_rules(report)


def _load_rules(report: Report) -> None:
    """The set that is there is never added to: staff may have made it smaller."""
    known = ReminderRule.objects.filter(edition=None)
    is_new = not known.exists()
    for row in rows(REMINDERS, ["what", "days", "deadline"], report):
        with misfits_named(report, REMINDERS, row.line):
            if is_new:
                days = row.number("days", most=365)
                deadline = row["deadline"]
                save_checked(
                    ReminderRule(what=row["what"], days=days, deadline=deadline)
                )
            report.count("rules of reminders", is_new=is_new)


def _load(path: Path, kind: str, language: str, report: Report) -> None:
    text = LetterText(kind=kind, language=language)
    known = LetterText.objects.filter(kind=kind, language=language, edition=None)
    is_new = not known.exists()
    if is_new:
        found = read_titled(path, report)
        if found is None:
            return
        text.subject, text.body = found
        save_checked(text)
    report.count("texts of letters", is_new=is_new)
