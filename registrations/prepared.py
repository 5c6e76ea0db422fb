"""What sending the prepared decisions of a conference would do now, looked at first.

It asks the same questions as the verbs, in the order of sending, and costs the same
number of queries however many are prepared. The verbs have the last word.
"""

import hashlib
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.translation import gettext as _

from registrations import letters, places
from registrations.models import Delegation, Letter, PreparedDecision

Verdict = PreparedDecision.Verdict
KINDS = {
    Verdict.APPROVE: (Letter.Kind.APPROVED, Delegation.State.APPROVED),
    Verdict.DECLINE: (Letter.Kind.DECLINED, Delegation.State.DECLINED),
}


@dataclass(frozen=True)
class Shown:
    """A letter that will go, as its reader will see it."""

    letter: Letter
    mail: letters.Mail


@dataclass
class Outlook:
    """Which prepared decisions can be sent now, with which letters, and which not."""

    ready: list[PreparedDecision] = field(default_factory=list)
    held_back: list[tuple[PreparedDecision, str]] = field(default_factory=list)
    letters: list[Shown] = field(default_factory=list)

    @property
    def languages(self) -> list[tuple[str, list[Shown]]]:
        """The letters of each language, approvals first."""
        by_language = sorted(self.letters, key=lambda shown: shown.letter.language)
        groups = groupby(by_language, key=lambda shown: shown.letter.language)
        return [(language, list(group)) for language, group in groups]

    @property
    def seen(self) -> str:
        """Another word as soon as anything that is shown is another."""
        words = [(one.pk, one.verdict, str(one.prepared_at)) for one in self.ready]
        mails = [(one.letter.side_id, one.mail) for one in self.letters]
        return hashlib.sha256(repr((words, mails)).encode()).hexdigest()


def outlook(edition) -> Outlook:
    """Decide on paper, one after the other, as sending will."""
    rows = PreparedDecision.objects.filter(delegation__edition=edition)
    found = Outlook()
    taken = places.held(edition)
    queue = list(edition.delegations.waiting())
    texts = letters.texts_of(edition.pk, *(kind for kind, _state in KINDS.values()))
    for row in rows.with_delegations():
        delegation = row.delegation
        why = row.why_outdated() or _why_not(row, edition, taken, queue)
        shown = [] if why else _letters(row, texts)
        if shown is None:
            why = _("There is no text for this letter yet. Please write one first.")
        if why or shown is None:
            found.held_back.append((row, why))
            continue
        found.ready.append(row)
        found.letters += shown
        if row.verdict == Verdict.APPROVE and delegation in queue:
            queue.remove(delegation)
            taken += delegation.planned_places()
    return found


def _why_not(row, edition, taken, queue) -> str:
    if row.verdict == Verdict.DECLINE:
        return row.delegation.why_not_decline(row.reason)
    first = queue[0] if queue else None
    return row.delegation.why_not_approve(edition, row.reason, taken=taken, first=first)


def _letters(row, texts) -> list[Shown] | None:
    """None: somebody would get a letter without words."""
    kind, state = KINDS[Verdict(row.verdict)]
    context = {"state": state, "position": None, "reason": row.reason}
    shown = []
    for side in row.delegation.readers(kind):
        letter = Letter(side=side, kind=kind, language=side.language, context=context)
        try:
            shown.append(Shown(letter, letters.rendered(letter, texts)))
        except letters.NoText:
            return None
    return shown
