from datetime import timedelta
from itertools import groupby

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# The minute that is shown is included, as with every time that ends something.
LAST_MINUTE = timedelta(minutes=1)


class OfferQuerySet(models.QuerySet["Offer"]):
    def running(self):
        return self.filter(ended_at=None)

    def overdue(self, at=None):
        """Those that nobody has answered in time, and nobody has ended yet."""
        latest = (at or timezone.now()) - LAST_MINUTE
        return self.running().filter(expires_at__lte=latest)

    def expire(self, at=None) -> int:
        """End what is overdue; in each conference the next are asked after all ended.

        Else who waits longest could be left out: asked for what one offer gives back
        by itself it would get no more than it once declined.
        """
        overdue = self.overdue(at).select_related("delegation")
        in_order = overdue.order_by(
            "delegation__edition", "expires_at", "delegation__queue_number"
        )
        delegations = [offer.delegation for offer in in_order]
        together = groupby(delegations, key=lambda delegation: delegation.edition_id)
        return sum(_expire(list(group), at) for _edition, group in together)


@transaction.atomic
def _expire(delegations, at) -> int:
    """Of one conference, whose row stays locked from the first to the last."""
    ended = sum(delegation.expire_offer(at=at) for delegation in delegations)
    if ended:
        delegations[-1].ask_the_next()
    return ended


class Offer(models.Model):
    """Freed places, held for a waiting delegation until it answers or the time ends.

    As it was made; what is still held stands in `Side.held`.
    """

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("taken")
        TAKEN_FEWER = "taken_fewer", _("taken with fewer people")
        DECLINED = "declined", _("turned down")
        EXPIRED = "expired", _("not answered in time")
        WITHDRAWN = "withdrawn", _("withdrawn by staff")
        GONE = "gone", _("the delegation was withdrawn")

    delegation = models.ForeignKey(
        "registrations.Delegation",
        models.CASCADE,
        related_name="offers",
        verbose_name=_("delegation"),
    )
    german = models.PositiveSmallIntegerField(_("German places"))
    partner = models.PositiveSmallIntegerField(_("partner's places"))
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by hand by"),
    )
    expires_at = models.DateTimeField(_("to be answered by"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    asked_above = models.PositiveIntegerField(
        _("asked again once more is free than"), null=True, blank=True
    )

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.UniqueConstraint(
                fields=["delegation"],
                condition=Q(ended_at=None),
                name="registrations_offer_one_runs",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="")
                | (Q(ended_at__isnull=False) & ~Q(outcome="")),
                name="registrations_offer_ended_or_not",
            ),
            models.CheckConstraint(
                condition=Q(german__gte=1),
                name="registrations_offer_one_german_at_least",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="registrations_offer_expires_after_it_is_made",
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_at"],
                condition=Q(ended_at=None),
                name="registrations_offer_running",
            )
        ]

    def __str__(self):
        return f"{self.german} + {self.partner}, {self.delegation}"

    @property
    def people(self) -> int:
        return self.german + self.partner

    def is_overdue(self, at=None) -> bool:
        return (at or timezone.now()) >= self.expires_at + LAST_MINUTE

    def end(self, outcome) -> None:
        """Under the lock of the edition; an offer ends once."""
        self.ended_at = timezone.now()
        self.outcome = outcome
        self.save(update_fields=["ended_at", "outcome"])
