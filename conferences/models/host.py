from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conferences.models.edition import Edition
from partnerships.models import Municipality, Partnership


class Host(models.Model):
    """Who receives a conference: a partnership, or one municipality."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="hosts", verbose_name=_("conference")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    partnership = models.ForeignKey(
        Partnership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted",
        verbose_name=_("partnership"),
    )
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted",
        verbose_name=_("municipality"),
    )

    class Meta:
        ordering = ["edition", "order"]
        verbose_name = _("host")
        verbose_name_plural = _("hosts")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "order"], name="conferences_host_order"
            ),
            models.CheckConstraint(
                condition=Q(partnership=None, municipality__isnull=False)
                | Q(partnership__isnull=False, municipality=None),
                name="conferences_host_partnership_or_municipality",
                violation_error_message=_(
                    "Choose a partnership or a municipality: one of the two."
                ),
            ),
        ]

    def __str__(self):
        return str(self.partnership or self.municipality)
