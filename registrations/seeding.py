"""Loads the words of the letters from `data/letters/`, one file per kind and language.

A text that is there is never touched: it belongs to staff from then on.
"""

from pathlib import Path

from django.conf import settings

from partnerships.masterdata import Report, misfits_named, read_titled, save_checked
from registrations.models import Letter, LetterText

LETTERS = Path(__file__).parent / "data" / "letters"


def load(report: Report | None = None) -> None:
    """Add what is missing. German is needed, other languages may follow later."""
    report = report or Report()
    for language, _name in settings.LANGUAGES:
        for kind in Letter.Kind:
            path = LETTERS / f"{kind}.{language}.txt"
            if path.exists() or language == settings.LANGUAGE_CODE:
                with misfits_named(report, path):
                    _load(path, kind, language, report)


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
