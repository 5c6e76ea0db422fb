"""Staff look at what a side changed after the submission."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from registrations.models.draft import DraftQuerySet
from registrations.models.history import HistoryEntry
from registrations.models.locking import Refused, is_staff, locked
from registrations.models.reviewing import MATTERS

Verb = HistoryEntry.Verb
# From here on staff know how the delegation stood.
OF_NO_SIDE = (HistoryEntry.ActorKind.STAFF, HistoryEntry.ActorKind.SYSTEM)
KNOWN_SINCE = (Verb.SUBMIT, Verb.REOPEN, Verb.LOOK)


class ReviewQuerySet(DraftQuerySet):
    def to_look_at(self):
        """Those that a side changed since staff looked at them."""
        return self.exclude(needs_review_since=None)

    def mark_looked_at(self, *, by) -> int:
        """Staff have seen what the sides changed."""
        return sum(delegation.look_at(by=by) for delegation in self.to_look_at())


class ReviewVerbs(models.Model):
    """Of a delegation: what staff look at again."""

    class Meta:
        abstract = True

    def matters(self, by, changes) -> bool:
        """Whether a side changed something that staff look at."""
        return self.is_live and not is_staff(by) and not MATTERS.isdisjoint(changes)

    def touch_and_mark(self, by, changes) -> None:
        """Note that somebody works at it, and whether staff must look at that.

        In one update: PostgreSQL looks up the edition for a second one of the same
        transaction, and would wait for who has locked it and waits for this row.
        """
        self.saved_at = timezone.now()
        fields = ["saved_at"]
        if self.matters(by, changes):
            self.needs_review_since = timezone.now()
            fields.append("needs_review_since")
        self.save(update_fields=fields)

    def look_at(self, *, by, seen=None) -> bool:
        """Staff have looked at what changed. False: there was nothing to look at.

        `seen`: the instant of the last change that they saw. Raises Refused where
        another one came after it.
        """
        with locked(self):
            if self.needs_review_since is None:
                return False
            same = type(self).objects.filter(
                pk=self.pk, needs_review_since=seen or self.needs_review_since
            )
            if not same.update(needs_review_since=None):
                raise Refused(
                    _("Something changed again meanwhile. Please look once more.")
                )
            self.refresh_from_db(fields=["needs_review_since"])
            self.history.record(self, Verb.LOOK, by=by)
        return True

    def changes_to_look_at(self) -> list[HistoryEntry]:
        """What its sides changed that matters, since staff last knew it."""
        entries = list(self.history.order_by("at", "pk"))
        known = max(
            (i for i, entry in enumerate(entries) if entry.verb in KNOWN_SINCE),
            default=-1,
        )
        return [
            entry
            for entry in entries[known + 1 :]
            if entry.actor_kind not in OF_NO_SIDE
            and not MATTERS.isdisjoint(entry.changes)
        ]
