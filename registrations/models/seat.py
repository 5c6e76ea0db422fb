"""Which sessions people wish for, and which they get or wait for."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.models import Edition, Session
from registrations import allotment_words
from registrations.models.participant import Participant


def of_person(name: str) -> models.ForeignKey:
    return models.ForeignKey(
        Participant,
        models.CASCADE,
        related_name=name,
        verbose_name=_("participant"),
    )


def in_session(name: str) -> models.ForeignKey:
    """A session goes only when nobody wished for it or has a place there."""
    return models.ForeignKey(
        Session, models.PROTECT, related_name=name, verbose_name=_("session")
    )


class Wish(models.Model):
    """A session that a person would like to take part in."""

    class Rank(models.IntegerChoices):
        FIRST = 1, _("first wish")
        SECOND = 2, _("second wish")

    participant = of_person("wishes")
    session = in_session("wishes")
    rank = models.PositiveSmallIntegerField(_("rank"), choices=Rank)

    class Meta:
        ordering = ["participant_id", "rank", "session_id"]
        verbose_name = _("wish for a session")
        verbose_name_plural = _("wishes for sessions")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "session"], name="registrations_wish_once"
            ),
            models.CheckConstraint(
                condition=Q(rank__in=[1, 2]), name="registrations_wish_first_or_second"
            ),
        ]

    def __str__(self):
        return f"{self.participant}: {self.session}"


class SeatQuerySet(models.QuerySet["Seat"]):
    def of(self, edition):
        return self.filter(session__edition=edition)

    def taken(self):
        """Those that are places, not a wait for one."""
        return self.filter(waiting_number=None)

    def by_staff(self):
        return self.filter(how=Seat.How.STAFF)

    def told(self):
        """Those that people know of, since staff have sent the result."""
        return self.filter(session__edition__allotment__sent_at__isnull=False)


class Seat(models.Model):
    """A person's place in a session for choice, or the wait for one.

    The number of the waiting order is drawn once; people see their position.
    """

    class How(models.TextChoices):
        FIRST = "first", _("first wish")
        SECOND = "second", _("second wish")
        WAITS = "waits", _("waits")
        MOVED_UP = "moved_up", _("moved up")
        STAFF = "staff", _("by staff")

    participant = of_person("seats")
    session = in_session("seats")
    waiting_number = models.PositiveIntegerField(
        _("number of the waiting order"), null=True, blank=True
    )
    how = models.CharField(_("how it came"), max_length=8, choices=How)
    grounds: Any = models.JSONField(_("grounds"), default=dict, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    given_at = models.DateTimeField(_("given at"), default=timezone.now)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["session_id", F("waiting_number").asc(nulls_first=True), "pk"]
        verbose_name = _("place in a session")
        verbose_name_plural = _("places in sessions")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "session"], name="registrations_seat_once"
            ),
            models.UniqueConstraint(
                fields=["session", "waiting_number"],
                name="registrations_seat_waiting_number_once",
            ),
            models.CheckConstraint(
                condition=Q(how="waits", waiting_number__isnull=False)
                | (~Q(how="waits") & Q(waiting_number=None)),
                name="registrations_seat_waits_with_a_number",
            ),
        ]

    def __str__(self):
        return f"{self.participant}: {self.session}"

    @property
    def waits(self) -> bool:
        return self.waiting_number is not None

    @property
    def why(self) -> str:
        """How it came, in words for staff."""
        return allotment_words.why(self.how, self.reason, **self.grounds)


class AllotmentQuerySet(models.QuerySet["Allotment"]):
    def made(self):
        return self.filter(made_at__isnull=False)


class Allotment(models.Model):
    """The lots of an edition: drawn once, then the places are given by them."""

    edition = models.OneToOneField(
        Edition,
        models.PROTECT,
        related_name="allotment",
        verbose_name=_("conference"),
    )
    seed = models.CharField(_("seed of the lots"), max_length=32, editable=False)
    drawn_at = models.DateTimeField(_("drawn at"), default=timezone.now)
    made_at = models.DateTimeField(_("places given at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("told at"), null=True, blank=True)

    objects = AllotmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("allotment of a conference")
        verbose_name_plural = _("allotments of the conferences")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(made_at__isnull=False),
                name="registrations_allotment_made_before_it_is_told",
            )
        ]

    def __str__(self):
        return str(self.edition)
