"""The programme of an edition: what staff prepare, and what has been released of it."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from conferences.models.edition import Edition
from conferences.models.registration_rules import is_languages
from partnerships.models import Goal, Municipality

OTHER_ROOM = _("This room belongs to another conference. Choose one of this one.")
OTHER_PERSON = _(
    "This person is entered at another conference. Please enter the person at this "
    "one as well."
)


class Room(models.Model):
    """Where sessions take place: a hall, a bus, a link to a video conference."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="rooms", verbose_name=_("conference")
    )
    name = models.CharField(_("name"), max_length=120)
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("The columns of the grid, from the first.")
    )

    class Meta:
        ordering = ["edition", "order", "pk"]
        verbose_name = _("room")
        verbose_name_plural = _("rooms")

    def __str__(self):
        return self.name


class Speaker(models.Model):
    """A person who speaks or moderates; published, as the person has agreed."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="speakers", verbose_name=_("conference")
    )
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(
        _("word in the address"),
        max_length=80,
        help_text=_("It cannot change once it is set."),
    )
    function = models.CharField(_("function"), max_length=200, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="speakers",
        verbose_name=_("municipality"),
    )
    about = models.TextField(_("about the person"), blank=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers and moderators")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "slug"], name="conferences_speaker_slug_in_edition"
            )
        ]

    def __str__(self):
        return self.name

    @property
    def shown_portrait(self):
        """The portrait, if there is one that may be shown."""
        portrait = getattr(self, "portrait", None)
        return portrait if portrait and portrait.is_presentable else None


class Session(models.Model):
    """One item of the programme.

    The columns are what staff prepare. The public reads `released` alone: a copy of
    them, made when staff released the programme (`conferences.release`).
    """

    class Kind(models.TextChoices):
        PLENARY = "plenary", _("plenary")
        WORKSHOP = "workshop", _("workshop")
        OPEN_SPACE = "open_space", _("open space")
        EXCURSION = "excursion", _("excursion")
        RECEPTION = "reception", _("reception")
        WORKING_MEETING = "working_meeting", _("working meeting")
        OTHER = "other", _("other")

    TRANSLATED = ("title", "abstract")

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="sessions", verbose_name=_("conference")
    )
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(
        _("word in the address"),
        max_length=80,
        help_text=_("It cannot change once it is set."),
    )
    abstract = models.TextField(_("what it is about"), blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    room = models.ForeignKey(
        Room,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("room"),
        help_text=_("Empty: everywhere, such as a break."),
    )
    languages = models.CharField(
        _("spoken languages"),
        max_length=60,
        blank=True,
        validators=[is_languages],
        help_text=_("Such as “de en”."),
    )
    interpretation = models.CharField(
        _("interpreted into"),
        max_length=60,
        blank=True,
        validators=[is_languages],
        help_text=_("Such as “fr es”."),
    )
    goals = models.ManyToManyField(
        Goal, blank=True, related_name="sessions", verbose_name=_("goals")
    )
    capacity = models.PositiveSmallIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty: unlimited.")
    )
    is_by_choice = models.BooleanField(
        _("participants choose it beforehand"),
        default=False,
        help_text=_("It needs a number of places."),
    )
    is_public = models.BooleanField(
        _("open to the public"),
        default=False,
        help_text=_("Otherwise it is for participants."),
    )
    is_cancelled = models.BooleanField(_("is cancelled"), default=False)
    speakers = models.ManyToManyField(
        Speaker,
        through="conferences.Contribution",
        related_name="sessions",
        verbose_name=_("speakers and moderators"),
    )
    released = models.JSONField(null=True, editable=False)
    released_at = models.DateTimeField(_("released"), null=True, editable=False)
    sequence = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text="How often calendars were told that it changed (RFC 5545, SEQUENCE).",
    )

    class Meta:
        ordering = ["edition", "starts_at", "room__order", "pk"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "slug"], name="conferences_session_slug_in_edition"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="conferences_session_begins_before_it_ends",
                violation_error_message=_("It ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(is_by_choice=False) | Q(capacity__isnull=False),
                name="conferences_session_chosen_with_places",
                violation_error_message=_(
                    "A session that participants choose needs a number of places."
                ),
            ),
            models.CheckConstraint(
                condition=Q(released=None, released_at=None)
                | Q(released__isnull=False, released_at__isnull=False),
                name="conferences_session_released_with_its_day",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        edition = self.edition
        return reverse(
            "conferences:session", args=[edition.series.slug, edition.slug, self.slug]
        )

    @property
    def is_released(self) -> bool:
        return self.released is not None

    @property
    def has_foreign_room(self) -> bool:
        """Whether its room is one of another conference."""
        return self.room is not None and self.room.edition_id != self.edition_id

    def clean(self):
        """A conference has rooms of its own, also where two are called the same."""
        if self.edition_id and self.has_foreign_room:
            raise ValidationError({"room": OTHER_ROOM}, code="other_edition")

    def as_prepared(self) -> dict[str, Any]:
        """What a release would publish now, as plain values."""
        return {
            **_texts(self, *self.TRANSLATED),
            "kind": self.kind,
            "starts_at": _instant(self.starts_at),
            "ends_at": _instant(self.ends_at),
            "room": _texts(self.room, "name") if self.room else None,
            "room_order": self.room.order if self.room else 0,
            "languages": self.languages.split(),
            "interpretation": self.interpretation.split(),
            "goals": [goal.number for goal in self.goals.all()],
            "capacity": self.capacity,
            "is_by_choice": self.is_by_choice,
            "is_public": self.is_public,
            "is_cancelled": self.is_cancelled,
            "people": [[one.speaker_id, one.role] for one in self.contributions.all()],
        }


class Contribution(models.Model):
    """What a person does in a session."""

    class Role(models.TextChoices):
        SPEAKER = "speaker", _("speaks")
        MODERATOR = "moderator", _("moderates")

    session = models.ForeignKey(
        Session,
        models.CASCADE,
        related_name="contributions",
        verbose_name=_("session"),
    )
    speaker = models.ForeignKey(
        Speaker,
        models.CASCADE,
        related_name="contributions",
        verbose_name=_("person"),
    )
    role = models.CharField(_("role"), max_length=9, choices=Role, default=Role.SPEAKER)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["session", "order", "pk"]
        verbose_name = _("contribution")
        verbose_name_plural = _("speakers and moderators")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "speaker"], name="conferences_contribution_once"
            )
        ]

    def __str__(self):
        return f"{self.speaker}: {self.session}"

    @property
    def is_foreign(self) -> bool:
        """Whether the person is entered at another conference than the session is."""
        return self.speaker.edition_id != self.session.edition_id

    def clean(self):
        """Who speaks at two conferences is entered at each, with the function there."""
        known = self.speaker_id and self.session.edition_id
        if known and self.is_foreign:
            raise ValidationError({"speaker": OTHER_PERSON}, code="other_edition")


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _texts(row, *fields: str) -> dict[str, str]:
    """Translated texts in every language, by the names of their columns."""
    names = [
        build_localized_fieldname(field, code)
        for field in fields
        for code, _name in settings.LANGUAGES
    ]
    return {name: getattr(row, name) or "" for name in names}
