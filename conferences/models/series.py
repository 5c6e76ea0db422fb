from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.models import Region


class Series(models.Model):
    """The conferences of one region, numbered from the first."""

    region = models.OneToOneField(
        Region, models.PROTECT, related_name="series", verbose_name=_("world region")
    )
    slug = models.SlugField(_("word in the address"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=120)
    lead = models.TextField(_("in one sentence"), blank=True)
    text = models.TextField(_("text"), blank=True)
    rhythm_years = models.PositiveSmallIntegerField(
        _("rhythm in years"),
        null=True,
        blank=True,
        help_text=_("Empty: by a rhythm of its own, nothing is expected."),
    )

    class Meta:
        ordering = ["region__order"]
        verbose_name = _("conference series")
        verbose_name_plural = _("series of conferences")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("conferences:series", args=[self.slug])

    def expected_year(self, editions, on=None) -> int | None:
        """The year in which the rhythm lets expect the next edition.

        `editions`: the published ones of this series. None where there is no
        rhythm, where that year is past, or where a next one is announced.
        """
        today = on or timezone.localdate()
        counted = [edition for edition in editions if not edition.is_demonstration]
        if not self.rhythm_years or not counted:
            return None
        if any(edition.is_announced(today) for edition in counted):
            return None
        year = max(edition.year for edition in counted) + self.rhythm_years
        return year if year >= today.year else None
