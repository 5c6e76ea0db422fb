from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registrations.models.history import HistoryEntry
from registrations.models.letter import Letter


class RequestQuerySet(models.QuerySet):
    def unanswered(self):
        return self.filter(answered_at=None)

    @transaction.atomic
    def ask(self, side, kind, text, rule=""):
        """Put a question to the organiser; one open question of a kind and rule."""
        row, is_new = self.get_or_create(
            side=side, kind=kind, rule=rule, answered_at=None, defaults={"text": text}
        )
        if is_new:
            side.delegation.history.record(
                side.delegation,
                HistoryEntry.Verb.ASK,
                by=side,
                changes={"rule": rule} if rule else {},
            )
        return row


class Request(models.Model):
    """A side asks the organiser: to be admitted, or to change after the deadline."""

    class Kind(models.TextChoices):
        ADMISSION = "admission", _("admission")
        CHANGE = "change", _("change")

    class Rule(models.TextChoices):
        """The rules of an edition that staff may lift; a capacity is none of them."""

        COUNTRY = "country", _("country of the conference")
        ODA = "oda", _("country on the DAC list")
        GERMAN_MOST = "german_most", _("German people at most")
        PARTNER_MOST = "partner_most", _("people of the partner at most")
        PARTNER = "partner", _("comes with a partner")

    side = models.ForeignKey(
        "registrations.Side",
        models.CASCADE,
        related_name="requests",
        verbose_name=_("side"),
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    rule = models.CharField(_("rule"), max_length=12, choices=Rule, blank=True)
    text = models.TextField(_("text"), max_length=4000)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    granted = models.BooleanField(_("granted"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = [F("answered_at").asc(nulls_first=True), "asked_at", "pk"]
        verbose_name = _("request to the organiser")
        verbose_name_plural = _("requests to the organiser")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, granted=None)
                | Q(answered_at__isnull=False, granted__isnull=False),
                name="registrations_request_answered_or_not",
            ),
            models.CheckConstraint(
                condition=Q(kind="change", rule="")
                | (Q(kind="admission") & ~Q(rule="")),
                name="registrations_request_admission_names_a_rule",
            ),
            models.UniqueConstraint(
                fields=["side", "kind", "rule"],
                condition=Q(answered_at=None),
                name="registrations_request_one_open",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.side}"

    @transaction.atomic
    def answer(self, *, granted: bool, reason: str, by) -> bool:
        """Grant or refuse, and say so in a letter. False: it was answered before."""
        now = timezone.now()
        if not Request.objects.filter(pk=self.pk, answered_at=None).update(
            answered_at=now, granted=granted, reason=reason
        ):
            return False
        self.refresh_from_db()
        self.side.delegation.history.record(
            self.side.delegation,
            HistoryEntry.Verb.ANSWER,
            by=by,
            reason=reason,
            changes={"granted": granted, "rule": self.rule},
        )
        kind = Letter.Kind.REQUEST_GRANTED if granted else Letter.Kind.REQUEST_REFUSED
        Letter.objects.write(self.side, kind, reason=reason, request=self.text)
        return True
