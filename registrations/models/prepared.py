from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.models.history import HistoryEntry
from registrations.models.locking import Refused, locked


class PreparedQuerySet(models.QuerySet["PreparedDecision"]):
    def prepare(self, delegation, verdict, *, by, reason=""):
        """Note what staff mean to decide; the one before is replaced.

        No letter is written, and the state stays. Raises Refused where the state
        does not allow this decision.
        """
        with locked(delegation):
            if why := PreparedDecision.Verdict(verdict).why_not(delegation):
                raise Refused(why)
            row, _is_new = self.update_or_create(
                delegation=delegation,
                defaults={
                    "verdict": verdict,
                    "reason": reason,
                    "prepared_by": by,
                    "prepared_at": timezone.now(),
                },
            )
            delegation.history.record(
                delegation,
                HistoryEntry.Verb.PREPARE,
                by=by,
                reason=reason,
                changes={"verdict": verdict},
            )
        return row

    def with_delegations(self):
        """With all that their letters name, and in the order in which they are sent.

        Approvals come first: places that a decision frees are offered at once to who
        waits, and are not there for an approval after it.
        """
        rows = self.select_related(
            "prepared_by",
            "delegation__edition__series__region",
            "delegation__german_municipality__country",
            "delegation__partnership__german__country",
            "delegation__partnership__partner__country",
        ).prefetch_related("delegation__sides")
        return rows.order_by(
            "verdict",
            models.F("delegation__queue_number").asc(nulls_first=True),
            "delegation__submitted_at",
            "pk",
        )


class PreparedDecision(models.Model):
    """What staff mean to decide on a delegation; nobody outside knows of it yet."""

    class Verdict(models.TextChoices):
        """The verbs of a delegation that are prepared first, in their order."""

        APPROVE = "approve", gettext_lazy("approval")
        DECLINE = "decline", gettext_lazy("refusal")

        def why_not(self, delegation) -> str:
            """Why the state does not allow it; empty where it does."""
            if self == self.APPROVE:
                return delegation.why_state_forbids_approving()
            return delegation.why_state_forbids_declining()

    delegation = models.OneToOneField(
        "registrations.Delegation",
        models.CASCADE,
        related_name="prepared",
        verbose_name=gettext_lazy("delegation"),
    )
    verdict = models.CharField(gettext_lazy("decision"), max_length=7, choices=Verdict)
    reason = models.TextField(gettext_lazy("reason"), blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=gettext_lazy("prepared by"),
    )
    prepared_at = models.DateTimeField(gettext_lazy("prepared at"))

    objects = PreparedQuerySet.as_manager()

    class Meta:
        ordering = ["prepared_at", "pk"]
        verbose_name = gettext_lazy("prepared decision")
        verbose_name_plural = gettext_lazy("prepared decisions")

    def __str__(self):
        return str(self.delegation)

    @property
    def is_outdated(self) -> bool:
        """Whether a side changed what matters since; looking at it ends that."""
        changed_at = self.delegation.needs_review_since
        return changed_at is not None and changed_at > self.prepared_at

    def why_outdated(self) -> str:
        if not self.is_outdated:
            return ""
        return _(
            "The delegation has changed since this was prepared. Please look at the "
            "changes first."
        )

    def send(self, *, by) -> bool:
        """Carry it out by the delegation's own verb, and its letters go.

        Two members of staff may send at the same moment: who comes second finds no
        row. False: it was sent or taken back meanwhile. Raises Refused, and it stays
        prepared, where the verb refuses or it is not what the sender has seen.
        """
        with locked(self.delegation):
            row = PreparedDecision.objects.filter(pk=self.pk).first()
            if row is None:
                return False
            if row.prepared_at != self.prepared_at:
                raise Refused(_("It has been prepared anew. Please look once more."))
            if why := self.why_outdated():
                raise Refused(why)
            getattr(self.delegation, row.verdict)(by=by, reason=row.reason)
        return True

    def take_back(self, *, by) -> bool:
        """Nothing was sent, and nothing will be. False: it is gone already."""
        with locked(self.delegation):
            if not PreparedDecision.objects.filter(pk=self.pk).delete()[0]:
                return False
            self.delegation.history.record(
                self.delegation, HistoryEntry.Verb.TAKE_BACK, by=by
            )
        return True
