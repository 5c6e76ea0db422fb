from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(days=400)


class NightlyRunQuerySet(models.QuerySet["NightlyRun"]):
    def finish(self, figures: dict[str, int]) -> "NightlyRun":
        """Note that a run is done, and forget those of more than a year ago."""
        self.filter(ended_at__lt=timezone.now() - KEPT).delete()
        return self.create(figures=figures)


class NightlyRun(models.Model):
    """That the work of one night was done, on whichever machine.

    In the database: each machine sees whether it was done at all.
    """

    ended_at = models.DateTimeField(_("ended at"), default=timezone.now)
    figures = models.JSONField(_("figures"), default=dict)

    objects = NightlyRunQuerySet.as_manager()

    class Meta:
        ordering = ["-ended_at"]
        get_latest_by = "ended_at"
        verbose_name = _("nightly run")
        verbose_name_plural = _("nightly runs")

    def __str__(self):
        return f"{self.ended_at:%Y-%m-%d %H:%M}"
