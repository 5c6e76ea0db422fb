from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.models.edition import Edition
from conferences.models.edition_texts import columns_of_texts
from conferences.models.series import Series

# What stands in addresses where the word of an item would stand.
TAKEN = ("feed",)


def is_free_word(value: str) -> None:
    if value in TAKEN:
        raise ValidationError(
            _("This word is taken already. Please choose another."), code="taken"
        )


class NewsQuerySet(models.QuerySet):
    def published(self, at=None):
        """What the public sees, the newest first."""
        shown = self.filter(published_at__lte=at or timezone.now())
        return shown.order_by("-published_at", "-pk")

    def counted(self):
        """Without demonstrations, and without what tells of one."""
        real = Q(edition=None) | Q(edition__is_demonstration=False)
        return self.filter(real, is_demonstration=False)

    def of(self, series):
        return self.filter(series=series)

    def with_region(self):
        return self.select_related("series__region").defer(
            *columns_of_texts("series__", "lead", "text")
        )

    def for_lists(self):
        """Without the long text that only its own page shows."""
        return self.with_region().defer(*columns_of_texts("", "text"))

    def previewable_by(self, user):
        """Also what is hidden still, for staff who may see it."""
        return self if user.has_perm("conferences.view_news") else self.none()


class News(models.Model):
    """Something that the organiser tells the public, with the day on which it does."""

    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(
        _("word in the address"),
        max_length=80,
        unique=True,
        validators=[is_free_word],
        help_text=_("It cannot change once it is set."),
    )
    teaser = models.CharField(
        _("in one or two sentences"),
        max_length=300,
        help_text=_("Stands in lists, in the feed and above the text."),
    )
    text = models.TextField(
        _("text"),
        blank=True,
        help_text=_("Markdown: an empty line parts paragraphs, ## begins a heading."),
    )
    series = models.ForeignKey(
        Series,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="news",
        verbose_name=_("conference series"),
        help_text=_("Shows it on the page of the series as well."),
    )
    edition = models.ForeignKey(
        Edition,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="news",
        verbose_name=_("conference"),
        help_text=_("If it is about one conference: its page is linked."),
    )
    is_demonstration = models.BooleanField(
        _("demonstration"),
        default=False,
        help_text=_("Marked as such on every page; in no feed."),
    )
    published_at = models.DateTimeField(
        _("published at"),
        null=True,
        blank=True,
        help_text=_(
            "This day stands above it. It stays hidden until then, and as long as "
            "this is empty."
        ),
    )

    objects = NewsQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        constraints = [
            models.CheckConstraint(
                condition=Q(edition=None) | Q(series__isnull=False),
                name="conferences_news_series_of_its_edition",
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("conferences:news-item", args=[self.slug])

    @property
    def is_published(self):
        return self.published_at is not None and self.published_at <= timezone.now()

    def clean(self):
        """What is about a conference belongs to its series."""
        if not self.edition:
            return
        if self.series is None:
            self.series = self.edition.series
        if self.series != self.edition.series:
            raise ValidationError(
                _("This conference belongs to another series."), code="other_series"
            )
