import zoneinfo
from datetime import timedelta
from functools import cache

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.models.edition_texts import (
    LONG_TEXTS,
    TEXTS,
    EditionTexts,
    columns_of_texts,
)
from conferences.models.registration_rules import RegistrationRules
from conferences.models.series import Series
from partnerships.models import Country, Partnership


@cache
def time_zones() -> set[str]:
    return zoneinfo.available_timezones()  # reads many files


def is_time_zone(value: str) -> None:
    if value not in time_zones():
        raise ValidationError(
            _("Write a time zone such as Europe/Berlin."), code="time_zone"
        )


class EditionQuerySet(models.QuerySet):
    def published(self, at=None):
        return self.filter(published_at__lte=at or timezone.now())

    def counted(self):
        """Without demonstrations, which are no conferences of the series."""
        return self.filter(is_demonstration=False)

    def announced(self, at=None):
        """Published before they were over: what the archive got later is no news."""
        return self.published(at).filter(
            Q(ends_on__gte=TruncDate("published_at"))
            | Q(ends_on=None, year__gte=ExtractYear("published_at"))
        )

    def with_series(self):
        return self.select_related("series__region")

    def ahead(self, on=None):
        """Those that are not over on a day, as far as it is known when they end."""
        on = on or timezone.localdate()
        return self.filter(Q(ends_on__gte=on) | Q(ends_on=None, year__gte=on.year))

    def without_texts(self, but=()):
        """Without what only its public page shows, which is long, in five languages."""
        left_out = [text for text in TEXTS if text not in but]
        return self.defer("note", "source", *columns_of_texts("", *left_out))

    def for_registration(self, but=()):
        """With series and region, without the texts of their pages `but` some."""
        of_series = columns_of_texts("series__", "lead", "text")
        return self.without_texts(but).with_series().defer(*of_series)

    def for_lists(self):
        """Without the long texts that only their own page shows."""
        return self.defer("note", *columns_of_texts("", *LONG_TEXTS))

    def previewable_by(self, user):
        """Also what is hidden still, for staff who may see it."""
        return self if user.has_perm("conferences.view_edition") else self.none()


