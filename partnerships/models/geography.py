from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Region(models.Model):
    """A part of the world to which a conference series is addressed."""

    class Palette(models.TextChoices):
        """The colours of `static/css/site/tokens.css`, each with enough contrast."""

        TERRACOTTA = "terracotta", _("Terracotta")
        TEAL = "teal", _("Teal")
        LEAF = "leaf", _("Leaf green")
        PLUM = "plum", _("Plum")
        AZURE = "azure", _("Azure")

    code = models.CharField(_("code"), max_length=3, unique=True)
    name = models.CharField(_("name"), max_length=60)
    colour = models.CharField(_("colour"), max_length=12, choices=Palette)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("world region")
        verbose_name_plural = _("world regions")

    def __str__(self):
        return self.name


class CountryQuerySet(models.QuerySet):
    def oda_listed(self, on=None):
        """Countries on the list of recipients of development aid on a day."""
        on = on or timezone.localdate()
        listings = OdaListing.objects.valid(on)
        return self.filter(pk__in=listings.values("country"))


class Country(models.Model):
    """A state or territory, by its ISO 3166-1 code. `NA` is Namibia."""

    iso2 = models.CharField(_("ISO code"), max_length=2, unique=True)
    name = models.CharField(_("name"), max_length=80)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="countries",
        verbose_name=_("world region"),
        help_text=_("The series that usually addresses this country, if any."),
    )

    objects = CountryQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("partnerships:country", args=[self.iso2.lower()])

    @property
    def is_germany(self):
        return self.iso2 == "DE"

    def is_oda_listed(self, on=None) -> bool | None:
        """Whether the country was on the list that day; None: no list is known."""
        on = on or timezone.localdate()
        listings = self.oda_listings.valid(on).order_by()
        starts = list(listings.values_list("listed_from", flat=True))
        if any(starts):  # a list of that day is known, and names this country
            return True
        if not OdaListing.objects.filter(listed_from__lte=on).exists():
            return None
        return bool(starts)


class OdaListingQuerySet(models.QuerySet):
    def valid(self, on):
        return self.filter(
            Q(listed_from__lte=on) | Q(listed_from=None),
            Q(listed_until__gte=on) | Q(listed_until=None),
        )


class OdaListing(models.Model):
    """The days on which a country stood on the DAC list of ODA recipients (OECD)."""

    class Group(models.TextChoices):
        LDC = "LDC", _("least developed country")
        LIC = "LIC", _("other low income country")
        LMIC = "LMIC", _("lower middle income country")
        UMIC = "UMIC", _("upper middle income country")

    country = models.ForeignKey(
        Country,
        models.CASCADE,
        related_name="oda_listings",
        verbose_name=_("country"),
    )
    group = models.CharField(_("group"), max_length=4, choices=Group)
    listed_from = models.DateField(_("first day on the list"), null=True, blank=True)
    listed_until = models.DateField(
        _("last day on the list"),
        null=True,
        blank=True,
        help_text=_("Empty: the country is still on the list."),
    )

    objects = OdaListingQuerySet.as_manager()

    class Meta:
        ordering = ["country", "listed_from"]
        verbose_name = _("entry of the DAC list")
        verbose_name_plural = _("DAC list")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "listed_from"],
                name="partnerships_odalisting_one_per_first_day",
            ),
            models.UniqueConstraint(
                fields=["country"],
                condition=Q(listed_from=None),
                name="partnerships_odalisting_one_without_first_day",
            ),
            models.CheckConstraint(
                condition=Q(listed_until__gte=F("listed_from")),
                name="partnerships_odalisting_ends_after_start",
                violation_error_message=_("The last day comes before the first."),
            ),
        ]

    def __str__(self):
        return f"{self.country}, {self.group}"
