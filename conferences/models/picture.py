"""Pictures of an edition and portraits of those who speak there."""

from datetime import timedelta
from functools import reduce
from operator import or_

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences import pictures
from conferences.decoding import widths
from conferences.models.edition import Edition, columns_of_texts
from conferences.models.programme import Speaker
from partnerships.models import raise_content_version

# How long one worker may take for a picture before another tries.
LEASE = timedelta(minutes=5)
# What could not be made is tried again after so long: the disk may have room then.
PAUSE = timedelta(minutes=10)

ALT_TEXTS = columns_of_texts("", "alt")[1:]  # in every language


class PictureQuerySet(models.QuerySet["Picture"]):
    def gallery(self):
        return self.filter(speaker=None)

    def described(self):
        """With a text for those who do not see it; a portrait has a name instead."""
        texts = [Q(**{f"{name}__gt": ""}) for name in ALT_TEXTS]
        return self.filter(reduce(or_, texts, Q(speaker__isnull=False)))

    def agreed(self, on=None):
        on = on or timezone.localdate()
        return self.filter(
            Q(consent=Picture.Consent.NOBODY)
            | Q(consent=Picture.Consent.GIVEN, consent_on__lte=on)
        )

    def presentable(self):
        """What may stand on the page of its edition or speaker."""
        return self.agreed().described().filter(prepared_at__isnull=False)

    def public(self):
        """What everybody may open: presentable, of a published edition."""
        editions = Edition.objects.published()
        theirs = Q(edition__in=editions) | Q(speaker__edition__in=editions)
        return self.presentable().filter(theirs)

    def previewable_by(self, user):
        """Also what nobody may see yet, for staff who may."""
        may_see = user.has_perm("conferences.view_picture")
        return self.filter(prepared_at__isnull=False) if may_see else self.none()

    def digests(self):
        return self.order_by().values_list("digest", flat=True).distinct()

    def due(self, at=None):
        return self.filter(prepared_at=None, due_at__lte=at or timezone.now())

    def take(self, at=None) -> "Picture | None":
        """One picture that is now mine to prepare, taken by a conditional update."""
        at = at or timezone.now()
        due = self.due(at)
        for picture in due.order_by("due_at", "pk")[:20]:
            until = at + LEASE
            if due.filter(pk=picture.pk, digest=picture.digest).update(due_at=until):
                picture.due_at = until
                return picture
        return None

    def prepare_next(self) -> bool:
        """Prepare one that is due. False: there was none."""
        picture = self.take()
        if picture is None:
            return False
        picture.prepare()
        return True


class Picture(models.Model):
    """A photograph in the gallery of an edition, or the portrait of a speaker.

    It is public only with the consent of those who can be recognised in it, and once
    the worker has made its renditions.
    """

    class Consent(models.TextChoices):
        OPEN = "open", _("not asked yet")
        GIVEN = "given", _("those in the picture agree")
        NOBODY = "nobody", _("nobody can be recognised")
        WITHDRAWN = "withdrawn", _("consent withdrawn")

    edition = models.ForeignKey(
        Edition,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="pictures",
        verbose_name=_("conference"),
    )
    speaker = models.OneToOneField(
        Speaker,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="portrait",
        verbose_name=_("speaker"),
    )
    digest = models.CharField(
        _("fingerprint of the file"), max_length=32, editable=False, db_index=True
    )
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    alt = models.CharField(
        _("what can be seen"),
        max_length=300,
        blank=True,
        help_text=_(
            "For those who do not see it: “Four people plant a tree in front of the "
            "town hall”. Without it the picture is not shown."
        ),
    )
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    photographer = models.CharField(
        _("photographer"),
        max_length=120,
        blank=True,
        help_text=_("As the name is to stand beneath the picture."),
    )
    consent = models.CharField(
        _("consent"),
        max_length=9,
        choices=Consent,
        default=Consent.OPEN,
        help_text=_(
            "Only with it the picture is public. If it is withdrawn, the picture is "
            "gone from the site at once."
        ),
    )
    consent_on = models.DateField(_("agreed on"), null=True, blank=True)
    consent_note = models.CharField(
        _("who agreed, and where that is kept"), max_length=200, blank=True
    )
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Small numbers come first.")
    )
    due_at = models.DateTimeField(default=timezone.now, editable=False)
    prepared_at = models.DateTimeField(_("prepared"), null=True, editable=False)
    failure = models.CharField(max_length=10, blank=True, editable=False)

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                condition=Q(edition=None, speaker__isnull=False)
                | Q(edition__isnull=False, speaker=None),
                name="conferences_picture_of_edition_or_speaker",
                violation_error_message=_("Choose the conference of the picture."),
            ),
            models.CheckConstraint(
                condition=~Q(consent="given", consent_on=None),
                name="conferences_picture_consent_has_its_day",
                violation_error_message=_("Say on which day they agreed."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(prepared_at=None),
                name="conferences_picture_due",
            ),
            models.Index(
                fields=["edition", "order"], name="conferences_picture_in_order"
            ),
        ]

    def __str__(self):
        name = self.speaker.name if self.speaker else self.alt
        return name or f"{self._meta.verbose_name} {self.pk}"

    def address(self, width: int, ending: str) -> str:
        return reverse("picture", args=[self.digest, width, ending])

    def height_at(self, width: int) -> int:
        return max(1, round(self.height * width / self.width))

    @property
    def largest(self) -> str:
        return self.address(self.widths[-1], "jpg")

    @property
    def widths(self) -> list[int]:
        return widths(self.width)

    @property
    def is_presentable(self) -> bool:
        """As the QuerySet method says of many."""
        return bool(self.prepared_at and self.is_agreed and self.is_described)

    @property
    def is_agreed(self) -> bool:
        if self.consent == self.Consent.GIVEN:
            return self.consent_on is not None and (
                self.consent_on <= timezone.localdate()
            )
        return self.consent == self.Consent.NOBODY

    @property
    def is_described(self) -> bool:
        return bool(self.speaker_id or any(getattr(self, name) for name in ALT_TEXTS))

    def receive(self, digest: str, *, width: int, height: int) -> None:
        """Be the picture of this file, which the worker prepares; the caller saves."""
        self.digest, self.width, self.height = digest, width, height
        self.due_at, self.prepared_at, self.failure = timezone.now(), None, ""

    def add_others(self, kept: list[tuple[str, dict[str, int]]]) -> None:
        """More pictures with the same consent, after this one in the gallery."""
        shared = ("edition", "photographer", "consent", "consent_on", "consent_note")
        values = {name: getattr(self, name) for name in shared}
        for digest, facts in kept:
            picture = Picture(order=self.order, **values)
            picture.receive(digest, **facts)
            picture.save()

    def note_consent(self, on) -> bool:
        """Those in the picture agreed on this day. False: something else was noted."""
        if self.consent != self.Consent.OPEN:
            return False
        self.consent, self.consent_on = self.Consent.GIVEN, on
        self.save(update_fields=["consent", "consent_on"])
        return True

    def prepare(self) -> None:
        """Make what the public sees of it. What fails says why, and is tried again."""
        try:
            pictures.render(self.digest)
        except pictures.Refused as refusal:
            self._end(failure=refusal.why, due_at=timezone.now() + PAUSE)
        else:
            self._end(failure="", prepared_at=timezone.now())

    @transaction.atomic
    def _end(self, **values) -> None:
        """Unless it has another file by now, which another worker prepares."""
        same = Picture.objects.filter(pk=self.pk, digest=self.digest, prepared_at=None)
        if same.update(**values):
            raise_content_version()
