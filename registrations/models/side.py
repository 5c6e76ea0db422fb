from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from registrations.models.history import HistoryEntry
from registrations.models.letter import Letter
from registrations.models.link import PersonalLink, opens
from registrations.models.participant import Participant
from registrations.models.question import Question
from registrations.models.second_stage import SecondStage
from registrations.models.side_answers import AnswerVerbs
from registrations.models.side_second_stage import SecondStageVerbs
from registrations.models.side_verbs import SideVerbs

# Who asks for the link again gets it for this many delegations, and not every minute.
MOST_LINKS = 10
PAUSE_BETWEEN_LINKS = timedelta(minutes=5)


class SideQuerySet(models.QuerySet["Side"]):
    def opened_by(self, token: str, at=None):
        """The side whose door a personal link opens; nothing for a dead link."""
        return self.filter(**opens(token, at, "links__"))

    def behind(self, token: str):
        """Both sides of the delegation whose door a personal link opens.

        With the conference, in one query; `opened` is the side of the link itself.
        """
        sides = self.filter(**opens(token, path="delegation__sides__links__"))
        questions = Question.objects.of_registration()
        return sides.annotate(
            opened=F("delegation__sides__pk"),
            asks_questions=questions.exist_for("delegation__edition"),
            has_second_stage=SecondStage.objects.exist_for("delegation__edition"),
        ).select_related("delegation__edition__series__region")

    def with_partnership(self):
        """For pages that name both municipalities; the joins cost most others time."""
        return self.select_related(
            "delegation__german_municipality__country",
            "delegation__partnership__german__country",
            "delegation__partnership__partner__country",
        )

    def open(self) -> "Side | None":
        """Of the sides behind a link: the one it opens, which knows the other."""
        both = list(self.order_by("which"))
        for side in both:
            if side.pk == side.opened:  # type: ignore[attr-defined]  # annotated
                side.delegation.know_sides(both)
                side.delegation.edition.asks_questions = side.asks_questions  # type: ignore[attr-defined]  # annotated
                return side
        return None

    def german(self):
        return self.filter(which=Side.Which.GERMAN)

    def with_address(self, email: str):
        return self.filter(contact_email__iexact=email)

    def send_links(self, email: str, reference: str = "", at=None) -> int:
        """A fresh link to every side of this address whose conference is not over.

        Not to one that was sent a link just now: who asks for links in the name of
        others must not be able to fill their letter box.
        """
        now = at or timezone.now()
        sides = self.german().with_address(email).select_related("delegation__edition")
        if reference:
            sides = sides.filter(delegation__reference__iexact=reference)
        recent = Letter.objects.filter(
            kind__in=[Letter.Kind.CONTINUE_LINK, Letter.Kind.NEW_LINK],
            written_at__gt=now - PAUSE_BETWEEN_LINKS,
        )
        sides = sides.exclude(pk__in=recent.values("side")).order_by("-pk")
        asked = [s for s in sides[:100] if not s.delegation.edition.is_over()]
        for side in asked[:MOST_LINKS]:
            side.send_link(by=side)
        return len(asked[:MOST_LINKS])


class Side(SecondStageVerbs, AnswerVerbs, SideVerbs, models.Model):
    """The German or the partner side of a delegation, with its own contact person."""

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
    held = models.PositiveSmallIntegerField(_("places held"), default=0, editable=False)
    confirmed_at = models.DateTimeField(
        _("address confirmed at"), null=True, blank=True
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
        return list(self.participants.all())

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

    @transaction.atomic
    def confirm_by(self, token: str) -> bool:
        """The contact has followed a link from a letter and pressed the button.

        Who changes the address at this moment was first, and the link is dead, or
        comes after it, and the new address is not confirmed.
        """
        Side.objects.select_for_update().get(pk=self.pk)
        links = PersonalLink.objects.opened_by(token).filter(side=self)
        return links.confirming().exists() and self.confirm()

    @transaction.atomic
    def confirm(self) -> bool:
        """The address is the contact's own, as far as we know."""
        if not Side.objects.filter(pk=self.pk, confirmed_at=None).update(
            confirmed_at=timezone.now()
        ):
            return False
        self.refresh_from_db(fields=["confirmed_at"])
        self.delegation.history.record(
            self.delegation, HistoryEntry.Verb.CONFIRM, by=self
        )
        return True

    @transaction.atomic
    def change_contact(self, *, by, **contact) -> str | None:
        """Take over what the contact wrote; a new address begins anew.

        A new address is not confirmed, the old links die, and a letter with a new
        one goes to it; the partner gets none here, its own pages come later.
        Returns the token of a link for the page that is open now, or None where the
        old ones still hold.
        """
        old = Side.objects.select_for_update().get(pk=self.pk)
        self.delegation.touch()
        if all(getattr(old, name) == value for name, value in contact.items()):
            return None
        for name, value in contact.items():
            setattr(self, name, value)
        moved = old.contact_email.casefold() != self.contact_email.casefold()
        if moved:
            self.confirmed_at = timezone.now() if not isinstance(by, Side) else None
        self.save(update_fields=[*contact, "confirmed_at"])
        self.delegation.history.record(
            self.delegation, HistoryEntry.Verb.CHANGE_CONTACT, by=by
        )
        if not moved:
            return None
        self.links.all().revoke()
        if not self.is_german:
            return None
        Letter.objects.write(self, self._kind_of_link_letter())
        return self.mint_link()

    @transaction.atomic
    def send_link(self, *, by=None) -> None:
        """Write a letter with a fresh link; the older ones still open the door."""
        Letter.objects.write(self, self._kind_of_link_letter())
        self.delegation.history.record(
            self.delegation, HistoryEntry.Verb.SEND_LINK, by=by
        )

    def _kind_of_link_letter(self) -> Letter.Kind:
        is_draft = self.delegation.is_draft
        return Letter.Kind.CONTINUE_LINK if is_draft else Letter.Kind.NEW_LINK
