from django.conf import settings
from django.db import models, transaction
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
        "german_online",
        "partner_online",
        "german_held",
        "partner_held",
        "partnership",
        "german_municipality",
        "edition",
        "rule",
        "granted",
        "letter",
        "people",
        "on_behalf",
        "side",
        "people_added",
        "people_replaced",
        "people_taken_out",
        "roles_changed",
        "partner_contact",
        "verdict",
        "capacity_people",
        "capacity_german",
        "capacity_partner",
        "capacity_delegations",
        "answers",
        "part",
        "session",
    }
)


class HistoryQuerySet(models.QuerySet["HistoryEntry"]):
    def record(self, delegation, verb, *, by=None, reason="", changes=None):
        """Add one line. `by`: a Side, a user of the admin, or None for the clock."""
        changes = changes or {}
        if unknown := set(changes) - RECORDED:
            raise ValueError(f"not to be recorded: {sorted(unknown)}")
        kind = HistoryEntry.ActorKind.of(by)
        return self.create(
            delegation=delegation,
            actor_kind=kind,
            actor=by if kind == HistoryEntry.ActorKind.STAFF else None,
            verb=verb,
            reason=reason,
            changes=changes,
        )

    @transaction.atomic
    def without_reasons(self) -> None:
        """Put the same lines without their reasons in the place of these.

        No line can be changed, and a reason may name somebody who is erased.
        """
        lines = list(self.exclude(reason=""))
        HistoryEntry.objects.filter(pk__in=[line.pk for line in lines]).delete()
        for line in lines:
            line.pk, line.reason = None, ""
        HistoryEntry.objects.bulk_create(lines)


class HistoryEntry(models.Model):
    """What happened to a delegation, when, by whom and why: one line for ever.

    A trigger in both databases refuses to change a line; lines go only together
    with their delegation.
    """

    class ActorKind(models.TextChoices):
        GERMAN = "german", _("German side")
        PARTNER = "partner", _("partner side")
        PERSON = "person", _("the person itself")
        STAFF = "staff", _("staff")
        SYSTEM = "system", _("the site itself")

        @classmethod
        def of(cls, actor):
            """`actor`: a Side, a Participant, a user of the admin; None: the clock."""
            if actor is None:
                return cls.SYSTEM
            if hasattr(actor, "family_name"):
                return cls.PERSON
            return cls(actor.which) if hasattr(actor, "which") else cls.STAFF

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
        OFFER = "offer", _("places offered")
        TAKE_OFFER = "take_offer", _("offer taken")
        DECLINE_OFFER = "decline_offer", _("offer turned down")
        EXPIRE_OFFER = "expire_offer", _("offer not answered in time")
        WITHDRAW_OFFER = "withdraw_offer", _("offer withdrawn")
        PASS_OVER = "pass_over", _("passed over")
        ASK_AGAIN = "ask_again", _("no longer passed over")
        PREPARE = "prepare", _("decision prepared")
        TAKE_BACK = "take_back", _("prepared decision taken back")
        LOOK = "look", _("changes looked at")
        SECOND = "second", _("second registration turned away")
        REMIND = "remind", _("reminded of what is missing")
        INVITE = "invite", _("partner written to")
        COME = "come", _("partner says that it comes")
        DECLINE_TO_COME = "decline_to_come", _("partner says that it does not come")
        HAND_OVER = "hand_over", _("handed over to a colleague")
        ANSWER_QUESTIONS = "answer_questions", _("questions answered")
        SECOND_STAGE = "second_stage", _("second stage answered")
        CHOOSE = "choose", _("workshops wished for")
        SEAT = "seat", _("place in a workshop given")
        UNSEAT = "unseat", _("place in a workshop taken back")
        READ_SENSITIVE = "read_sensitive", _("sensitive data read")
        ERASE_PERSON = "erase_person", _("person erased on request")
        ERASE_SIDE = "erase_side", _("side erased on request")

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
