from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


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

    class Meta:
        abstract = True
