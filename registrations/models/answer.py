from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registrations.models.question import Question


class Answer(models.Model):
    """What a delegation, a side or a person answered, and to which words.

    A question may be worded anew later: the answer keeps the question as it was
    read, and its own value in words.
    """

    question = models.ForeignKey(
        Question,
        models.PROTECT,
        related_name="answers",
        verbose_name=_("question"),
    )
    delegation = models.ForeignKey(
        "registrations.Delegation",
        models.CASCADE,
        related_name="answers",
        verbose_name=_("delegation"),
    )
    side = models.ForeignKey(
        "registrations.Side",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("side"),
    )
    participant = models.ForeignKey(
        "registrations.Participant",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("participant"),
    )
    value = models.JSONField(_("value"))
    wording = models.CharField(_("question as it was asked"), max_length=200)
    words = models.TextField(_("answer in words"))
    answered_at = models.DateTimeField(_("answered at"), default=timezone.now)

    class Meta:
        ordering = ["delegation_id", "pk"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "delegation"],
                condition=Q(side=None, participant=None),
                name="registrations_answer_one_of_a_delegation",
            ),
            models.UniqueConstraint(
                fields=["question", "side"],
                condition=Q(participant=None),
                name="registrations_answer_one_of_a_side",
            ),
            models.UniqueConstraint(
                fields=["question", "participant"],
                name="registrations_answer_one_of_a_person",
            ),
            models.CheckConstraint(
                condition=Q(participant=None) | Q(side__isnull=False),
                name="registrations_answer_of_a_person_names_the_side",
            ),
        ]

    def __str__(self):
        return f"{self.wording} {self.words}"
