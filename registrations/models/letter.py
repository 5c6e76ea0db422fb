import secrets
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registrations.models.link import PersonalLink

# How long one attempt to send may last before somebody must look at it.
LEASE = timedelta(minutes=5)
# The pauses before the second attempt, the third and so on.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440)]


class LetterQuerySet(models.QuerySet["Letter"]):
    def write(self, side, kind, *, participant=None, **context):
        """Put a letter to a side's contact into the outbox, or to one of its people.

        It is in the reader's language. State and position are kept as they are now:
        the letter tells of this moment, also when it goes out later. What waits for
        the same reader goes before it, and is tried again now.
        """
        self.to(side, participant).hurry()
        delegation = side.delegation
        host = urlsplit(settings.SITE_ADDRESS).hostname
        return self.create(
            side=side,
            kind=kind,
            participant=participant,
            language=(participant or side).language,
            context={
                "state": delegation.state,
                "position": delegation.position,
                **context,
            },
            message_id=f"{secrets.token_hex(16)}@{host}",
        )

    def to(self, side, participant=None):
        """Those to one reader: the contact of a side, or one of its people."""
        return self.filter(side=side, participant=participant)

    def unsent(self):
        return self.filter(state__in=(Letter.State.QUEUED, Letter.State.SENDING))

    @transaction.atomic(savepoint=False)
    def hurry(self) -> None:
        """Try those that wait again, as if they were new.

        One that a worker has just taken is left to it: nobody waits for the other.
        """
        waiting = self.filter(state=Letter.State.QUEUED)
        free = waiting.select_for_update(skip_locked=True).values_list("pk", flat=True)
        if keys := list(free.order_by("pk")):
            self.filter(pk__in=keys).update(due_at=timezone.now(), attempts=0)

    def failed(self):
        return self.filter(state=Letter.State.FAILED)

    def in_doubt(self):
        return self.filter(state=Letter.State.IN_DOUBT)

    def due(self, at=None):
        """The first of each reader whose time has come: letters arrive in order."""
        reader = Coalesce("participant", 0)
        before = (
            self.model.objects.unsent()
            .alias(reader=reader)
            .filter(side=OuterRef("side"), reader=OuterRef("reader"))
            .filter(pk__lt=OuterRef("pk"))
        )
        return self.alias(reader=reader).filter(
            ~Exists(before),
            state=Letter.State.QUEUED,
            due_at__lte=at or timezone.now(),
        )

    def take(self, at=None) -> "Letter | None":
        """One due letter that is now mine to send, taken by a conditional update.

        Candidates come in random order, so that two workers seldom want the same;
        where they do, the database lets one of them have it.
        """
        at = at or timezone.now()
        due = self.due(at)
        for key in due.order_by("?").values_list("pk", flat=True)[:20]:
            taken = due.filter(pk=key).update(
                state=Letter.State.SENDING, lease_until=at + LEASE
            )
            # It may be erased already, although it was taken.
            if taken and (letter := self.filter(pk=key).first()):
                return letter
        return None

    def give_up_ended_leases(self, at=None) -> int:
        """A worker that died while sending leaves a letter in doubt, for staff."""
        return self.filter(
            state=Letter.State.SENDING, lease_until__lt=at or timezone.now()
        ).update(
            state=Letter.State.IN_DOUBT,
            lease_until=None,
            error=_("Sending was interrupted: nobody knows whether it went out."),
        )

    def doubt_unsent(self) -> int:
        """In a restored backup: what waited then has perhaps been sent since."""
        return self.filter(
            state__in=(Letter.State.QUEUED, Letter.State.SENDING)
        ).update(
            state=Letter.State.IN_DOUBT,
            lease_until=None,
            error=_("Restored from a backup: nobody knows whether it went out."),
        )


