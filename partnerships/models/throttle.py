"""How often somebody did something lately, without saying who."""

import secrets
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _


def new_secret() -> str:
    return secrets.token_hex(32)


class ThrottleKeyQuerySet(models.QuerySet["ThrottleKey"]):
    def of(self, day: date) -> bytes:
        """The key of a day. Two machines that ask together agree on one."""
        found = self.filter(day=day).values_list("secret", flat=True)
        secret = found.first()
        if secret is None:
            self.bulk_create([self.model(day=day)], ignore_conflicts=True)
            secret = found.get()
        return bytes.fromhex(secret)


class ThrottleKey(models.Model):
    """What addresses are hashed with on one day; then it is thrown away.

    Without it, nobody can try out which address a hash belongs to.
    """

    day = models.DateField(_("day"), unique=True)
    secret = models.CharField(_("key"), max_length=64, default=new_secret)

    objects = ThrottleKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of a day")
        verbose_name_plural = _("keys of days")
        default_permissions = ()

    def __str__(self):
        return str(self.day)


class ThrottleCountQuerySet(models.QuerySet["ThrottleCount"]):
    def count_up(self, *, most: int, **window) -> bool:
        """Once more, if it is not too often; decided by the database, in one update."""
        more = self.filter(**window, count__lt=most)
        if more.update(count=F("count") + 1):
            return True
        self.bulk_create([self.model(**window)], ignore_conflicts=True)
        return bool(more.update(count=F("count") + 1))


class ThrottleCount(models.Model):
    """How often one did one thing within one span of time."""

    purpose = models.CharField(_("what"), max_length=20)
    who = models.CharField(_("hash of who"), max_length=64)
    begins_at = models.DateTimeField(_("since"))
    count = models.PositiveIntegerField(_("how often"), default=0)

    objects = ThrottleCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("throttle")
        verbose_name_plural = _("throttles")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "who", "begins_at"],
                name="partnerships_throttlecount_one_per_span",
            )
        ]

    def __str__(self):
        return f"{self.purpose}: {self.count}"


def forget_throttles(at: datetime, *, dry_run: bool = False) -> int:
    """Drop what is older than a day, keys and counts; returns how many rows."""
    yesterday = at - timedelta(days=1)
    old = (
        ThrottleCount.objects.filter(begins_at__lt=yesterday),
        ThrottleKey.objects.filter(day__lt=yesterday.date()),
    )
    return sum(rows.count() if dry_run else rows.delete()[0] for rows in old)
