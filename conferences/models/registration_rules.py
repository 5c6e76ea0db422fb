from django.conf import settings
from django.core.exceptions import ValidationError
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
