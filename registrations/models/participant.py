from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models.history import HistoryEntry
from registrations.models.keys import new_key
from registrations.models.person_verbs import ParticipantQuerySet, PersonVerbs


class Participant(PersonVerbs, models.Model):
    """One person of a side. Who has one name only has a family name."""

    class OrganisationKind(models.TextChoices):
        ADMINISTRATION = "administration", _("administration")
        POLITICS = "politics", _("politics")
        CIVIL_SOCIETY = "civil_society", _("civil society")
        COMPANY = "company", _("municipal company")
        OTHER = "other", _("other")

    class Role(models.TextChoices):
        MEMBER = "member", _("member of the delegation")
        INTERPRETER = "interpreter", _("interpreter")
        ACCOMPANYING = "accompanying", _("accompanying person")

    Hand = HistoryEntry.ActorKind

    side = models.ForeignKey(
        "registrations.Side",
        models.CASCADE,
        related_name="participants",
        verbose_name=_("side"),
    )
    given_names = models.CharField(_("given names"), max_length=200, blank=True)
    family_name = models.CharField(_("family name"), max_length=200)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    organisation_kind = models.CharField(
        _("kind of organisation"), max_length=16, choices=OrganisationKind
    )
    function = models.CharField(_("function"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.MEMBER)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(
        _("preferred language"), max_length=8, choices=settings.LANGUAGES, default="de"
    )
    entered_by = models.CharField(
        _("entered by"),
        max_length=8,
        choices=Hand,
        blank=True,
        editable=False,
    )
    informed_at = models.DateTimeField(
        _("written to at"), null=True, blank=True, editable=False
    )

    key = models.CharField(
        _("random key"), max_length=32, default=new_key, editable=False
    )

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["side_id", "pk"]
        verbose_name = _("participant")
        verbose_name_plural = _("participants")

    def __str__(self):
        return self.full_name

    @property
    def full_name(self):
        return f"{self.given_names} {self.family_name}".strip()

    @property
    def source(self):
        """The side from which we have the data of this person."""
        return self.side.delegation.german_side if self.is_on_behalf else self.side

    @property
    def is_on_behalf(self) -> bool:
        """Of somebody of the partner side: whether the German side wrote this."""
        return self.entered_by == self.Hand.GERMAN

    def is_another_than(self, before: "Participant") -> bool:
        """Whether the names say that somebody else comes: none of them is the same."""
        old, new = before.full_name.casefold(), self.full_name.casefold()
        return not set(old.split()) & set(new.split())

    def become_another(self) -> None:
        """Somebody else stands in this row from now on."""
        self.key = new_key()

    def forget_answers(self) -> None:
        """Nothing that one person answered is kept for another in the same place."""
        self.answers.all().delete()
        self.consents.all().delete()
        self.wishes.all().delete()
        self.seats.all().delete()
        for name in ("needs", "visa_data"):
            if row := getattr(self, name, None):
                row.delete()
