from urllib.parse import urlsplit

from django.db import models, transaction
from django.db.models import F, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships import spelling
from partnerships.models.content import raise_content_version
from partnerships.models.municipality import Municipality


class Goal(models.Model):
    """One of the 17 goals for sustainable development of the Agenda 2030."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        ordering = ["number"]
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        constraints = [
            models.CheckConstraint(
                condition=Q(number__range=(1, 17)), name="partnerships_goal_one_to_17"
            )
        ]

    def __str__(self):
        return f"{self.number} {self.name}"


class Programme(models.Model):
    """A support programme under which partnerships work, such as Klimapartnerschaft."""

    name = models.CharField(_("name"), max_length=80, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self):
        return self.name


class PartnershipQuerySet(models.QuerySet):
    def published(self, at=None):
        """Shown in public: published, and staff have checked both municipalities."""
        return self.filter(
            published_at__lte=at or timezone.now(),
            german__checked_at__isnull=False,
            partner__checked_at__isnull=False,
        )

    def next_publication(self, at=None):
        """The instant at which the clock shows the next of them, if there is one."""
        later = self.filter(published_at__gt=at or timezone.now())
        return later.aggregate(first=Min("published_at"))["first"]

    def with_municipalities(self):
        return self.select_related(
            "german__country", "partner__country__region"
        ).order_by("german__name", "partner__name", "pk")

    def found(self, text: str):
        """Where one of the two municipalities, or both together, holds the words."""
        rows = self
        for word in spelling.fold(text).split():
            towns = Municipality.objects.found(word).values("pk")
            rows = rows.filter(Q(german__in=towns) | Q(partner__in=towns))
        return rows

    def known(self, german, chosen, at):
        """Of a German municipality: the public ones, and the one it chose before."""
        return self.filter(Q(pk=chosen) | Q(published_at__lte=at), german=german)

    def of(self, municipality):
        return self.filter(Q(german=municipality) | Q(partner=municipality))

    def enter(self, german, partner):
        """The partnership of two municipalities; a new one waits to be published."""
        row, _created = self.get_or_create(
            german=german,
            partner=partner,
            defaults={"slug": self.free_slug(german, partner)},
        )
        return row

    def free_slug(self, german, partner) -> str:
        """The two towns' words; a number tells it from a pair merged into others."""
        base = slug = f"{german.slug}--{partner.slug}"
        number = 2
        while Partnership.objects.filter(slug=slug).exists():
            slug, number = f"{base}-{number}", number + 1
        return slug

    @transaction.atomic
    def publish(self) -> int:
        """Show in public, from now on, those that are not shown yet."""
        now = timezone.now()
        hidden = Partnership.objects.filter(pk__in=self.values("pk"))
        count = hidden.exclude(published_at__lte=now).update(published_at=now)
        if count:
            raise_content_version()
        return count


class Partnership(models.Model):
    """A lasting relation of a German and a partner municipality."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        DECLARED = "declared", _("intent declared")
        AGREED = "agreed", _("agreed")
        ACTIVE = "active", _("active")
        ENDED = "ended", _("ended")

    SENTENCES = {
        Status.PLANNED: _("This partnership is planned."),
        Status.DECLARED: _("Both sides have declared that they want a partnership."),
        Status.AGREED: _("This partnership has been agreed."),
        Status.ACTIVE: _("This partnership is active."),
        Status.ENDED: _("This partnership has ended."),
    }

    german = models.ForeignKey(
        Municipality,
        models.PROTECT,
        related_name="partnerships_as_german",
        verbose_name=_("German municipality"),
    )
    partner = models.ForeignKey(
        Municipality,
        models.PROTECT,
        related_name="partnerships_as_partner",
        verbose_name=_("partner municipality"),
    )
    slug = models.SlugField(_("word in the address"), max_length=210, unique=True)
    status = models.CharField(
        _("status"), max_length=8, choices=Status, default=Status.ACTIVE
    )
    since = models.PositiveSmallIntegerField(_("since (year)"), null=True, blank=True)
    programmes = models.ManyToManyField(
        Programme, blank=True, related_name="partnerships", verbose_name=_("programmes")
    )
    topics = models.TextField(
        _("topics"), blank=True, help_text=_("Parted by semicolons.")
    )
    goals = models.ManyToManyField(
        Goal, blank=True, related_name="partnerships", verbose_name=_("goals")
    )
    note = models.TextField(_("note for staff"), blank=True)
    source = models.URLField(_("source"), max_length=500, blank=True)
    published_at = models.DateTimeField(
        _("published at"),
        null=True,
        blank=True,
        help_text=_("Leave empty to keep the partnership hidden."),
    )

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["german__name", "partner__name"]
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        constraints = [
            models.UniqueConstraint(
                fields=["german", "partner"],
                name="partnerships_partnership_one_per_pair",
                violation_error_message=_("This partnership is listed already."),
            ),
            models.CheckConstraint(
                condition=~Q(german=F("partner")),
                name="partnerships_partnership_of_two",
                violation_error_message=_("A partnership has two municipalities."),
            ),
        ]

    def __str__(self):
        return f"{self.german} – {self.partner}"

    def get_absolute_url(self):
        return reverse("partnerships:detail", args=[self.slug])

    @property
    def status_sentence(self):
        return self.SENTENCES[self.Status(self.status)]

    @property
    def is_active(self):
        return self.status == self.Status.ACTIVE

    @property
    def is_planned(self):
        return self.status == self.Status.PLANNED

    @property
    def source_host(self) -> str:
        """Where the source lies, as a visitor knows it: without the path."""
        return (urlsplit(self.source).hostname or "").removeprefix("www.").rstrip(".")
