from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


def is_languages(value: str) -> None:
    """Codes of languages in which people can register, parted by spaces."""
    known = dict(settings.LANGUAGES)
    if unknown := [code for code in value.split() if code not in known]:
        raise ValidationError(
            _("These languages are not offered here: %(codes)s."),
            params={"codes": ", ".join(unknown)},
            code="languages",
        )


class Land(models.TextChoices):
    """The sixteen, by the signs of ISO 3166-2; each has public holidays of its own."""

    BADEN_WUERTTEMBERG = "BW", "Baden-Württemberg"
    BAYERN = "BY", "Bayern"
    BERLIN = "BE", "Berlin"
    BRANDENBURG = "BB", "Brandenburg"
    BREMEN = "HB", "Bremen"
    HAMBURG = "HH", "Hamburg"
    HESSEN = "HE", "Hessen"
    MECKLENBURG_VORPOMMERN = "MV", "Mecklenburg-Vorpommern"
    NIEDERSACHSEN = "NI", "Niedersachsen"
    NORDRHEIN_WESTFALEN = "NW", "Nordrhein-Westfalen"
    RHEINLAND_PFALZ = "RP", "Rheinland-Pfalz"
    SAARLAND = "SL", "Saarland"
    SACHSEN = "SN", "Sachsen"
    SACHSEN_ANHALT = "ST", "Sachsen-Anhalt"
    SCHLESWIG_HOLSTEIN = "SH", "Schleswig-Holstein"
    THUERINGEN = "TH", "Thüringen"


class RegistrationRules(models.Model):
    """When a conference takes registrations, for how many people, and from whom.

    Instants; places as numbers of people or delegations (null: unlimited); rules for
    one delegation (null: no rule).
    """

    class Attendance(models.TextChoices):
        ON_SITE = "on_site", _("on site only")
        BOTH = "both", _("on site or online")
        ONLINE = "online", _("online only")

    opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    closes_at = models.DateTimeField(
        _("registration closes"),
        null=True,
        blank=True,
        help_text=_("The minute that is shown is included."),
    )
    changes_until = models.DateTimeField(
        _("changes until"),
        null=True,
        blank=True,
        help_text=_("After it, delegations ask and you decide."),
    )
    choice_opens_at = models.DateTimeField(
        _("choice of workshops opens"),
        null=True,
        blank=True,
        help_text=_("Approved people then say which sessions they wish for."),
    )
    choice_closes_at = models.DateTimeField(
        _("choice of workshops closes"),
        null=True,
        blank=True,
        help_text=_("The minute that is shown is included."),
    )
    capacity_people = models.PositiveIntegerField(
        _("places for people"),
        null=True,
        blank=True,
        help_text=_("Empty: unlimited."),
    )
    capacity_german = models.PositiveIntegerField(
        _("places for German people"), null=True, blank=True
    )
    capacity_partner = models.PositiveIntegerField(
        _("places for people of the partners"), null=True, blank=True
    )
    capacity_delegations = models.PositiveIntegerField(
        _("places for delegations"), null=True, blank=True
    )
    german_most = models.PositiveSmallIntegerField(
        _("German people per delegation, at most"),
        null=True,
        blank=True,
        help_text=_("Empty: no rule."),
    )
    partner_most = models.PositiveSmallIntegerField(
        _("people of the partner per delegation, at most"), null=True, blank=True
    )
    partner_paid = models.PositiveSmallIntegerField(
        _("people of the partner whose travel is paid"), null=True, blank=True
    )
    needs_administration = models.BooleanField(
        _("at least one from the administration on each side"), default=False
    )
    partner_optional = models.BooleanField(
        _("a municipality may come without a partner"), default=False
    )
    has_person_pages = models.BooleanField(
        _("each person gets an own page"),
        default=False,
        help_text=_("People get a link to see and correct their own data."),
    )

    offer_days = models.PositiveSmallIntegerField(
        _("working days to answer an offer"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("The offer of freed places ends at 23:59 of the last one."),
    )
    offer_land = models.CharField(
        _("public holidays of"),
        max_length=2,
        choices=Land,
        default=Land.NORDRHEIN_WESTFALEN,
        help_text=_("Days that are holidays there are no working days."),
    )

    attendance = models.CharField(
        _("how people take part"),
        max_length=7,
        choices=Attendance,
        default=Attendance.ON_SITE,
        help_text=_("Beside people on site, those online need no place."),
    )
    interpretation = models.CharField(
        _("languages offered"),
        max_length=60,
        blank=True,
        validators=[is_languages],
        help_text=_("Such as “de en fr”; empty: all languages of the site."),
    )

    class Meta:
        abstract = True

    @property
    def offers_both(self) -> bool:
        return self.attendance == self.Attendance.BOTH

    @property
    def spoken(self) -> list[str]:
        """Codes of the languages that are offered at the conference."""
        return self.interpretation.split()
