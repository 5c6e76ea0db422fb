from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Only these fields may stand in `changes`: none of them says anything about a person.
RECORDED = frozenset(
    {
        "state",
        "kind",
        "queue_number",
        "german_planned",
        "partner_planned",
        "german_held",
        "partner_held",
        "partnership",
        "german_municipality",
        "edition",
        "rule",
        "granted",
        "letter",
        "people",
        "capacity_people",
        "capacity_german",
        "capacity_partner",
        "capacity_delegations",
    }
)


class HistoryQuerySet(models.QuerySet):
    def record(self, delegation, verb, *, by=None, reason="", changes=None):
        """Add one line. `by`: a Side, a user of the admin, or None for the clock."""
        changes = changes or {}
        if unknown := set(changes) - RECORDED:
            raise ValueError(f"not to be recorded: {sorted(unknown)}")
        kind, user = HistoryEntry.ActorKind.SYSTEM, None
        if by is not None:
            if hasattr(by, "which"):
                kind = HistoryEntry.ActorKind(by.which)
            else:
                kind, user = HistoryEntry.ActorKind.STAFF, by
        return self.create(
            delegation=delegation,
            actor_kind=kind,
            actor=user,
            verb=verb,
            reason=reason,
            changes=changes,
        )


class HistoryEntry(models.Model):
    """What happened to a delegation, when, by whom and why: one line for ever.

    A trigger in both databases refuses to change a line; lines go only together
    with their delegation.
    """

    class ActorKind(models.TextChoices):
        GERMAN = "german", _("German side")
        PARTNER = "partner", _("partner side")
        STAFF = "staff", _("staff")
        SYSTEM = "system", _("the site itself")

    class Verb(models.TextChoices):
        START = "start", _("begun")
        SUBMIT = "submit", _("submitted")
        APPROVE = "approve", _("approved")
        DECLINE = "decline", _("declined")
        WITHDRAW = "withdraw", _("withdrawn")
        REOPEN = "reopen", _("reopened")
        CHANGE_NUMBER = "change_number", _("number of people changed")
        CHANGE_PEOPLE = "change_people", _("people changed")
        CHANGE_CONTACT = "change_contact", _("contact changed")
        CHANGE_PARTNERSHIP = "change_partnership", _("partnership changed")
        CONFIRM = "confirm", _("address confirmed")
        ASK = "ask", _("organiser asked")
        ANSWER = "answer", _("request answered")
        SEND_LINK = "send_link", _("new link sent")
        SECOND = "second", _("second registration turned away")
        REMIND = "remind", _("reminded of what is missing")

    delegation = models.ForeignKey(
        "registrations.Delegation",
        models.CASCADE,
        related_name="history",
        verbose_name=_("delegation"),
    )
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    actor_kind = models.CharField(_("by"), max_length=8, choices=ActorKind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("member of staff"),
    )
    verb = models.CharField(_("what"), max_length=20, choices=Verb)
    reason = models.TextField(_("reason"), blank=True)
    changes = models.JSONField(_("changes"), default=dict, blank=True)

    objects = HistoryQuerySet.as_manager()

    class Meta:
        ordering = ["delegation_id", "at", "pk"]
        verbose_name = _("line of the history")
        verbose_name_plural = _("history")

    def __str__(self):
        return f"{self.get_verb_display()} ({self.get_actor_kind_display()})"
