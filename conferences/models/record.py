"""What remains of an edition: its figures and publications."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from conferences.models.edition import Edition


class Figure(models.Model):
    """One number about an edition, as its source gives it."""

    class What(models.TextChoices):
        PARTICIPANTS = "participants", _("participants")
        COUNTRIES = "countries", _("partner countries")
        PARTNERSHIPS = "partnerships", _("partnerships that took part")

    class Kind(models.TextChoices):
        EXPECTED = "expected", _("expected")
        ACTUAL = "actual", _("actual")

    class Quality(models.TextChoices):
        EXACT = "exact", _("exactly")
        ABOUT = "about", _("about")
        MORE_THAN = "more_than", _("more than")
        UP_TO = "up_to", _("up to")

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="figures", verbose_name=_("conference")
    )
    what = models.CharField(_("what"), max_length=12, choices=What)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.ACTUAL)
    quality = models.CharField(
        _("precision"), max_length=9, choices=Quality, default=Quality.EXACT
    )
    value = models.PositiveIntegerField(_("value"))
    source = models.URLField(_("source"), max_length=500, blank=True)

    class Meta:
        ordering = ["edition", "pk"]
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "what", "kind"], name="conferences_figure_once"
            )
        ]

    def __str__(self):
        return f"{self.get_what_display()}: {self.value}"

    @property
    def is_expected(self):
        return self.kind == self.Kind.EXPECTED

    @property
    def in_words(self) -> str:
        """The value with its precision: about 180; an exact one stands alone."""
        if self.quality == self.Quality.EXACT:
            return str(self.value)
        return f"{self.get_quality_display()} {self.value}"


class Publication(models.Model):
    """A documentation in a series of the organiser, such as Material 85."""

    edition = models.ForeignKey(
        Edition,
        models.CASCADE,
        related_name="publications",
        verbose_name=_("conference"),
    )
    series = models.CharField(_("series of publications"), max_length=60)
    number = models.PositiveSmallIntegerField(_("number"))
    published_year = models.PositiveSmallIntegerField(
        _("year of publication"), null=True, blank=True
    )
    published_month = models.PositiveSmallIntegerField(
        _("month of publication"), null=True, blank=True
    )
    languages = models.CharField(
        _("languages"),
        max_length=40,
        blank=True,
        help_text=_("Language codes, parted by commas: de, en."),
    )

    class Meta:
        ordering = ["edition", "series", "number"]
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "series", "number"],
                name="conferences_publication_once",
            ),
            models.CheckConstraint(
                condition=Q(published_month=None) | Q(published_month__range=(1, 12)),
                name="conferences_publication_month",
                violation_error_message=_("A month is a number from 1 to 12."),
            ),
        ]

    def __str__(self):
        return f"{self.series} {self.number}"


class PublicationFileQuerySet(models.QuerySet["PublicationFile"]):
    def public(self):
        """What everybody may open."""
        return self.filter(publication__edition__in=Edition.objects.published())

    def previewable_by(self, user):
        """Also what is hidden still, for staff who may see it."""
        may_see = user.has_perm("conferences.view_publicationfile")
        return self if may_see else self.none()

    def digests(self):
        return self.order_by().values_list("digest", flat=True).distinct()


class PublicationFile(models.Model):
    """A publication in one language, to be loaded: a PDF, given out as it was sent."""

    publication = models.ForeignKey(
        Publication,
        models.CASCADE,
        related_name="files",
        verbose_name=_("publication"),
    )
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    pages = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)
    digest = models.CharField(
        _("fingerprint of the file"), max_length=32, editable=False, db_index=True
    )
    size = models.PositiveBigIntegerField(_("size"), editable=False)

    objects = PublicationFileQuerySet.as_manager()

    class Meta:
        ordering = ["publication", "language"]
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "language"],
                name="conferences_publicationfile_one_per_language",
                violation_error_message=_("This language has a file already."),
            )
        ]

    def __str__(self):
        return f"{self.publication} ({self.get_language_display()})"

    def get_absolute_url(self):
        return reverse("document", args=[self.digest, self.name])

    @property
    def name(self) -> str:
        """Of the file when it is loaded: material-85-de."""
        return slugify(f"{self.publication} {self.language}")

    def receive(self, digest: str, *, size: int) -> None:
        self.digest, self.size = digest, size