class Letter(models.Model):
    """A mail to one side's contact or one person, written with what it tells of.

    The verb writes the row in its own transaction; a worker sends it afterwards.
    """

    class Kind(models.TextChoices):
        CONTINUE_LINK = "continue_link", _("link to go on")
        SUBMITTED = "submitted", _("submitted")
        WAITING = "waiting", _("on the waiting list")
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REOPENED = "reopened", _("reopened")
        NEW_LINK = "new_link", _("new link")
        SECOND_DELEGATION = "second_delegation", _("second delegation")
        OFFER = "offer", _("places offered")
        OFFER_TAKEN = "offer_taken", _("offer taken")
        OFFER_DECLINED = "offer_declined", _("offer turned down")
        OFFER_EXPIRED = "offer_expired", _("offer not answered in time")
        OFFER_WITHDRAWN = "offer_withdrawn", _("offer withdrawn")
        REQUEST_GRANTED = "request_granted", _("request granted")
        REQUEST_REFUSED = "request_refused", _("request refused")
        REMINDER = "reminder", _("reminder")
        PARTNER_LINK = "partner_link", _("first letter to the partner")
        PARTNER_NEW_LINK = "partner_new_link", _("new link for the partner")
        PARTNER_COMING = "partner_coming", _("the partner comes")
        PARTNER_DECLINED = "partner_declined", _("the partner does not come")
        PERSON_LINK = "person_link", _("link to the own page")
        CHOOSE = "choose", _("workshops can be chosen")
        WORKSHOPS = "workshops", _("places in workshops")

        @classmethod
        def of_offers(cls):
            """Those to the German side, which answers the offer."""
            return (
                cls.OFFER,
                cls.OFFER_TAKEN,
                cls.OFFER_DECLINED,
                cls.OFFER_EXPIRED,
                cls.OFFER_WITHDRAWN,
            )

        @classmethod
        def of_links(cls):
            """Those that are sent for the personal link in them."""
            return (
                cls.CONTINUE_LINK,
                cls.NEW_LINK,
                cls.PARTNER_LINK,
                cls.PARTNER_NEW_LINK,
                cls.PERSON_LINK,
            )

    class State(models.TextChoices):
        QUEUED = "queued", _("to be sent")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        IN_DOUBT = "in_doubt", _("in doubt")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    side = models.ForeignKey(
        "registrations.Side",
        models.CASCADE,
        related_name="letters",
        verbose_name=_("side"),
    )
    participant = models.ForeignKey(
        "registrations.Participant",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("participant"),
    )
    language = models.CharField(_("language"), max_length=8)
    context = models.JSONField(_("context"), default=dict, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=State, default=State.QUEUED
    )
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    due_at = models.DateTimeField(_("due at"), default=timezone.now)
    lease_until = models.DateTimeField(_("being sent until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("last error"), blank=True)
    message_id = models.CharField(_("Message-ID"), max_length=120, unique=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    sent_to = models.EmailField(_("sent to"), blank=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    body = models.TextField(_("text"), blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state="queued"),
                name="registrations_letter_due",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.side}"

    @property
    def reader_name(self) -> str:
        person = self.participant
        return person.full_name if person else self.side.contact_name

    @property
    def reader_email(self) -> str:
        return self.participant.email if self.participant else self.side.contact_email

    def mint_link(self) -> str:
        """The link that goes out with it: to the side, or to the person's own page."""
        if self.participant:
            return self.participant.links.mint(self.participant)
        return self.side.mint_link(PersonalLink.Purpose.LETTER)

    def mark_sent(self, *, to: str, subject: str, body: str) -> bool:
        """Keep what went out. False: the lease had ended, staff look at it."""
        return self._end(
            Letter.State.SENT,
            sent_at=timezone.now(),
            sent_to=to,
            subject=subject,
            body=body,
            error="",
        )

    def mark_in_doubt(self, error: str) -> bool:
        """Nobody knows whether it went out: staff decide, it is not sent again."""
        return self._end(Letter.State.IN_DOUBT, error=error)

    def mark_failed(self, error: str, *, for_good: bool = False) -> bool:
        """Try again after a growing pause, or give up when they are used up.

        What waits behind it for the same reader has the same pause.
        """
        attempts = self.attempts + 1
        if for_good or attempts > len(PAUSES):
            return self._end(Letter.State.FAILED, attempts=attempts, error=error)
        due_at = timezone.now() + PAUSES[attempts - 1]
        behind = Letter.objects.to(self.side_id, self.participant_id).filter(
            state=Letter.State.QUEUED, pk__gt=self.pk, due_at__lt=due_at
        )
        behind.update(due_at=due_at)
        return self._end(
            Letter.State.QUEUED, attempts=attempts, error=error, due_at=due_at
        )

    def send_again(self) -> bool:
        """Staff put a letter that failed or is in doubt back into the outbox."""
        stuck = [Letter.State.FAILED, Letter.State.IN_DOUBT]
        return bool(
            Letter.objects.filter(pk=self.pk, state__in=stuck).update(
                state=Letter.State.QUEUED, due_at=timezone.now(), attempts=0
            )
        )

    def still_mine(self) -> LetterQuerySet:
        """This row, as long as it exists and the lease that took it runs."""
        return Letter.objects.filter(
            pk=self.pk, state=Letter.State.SENDING, lease_until=self.lease_until
        )

    def _end(self, state, **values) -> bool:
        return bool(self.still_mine().update(state=state, lease_until=None, **values))
