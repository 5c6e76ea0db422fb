from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from partnerships.statement import Statement
from registrations.models.contact_verbs import ContactVerbs, recent_links
from registrations.models.history import HistoryEntry
from registrations.models.keys import new_key
from registrations.models.link import PersonalLink, opens
from registrations.models.participant import Participant
from registrations.models.partner_verbs import PartnerVerbs
from registrations.models.side_answers import AnswerVerbs
from registrations.models.side_choice import ChoiceVerbs
from registrations.models.side_second_stage import SecondStageVerbs
from registrations.models.side_verbs import SideVerbs

_PEOPLE = Statement(lambda: Participant.objects.filter(side=0).order_by("pk"))
# Who asks for the link again gets it for so many delegations.
MOST_LINKS = 10


class SideQuerySet(models.QuerySet["Side"]):
    def opened_by(self, token: str, at=None):
        """The side whose door a personal link opens; nothing for a dead link."""
        return self.filter(**opens(token, at, "links__"))

    def german(self):
        return self.filter(which=Side.Which.GERMAN)

    def written_to(self):
        """Those whose contact may hold a link: a partner only after its letter."""
        return self.filter(Q(which=Side.Which.GERMAN) | Q(invited_at__isnull=False))

    def with_address(self, email: str):
        return self.filter(contact_email__iexact=email)

    def send_links(self, email: str, reference: str = "", at=None) -> int:
        """A fresh link to every side of this address whose conference is not over.

        Not to one that was sent a link just now: who asks for links in the name of
        others must not be able to fill their letter box.
        """
        now = at or timezone.now()
        sides = self.written_to().with_address(email)
        sides = sides.select_related("delegation__edition")
        if reference:
            sides = sides.filter(delegation__reference__iexact=reference)
        sides = sides.exclude(pk__in=recent_links(now).values("side")).order_by("-pk")
        asked = [s for s in sides[:100] if not s.delegation.edition.is_over()]
        for side in asked[:MOST_LINKS]:
            side.send_link(by=side)
        return len(asked[:MOST_LINKS])


class Side(
    ChoiceVerbs,
    SecondStageVerbs,
    AnswerVerbs,
    SideVerbs,
    ContactVerbs,
    PartnerVerbs,
    models.Model,
):
    """The German or the partner side of a delegation, with its own contact person."""

    class Answer(models.TextChoices):
        """What the partner says itself; its number of people agrees with it."""

        COMING = "coming", _("comes")
        NOT_COMING = "not_coming", _("does not come")

    class Which(models.TextChoices):
        GERMAN = "german", _("German side")
        PARTNER = "partner", _("partner side")

    delegation = models.ForeignKey(
        "registrations.Delegation",
        models.CASCADE,
        related_name="sides",
        verbose_name=_("delegation"),
    )
    which = models.CharField(_("which side"), max_length=7, choices=Which)
    contact_name = models.CharField(_("contact's name"), max_length=200, blank=True)
    contact_email = models.EmailField(_("contact's e-mail address"), blank=True)
    contact_phone = models.CharField(
        _("contact's telephone"), max_length=40, blank=True
    )
    organisation = models.CharField(
        _("association or institution"),
        max_length=200,
        blank=True,
        help_text=_("Where the contact does not work for the municipality itself."),
    )
    language = models.CharField(
        _("language of letters"),
        max_length=8,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    planned = models.PositiveSmallIntegerField(_("planned people"), default=0)
    online = models.PositiveSmallIntegerField(_("people online"), default=0)
    held = models.PositiveSmallIntegerField(_("places held"), default=0, editable=False)
    confirmed_at = models.DateTimeField(
        _("address confirmed at"), null=True, blank=True
    )
    contact_by = models.CharField(
        _("contact entered by"),
        max_length=8,
        choices=HistoryEntry.ActorKind,
        blank=True,
        editable=False,
    )
    invited_at = models.DateTimeField(
        _("partner written to at"), null=True, blank=True, editable=False
    )
    answer = models.CharField(
        _("answer of the partner"),
        max_length=10,
        choices=Answer,
        blank=True,
        editable=False,
    )

    key = models.CharField(
        _("random key"), max_length=32, default=new_key, editable=False
    )

    objects = SideQuerySet.as_manager()

    class Meta:
        ordering = ["delegation_id", "which"]
        verbose_name = _("side")
        verbose_name_plural = _("sides")
        constraints = [
            models.UniqueConstraint(
                fields=["delegation", "which"], name="registrations_side_one_of_each"
            ),
            models.CheckConstraint(
                condition=Q(held__lte=F("planned")),
                name="registrations_side_holds_no_more_than_planned",
            ),
        ]

    def __str__(self):
        return f"{self.delegation.reference}, {self.get_which_display()}"

    @property
    def is_german(self):
        return self.which == self.Which.GERMAN

    @cached_property
    def people(self) -> list[Participant]:
        """The named people, in the order in which they were entered."""
        if "participants" in getattr(self, "_prefetched_objects_cache", {}):
            return list(self.participants.all())
        people = _PEOPLE.ask(self.pk)
        for person in people:
            person.side = self
        return people

    def forget_people(self) -> None:
        self.__dict__.pop("people", None)

    @property
    def unnamed(self) -> int:
        """Places whose name follows."""
        return max(self.planned - len(self.people), 0)

    @property
    def lacks_administration(self) -> bool:
        """Whether the rule "one from the administration" is still open."""
        administration = Participant.OrganisationKind.ADMINISTRATION
        return (
            self.delegation.edition.needs_administration
            and self.planned > 0
            and not any(p.organisation_kind == administration for p in self.people)
        )

    def mint_link(self, purpose=PersonalLink.Purpose.SCREEN) -> str:
        return PersonalLink.objects.mint(self, purpose)

    @property
    def town(self):
        """The municipality of this side; None: of guests, or not said yet."""
        if self.is_german:
            return self.delegation.german_municipality
        partnership = self.delegation.partnership
        return partnership.partner if partnership else None

    @property
    def contact_and_town(self) -> str:
        """Who writes for this side, as a person whom it entered is told."""
        return ", ".join(str(part) for part in (self.contact_name, self.town) if part)

    @property
    def is_coming(self):
        return self.answer == self.Answer.COMING

    @property
    def is_not_coming(self):
        return self.answer == self.Answer.NOT_COMING

    @property
    def state_template(self) -> str:
        """The piece of this side's page that says what the delegation's state means."""
        delegation = self.delegation
        if delegation.state == delegation.State.OFFERED and not self.is_german:
            return "registrations/states/offered_partner.html"
        return delegation.state_template

    @property
    def shows_address_to_other(self) -> bool:
        """The other side sees what it wrote itself, not what this side wrote."""
        return self.contact_by != self.which