class Edition(RegistrationRules, EditionTexts, models.Model):
    """One conference of a series: a city, a few days, rules for taking part."""

    class Season(models.TextChoices):
        SPRING = "spring", _("spring")
        SUMMER = "summer", _("summer")
        AUTUMN = "autumn", _("autumn")
        WINTER = "winter", _("winter")

    class Phase(models.TextChoices):
        """Where registration stands; it changes by the clock, without a save."""

        NONE = "none", _("no registration here")
        BEFORE = "before", _("registration has not opened yet")
        OPEN = "open", _("registration is open")
        CLOSED = "closed", _("registration has closed")
        OVER = "over", _("the conference is over")

    series = models.ForeignKey(
        Series, models.PROTECT, related_name="editions", verbose_name=_("series")
    )
    number = models.PositiveSmallIntegerField(
        _("number"),
        null=True,
        blank=True,
        help_text=_("Its number in the series; empty in a demonstration only."),
    )
    slug = models.SlugField(
        _("word in the address"),
        max_length=20,
        help_text=_("Usually the year. It cannot change once it is set."),
    )
    year = models.PositiveSmallIntegerField(_("year"))
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    season = models.CharField(_("season"), max_length=6, choices=Season, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        default="Europe/Berlin",
        validators=[is_time_zone],
    )
    city = models.CharField(_("city"), max_length=100, blank=True)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    contact_email = models.EmailField(_("organiser's e-mail address"), blank=True)
    contact_phone = models.CharField(
        _("organiser's telephone"), max_length=40, blank=True
    )
    note = models.TextField(_("note for staff"), blank=True)
    source = models.URLField(_("source"), max_length=500, blank=True)
    is_demonstration = models.BooleanField(
        _("demonstration"),
        default=False,
        help_text=_("Marked as such on every page; does not count as a conference."),
    )
    published_at = models.DateTimeField(
        _("published at"),
        null=True,
        blank=True,
        help_text=_("Leave empty to keep the conference hidden."),
    )
    countries = models.ManyToManyField(
        Country,
        blank=True,
        related_name="editions",
        verbose_name=_("countries"),
        help_text=_("Empty: the countries of the region."),
    )
    attending = models.ManyToManyField(
        Partnership,
        blank=True,
        related_name="editions",
        verbose_name=_("partnerships that took part"),
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-number"]
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")
        constraints = [
            models.UniqueConstraint(
                fields=["series", "number"],
                name="conferences_edition_one_per_number",
                violation_error_message=_("This series has this number already."),
            ),
            models.UniqueConstraint(
                fields=["series", "slug"],
                name="conferences_edition_one_per_slug",
                violation_error_message=_("This series has this address already."),
            ),
            models.CheckConstraint(
                condition=Q(number=None, is_demonstration=True)
                | Q(number__isnull=False, is_demonstration=False),
                name="conferences_edition_numbered_unless_demonstration",
                violation_error_message=_(
                    "A conference has a number; only a demonstration has none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None, ends_on=None)
                | Q(
                    starts_on__isnull=False,
                    ends_on__isnull=False,
                    ends_on__gte=F("starts_on"),
                ),
                name="conferences_edition_both_days_or_none",
                violation_error_message=_(
                    "Write both days, the first before the last, or neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(starts_on__year=F("year")),
                name="conferences_edition_year_of_first_day",
                violation_error_message=_("The year is the year of the first day."),
            ),
            models.CheckConstraint(
                condition=Q(month=None, season="")
                | Q(starts_on=None, season="")
                | Q(starts_on=None, month=None),
                name="conferences_edition_one_precision",
                violation_error_message=_(
                    "Beside the year, write the days, the month or the season: one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(month=None) | Q(month__range=(1, 12)),
                name="conferences_edition_month",
                violation_error_message=_("A month is a number from 1 to 12."),
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None, closes_at=None)
                | Q(
                    opens_at__isnull=False,
                    closes_at__isnull=False,
                    closes_at__gt=F("opens_at"),
                ),
                name="conferences_edition_opens_before_it_closes",
                violation_error_message=_("Registration closes before it opens."),
            ),
            models.CheckConstraint(
                condition=Q(choice_opens_at=None, choice_closes_at=None)
                | Q(
                    choice_opens_at__isnull=False,
                    choice_closes_at__isnull=False,
                    choice_closes_at__gt=F("choice_opens_at"),
                ),
                name="conferences_edition_choice_opens_before_it_closes",
                violation_error_message=_(
                    "Write when the choice opens and when it closes, or neither."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.series.region} {self.year}"

    def get_absolute_url(self):
        return reverse("conferences:edition", args=[self.series.slug, self.slug])

    @property
    def name(self) -> str:
        return self.title or f"{self.series.title} {self.year}"

    @property
    def is_only_a_year(self) -> bool:
        """Whether nothing but its year is known."""
        known = (self.starts_on, self.month, self.season, self.city)
        return not any((*known, self.title, self.motto, self.theme))

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def when(self) -> tuple:
        """For sorting by time, as far as it is known."""
        day = self.starts_on.timetuple().tm_yday if self.starts_on else 0
        return self.year, day or 30 * (self.month or 0), self.pk

    @property
    def is_published(self):
        return self.published_at is not None and self.published_at <= timezone.now()

    def is_over(self, on=None) -> bool:
        """Whether its last day, or else its year, lies before a day."""
        on = on or timezone.localdate(timezone=self.zone)
        if self.ends_on:
            return self.ends_on < on
        return self.year < on.year

    def has_begun(self, at=None) -> bool:
        """Whether its first day is here, or its year is past."""
        on = timezone.localdate(at, self.zone)
        if self.starts_on:
            return self.starts_on <= on
        return self.is_over(on)

    def is_announced(self, on=None) -> bool:
        return not self.is_over(on)

    def is_open(self, at=None) -> bool:
        """Whether registration is open: up to the end of the minute that is shown."""
        return self.phase(at) == self.Phase.OPEN

    def phase(self, at=None) -> "Edition.Phase":
        at = at or timezone.now()
        if self.is_over(at.astimezone(self.zone).date()):
            return self.Phase.OVER
        if not self.opens_at or not self.closes_at:
            return self.Phase.NONE
        if at < self.opens_at:
            return self.Phase.BEFORE
        if at < self.closes_at + timedelta(minutes=1):
            return self.Phase.OPEN
        return self.Phase.CLOSED

    def has_choice_begun(self, at=None) -> bool:
        """Whether people may choose sessions by now, or could already."""
        opens = self.choice_opens_at
        return opens is not None and opens <= (at or timezone.now())

    def choice_is_open(self, at=None) -> bool:
        """Up to the end of the minute that is shown, as registration."""
        at = at or timezone.now()
        closes = self.choice_closes_at
        return (
            self.has_choice_begun(at)
            and closes is not None
            and at < closes + timedelta(minutes=1)
        )

    def choice_has_closed(self, at=None) -> bool:
        return self.has_choice_begun(at) and not self.choice_is_open(at)

    def can_change(self, at=None) -> bool:
        """Whether sides may still change their people without asking."""
        at = at or timezone.now()
        last = self.changes_until or self.closes_at
        return last is None or at < last + timedelta(minutes=1)

    def eligible_countries(self):
        """The countries that this conference addresses: its own, or the region's."""
        chosen = self.countries.all()
        return chosen if chosen else self.series.region.countries.all()
