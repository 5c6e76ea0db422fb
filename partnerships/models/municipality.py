from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships import spelling
from partnerships.models.content import raise_content_version
from partnerships.models.geography import Country


class SearchWordsField(models.TextField):
    """The folded spellings of another column, written whenever the row is."""

    def __init__(self, *args, source="name", **kwargs):
        self.source = source
        super().__init__(*args, **{**kwargs, "editable": False, "default": ""})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["editable"], kwargs["default"]
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, model_instance, add):
        words = spelling.search_words(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, words)
        return words


class MunicipalityQuerySet(models.QuerySet):
    def checked(self):
        """Those that staff entered or checked: only these are shown in public."""
        return self.filter(checked_at__isnull=False)

    def unchecked(self):
        return self.filter(checked_at=None)

    @transaction.atomic
    @transaction.atomic
    def mark_checked(self) -> int:
        """Staff have looked at them: they may be shown in public."""
        rows = Municipality.objects.filter(pk__in=self.values("pk"), checked_at=None)
        count = rows.update(checked_at=timezone.now())
        if count:
            raise_content_version()
        return count

    def german(self):
        return self.filter(country__iso2="DE")

    def foreign(self):
        return self.exclude(country__iso2="DE")

    def found(self, text: str):
        """Whose name, or another spelling of it, holds every word of the text."""
        rows = self
        for word in spelling.fold(text).split():
            rows = rows.filter(
                Q(search_words__contains=word)
                | Q(
                    pk__in=MunicipalityName.objects.filter(
                        search_words__contains=word
                    ).values("municipality")
                )
            )
        return rows

    def enter(self, *, country, name, kind="", land="", kreis=""):
        """The row for a town that a visitor typed; an equal one is used again."""
        typed = {"name": name, "kind": kind, "land": land, "kreis": kreis}
        while True:
            slug = self.free_slug(name, country)
            try:
                row, _created = self.get_or_create(
                    country=country, ags="", **typed, defaults={"slug": slug}
                )
            except IntegrityError:
                # Another town of that name may have come at the same moment.
                if not self.filter(slug=slug).exists():
                    raise
            else:
                return row

    def free_slug(self, name: str, country: Country) -> str:
        base = spelling.as_slug(name)
        if not country.is_germany:
            base = f"{base}-{country.iso2.lower()}"
        taken = set(
            Municipality.objects.filter(slug__startswith=base).values_list(
                "slug", flat=True
            )
        )
        slug, number = base, 2
        while slug in taken:
            slug, number = f"{base}-{number}", number + 1
        return slug


class Municipality(models.Model):
    """A German or foreign town, municipality, district, county or borough.

    `ags` is the official German key (Statistisches Bundesamt): eight digits for a
    municipality, five for a district, as text, since it may begin with a zero. It
    changes when areas are reformed, so it is never a key here.
    """

    class Kind(models.TextChoices):
        URBAN_DISTRICT = "urban_district", _("urban district")
        MAJOR_DISTRICT_TOWN = "major_district_town", _("major district town")
        TOWN = "town", _("town")
        MARKET = "market", _("market town")
        MUNICIPALITY = "municipality", _("municipality (Gemeinde)")
        DISTRICT = "district", _("district")
        BOROUGH = "borough", _("borough")
        CITY = "city", _("city")
        COUNTY = "county", _("county")

    country = models.ForeignKey(
        Country,
        models.PROTECT,
        related_name="municipalities",
        verbose_name=_("country"),
    )
    kind = models.CharField(_("kind"), max_length=24, choices=Kind, blank=True)
    name = models.CharField(_("name"), max_length=200)
    land = models.CharField(
        _("federal state"), max_length=60, blank=True, help_text=_("German ones only.")
    )
    kreis = models.CharField(
        _("district it lies in"),
        max_length=80,
        blank=True,
        help_text=_("German ones only; empty for districts and urban districts."),
    )
    ags = models.CharField(_("official key (AGS)"), max_length=8, blank=True)
    slug = models.SlugField(_("word in the address"), max_length=100, unique=True)
    lat = models.DecimalField(
        _("latitude"), max_digits=7, decimal_places=4, null=True, blank=True
    )
    lon = models.DecimalField(
        _("longitude"), max_digits=7, decimal_places=4, null=True, blank=True
    )
    note = models.TextField(_("note for staff"), blank=True)
    checked_at = models.DateTimeField(
        _("checked at"),
        null=True,
        blank=True,
        help_text=_("Empty: entered by a visitor, and not shown in public yet."),
    )
    search_words = SearchWordsField(_("spellings for the search"), source="name")

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        ordering = ["name", "kind", "kreis"]
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "kind", "name", "land", "kreis", "ags"],
                name="partnerships_municipality_once",
                violation_error_message=_("This municipality is listed already."),
            ),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(
                    lat__isnull=False,
                    lon__isnull=False,
                    lat__range=(-90, 90),
                    lon__range=(-180, 180),
                ),
                name="partnerships_municipality_on_earth",
                violation_error_message=_(
                    "Write latitude and longitude both, in degrees, or neither."
                ),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("partnerships:municipality", args=[self.slug])

    @property
    def is_german(self):
        return self.country.is_germany

    @property
    def where(self) -> str:
        """What tells it from others of its name: Kreis and Land, or the country.

        A Kreis that bears the same name tells nothing.
        """
        if self.is_german:
            kreis = "" if self.kreis == self.name else self.kreis
            return ", ".join(part for part in (kreis, self.land) if part)
        return str(self.country)

    @property
    def label(self) -> str:
        """The name with all that tells it from others, for a list to choose from."""
        told = [self.get_kind_display(), self.where]
        return f"{self.name} ({', '.join(part for part in told if part)})"


class MunicipalityName(models.Model):
    """Another spelling under which a municipality is found: Kiew, Kyiv."""

    municipality = models.ForeignKey(
        Municipality,
        models.CASCADE,
        related_name="names",
        verbose_name=_("municipality"),
    )
    name = models.CharField(_("spelling"), max_length=200)
    search_words = SearchWordsField(_("spellings for the search"), source="name")

    class Meta:
        ordering = ["name"]
        verbose_name = _("other spelling")
        verbose_name_plural = _("other spellings")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="partnerships_municipalityname_once",
            )
        ]

    def __str__(self):
        return self.name
