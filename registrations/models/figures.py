"""What remains of the delegations of an edition once nobody is named any more."""

from django.db import models
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.models import Edition
from registrations.models.side import Side

# Nobody at all is none.
SUMS = {name: Sum(name, default=0) for name in ("planned", "online")}


class EditionFiguresManager(models.Manager["EditionFigures"]):
    def freeze(self, edition) -> bool:
        """Count once, under the lock of the edition. False: it was counted before."""
        counts = EditionFigures.counted(edition)
        _row, is_new = self.get_or_create(edition=edition, defaults=counts)
        return is_new


class EditionFigures(models.Model):
    """How many were approved, counted before the people of an edition are erased.

    Counted once: what is erased or corrected later changes nothing in it.
    """

    edition = models.OneToOneField(
        Edition,
        models.PROTECT,
        related_name="frozen_figures",
        verbose_name=_("conference"),
    )
    people = models.PositiveIntegerField(_("people"))
    german = models.PositiveIntegerField(_("people of the German sides"))
    partner = models.PositiveIntegerField(_("people of the partner sides"))
    online = models.PositiveIntegerField(_("people online"))
    delegations = models.PositiveIntegerField(_("delegations"))
    partnerships = models.PositiveIntegerField(_("partnerships"))
    countries = models.PositiveIntegerField(_("partner countries"))
    frozen_at = models.DateTimeField(_("counted at"), default=timezone.now)

    objects = EditionFiguresManager()

    class Meta:
        ordering = ["-edition__year", "edition"]
        verbose_name = _("figures of a past conference")
        verbose_name_plural = _("figures of past conferences")
        default_permissions = ("view",)

    def __str__(self):
        return str(self.edition)

    @staticmethod
    def counted(edition) -> dict[str, int]:
        """What is true of its approved delegations now; places count, not names."""
        approved = edition.delegations.filter(state="approved").order_by()
        sides = Side.objects.filter(delegation__in=approved)
        german = sides.filter(which=Side.Which.GERMAN).aggregate(**SUMS)
        partner = sides.filter(which=Side.Which.PARTNER).aggregate(**SUMS)
        partnerships = approved.exclude(partnership=None)
        coming = partnerships.filter(
            sides__which=Side.Which.PARTNER, sides__planned__gt=0
        )
        return {
            "german": german["planned"],
            "partner": partner["planned"],
            "people": german["planned"] + partner["planned"],
            "online": german["online"] + partner["online"],
            "delegations": approved.count(),
            "partnerships": partnerships.values("partnership").distinct().count(),
            "countries": coming.values("partnership__partner__country")
            .distinct()
            .count(),
        }
