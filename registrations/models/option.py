import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models.question import Question


def draw_key() -> str:
    return secrets.token_hex(4)


class Option(models.Model):
    """One of the answers that a question offers."""

    question = models.ForeignKey(
        Question, models.CASCADE, related_name="options", verbose_name=_("question")
    )
    key = models.CharField(
        _("short name"), max_length=20, default=draw_key, editable=False
    )
    label = models.CharField(_("answer"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_offered = models.BooleanField(
        _("offered"),
        default=True,
        help_text=_("Untick it to offer it no more; who chose it keeps it."),
    )

    class Meta:
        ordering = ["question_id", "order", "pk"]
        verbose_name = _("answer to choose")
        verbose_name_plural = _("answers to choose")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "key"], name="registrations_option_one_per_key"
            )
        ]

    def __str__(self):
        return self.label
