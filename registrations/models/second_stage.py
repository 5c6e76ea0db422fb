"""What is asked of a person once the delegation is approved, beside questions.

Diet, accessibility and what a visa letter needs lie encrypted in tables of their
own, each with its own permission and its own day of erasure.
"""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.models import Edition
from registrations.encryption import SealedTextField
from registrations.models.participant import Participant
from registrations.models.question import MOST_DAYS, Whom

NEEDS_LAST_DAYS = 7
VISA_DATA_LAST_DAYS = 3


class SecondStage(models.Model):
    """Which of the fixed things an edition asks after the approval, and until when."""

    edition = models.OneToOneField(
        Edition,
        models.PROTECT,
        related_name="second_stage",
        verbose_name=_("conference"),
    )
    answers_until = models.DateTimeField(
        _("please answer until"),
        null=True,
        blank=True,
        help_text=_("It is shown; answers are taken until the conference is over."),
    )
    asks_diet = models.BooleanField(_("asks for diet and allergies"), default=True)
    asks_accessibility = models.BooleanField(
        _("asks what a person needs to take part without barriers"), default=True
    )
    asks_photos = models.BooleanField(_("asks for consent to photos"), default=True)
    asks_list = models.BooleanField(
        _("asks for consent to the list of participants"), default=True
    )
    visa_for = models.CharField(
        _("asks for what a visa letter needs"),
        max_length=7,
        choices=Whom,
        default=Whom.NOBODY,
        help_text=_("Name as in the passport, and the country that issued it."),
    )
    asks_birth_date = models.BooleanField(
        _("also asks for the date of birth"),
        default=False,
        help_text=_("Only if the mission demands it."),
    )
    asks_passport_number = models.BooleanField(
        _("also asks for the number of the passport"),
        default=False,
        help_text=_("Only if the mission demands it."),
    )
    needs_erased_after = models.PositiveSmallIntegerField(
        _("diet and accessibility are erased so many days after the conference"),
        default=NEEDS_LAST_DAYS,
        validators=[MaxValueValidator(MOST_DAYS)],
    )
    visa_erased_after = models.PositiveSmallIntegerField(
        _("data for the visa are erased so many days after the conference"),
        default=VISA_DATA_LAST_DAYS,
        validators=[MaxValueValidator(MOST_DAYS)],
    )

    class Meta:
        verbose_name = _("second stage")
        verbose_name_plural = _("second stage")
        constraints = [
            models.CheckConstraint(
                condition=Q(visa_erased_after__lte=F("needs_erased_after")),
                name="registrations_secondstage_visa_data_go_first",
                violation_error_message=_(
                    "Data for the visa are erased first: please choose fewer days."
                ),
            )
        ]

    def __str__(self):
        return str(self.edition)

    @property
    def asks_needs(self):
        return self.asks_diet or self.asks_accessibility

    @property
    def asks_consents(self):
        return self.asks_photos or self.asks_list

    def asks_visa(self, side) -> bool:
        return Whom(self.visa_for).includes(side.which)


def own_person(name: str) -> models.OneToOneField:
    """A person's row has the key of the person: it is known before it is written."""
    return models.OneToOneField(
        Participant,
        models.CASCADE,
        primary_key=True,
        related_name=name,
        verbose_name=_("participant"),
    )


class PersonalNeeds(models.Model):
    """What a person eats and needs: health and belief, so encrypted."""

    participant = own_person("needs")
    diet = SealedTextField(_("diet and allergies"), blank=True)
    accessibility = SealedTextField(_("accessibility"), blank=True)
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True)
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)

    SEALED = ("diet", "accessibility")

    class Meta:
        verbose_name = _("diet and accessibility")
        verbose_name_plural = _("diet and accessibility")
        default_permissions = ()
        permissions = [
            ("read_personalneeds", _("May read sensitive data: diet, accessibility"))
        ]

    def __str__(self):
        return str(self.participant)


class VisaData(models.Model):
    """What the letter for a person's visa needs; encrypted."""

    participant = own_person("visa_data")
    needs_letter = models.BooleanField(_("needs a letter"), default=False)
    passport_name = SealedTextField(_("name as in the passport"), blank=True)
    issuing_country = SealedTextField(_("country that issued it"), blank=True)
    birth_date = SealedTextField(_("date of birth"), blank=True)
    passport_number = SealedTextField(_("number of the passport"), blank=True)
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)

    SEALED = ("passport_name", "issuing_country", "birth_date", "passport_number")

    class Meta:
        verbose_name = _("data for the visa letter")
        verbose_name_plural = _("data for visa letters")
        default_permissions = ()
        permissions = [
            ("read_visadata", _("May read sensitive data: what a visa letter needs"))
        ]

    def __str__(self):
        return str(self.participant)


class ConsentQuerySet(models.QuerySet["Consent"]):
    def given(self):
        """Those that hold now."""
        return self.filter(withdrawn_at=None)


class Consent(models.Model):
    """What a person has agreed to, in which words and when, until it is withdrawn."""

    class What(models.TextChoices):
        PHOTOS = "photos", _("photos")
        LIST = "list", _("list of participants")

    participant = models.ForeignKey(
        Participant,
        models.CASCADE,
        related_name="consents",
        verbose_name=_("participant"),
    )
    what = models.CharField(_("consent to"), max_length=6, choices=What)
    wording = models.TextField(_("in these words"))
    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["participant_id", "given_at", "pk"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "what"],
                condition=Q(withdrawn_at=None),
                name="registrations_consent_one_that_holds",
            )
        ]

    def __str__(self):
        return f"{self.participant}: {self.get_what_display()}"
