"""What others wrote about somebody in a delegation, and how it forgets the name."""

import json
import re

from registrations.harmless import harmless
from registrations.models import HistoryEntry, Letter, PreparedDecision, Request

# Shorter words are names as well, but they stand in every sentence.
LEAST_SIGNS = 2


class Names:
    """The names, addresses and numbers of people, to be found in free texts."""

    def __init__(self, *texts: str):
        said = {harmless(text).casefold() for text in texts}
        words = sorted(re.escape(text) for text in said if len(text) >= LEAST_SIGNS)
        self.pattern = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")
        self.are_any = bool(words)

    @classmethod
    def of(cls, *, people=(), side=None) -> "Names":
        found: list[str] = []
        for person in people:
            found += [person.full_name, person.given_names, person.family_name]
            found += [person.email]
        if side:
            found += [side.contact_name, *side.contact_name.split()[-1:]]
            found += [side.contact_email, side.contact_phone]
        return cls(*found)

    def stand_in(self, value) -> bool:
        """Whether a text, or what JSON holds, names one of them."""
        text = (
            value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        )
        return self.are_any and bool(self.pattern.search(harmless(text).casefold()))


def forget(delegation, names: Names) -> None:
    """Take away the texts that name them; that something was written stays."""
    _forget_in_letters(delegation, names)
    _forget_in(Request.objects.filter(side__delegation=delegation), names)
    _forget_in(PreparedDecision.objects.filter(delegation=delegation), names)
    named = [
        line.pk for line in delegation.history.all() if names.stand_in(line.reason)
    ]
    HistoryEntry.objects.filter(pk__in=named).without_reasons()
    if names.stand_in(delegation.note):
        type(delegation).objects.filter(pk=delegation.pk).update(note="")
        delegation.note = ""


def _forget_in(rows, names) -> None:
    for row in rows:
        for field in ("text", "reason"):
            if names.stand_in(getattr(row, field, "")):
                rows.filter(pk=row.pk).update(**{field: ""})


def _forget_in_letters(delegation, names) -> None:
    """One that still has to go out loses only what was typed."""
    for letter in Letter.objects.filter(side__delegation=delegation):
        kept = {k: v for k, v in letter.context.items() if not names.stand_in(v)}
        changes: dict = {} if kept == letter.context else {"context": kept}
        if any(names.stand_in(text) for text in (letter.subject, letter.body)):
            changes |= {"subject": "", "body": ""}
        for field in ("error", "sent_to"):
            if names.stand_in(getattr(letter, field)):
                changes[field] = ""
        if changes:
            Letter.objects.filter(pk=letter.pk).update(**changes)
