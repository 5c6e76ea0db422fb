import hashlib
import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def opens(token: str, at=None, path: str = "") -> dict:
    """The conditions on a link that this token opens a door; `path` leads to it."""
    return {f"{path}token_hash": hashed(token), **is_usable(at, path)}


def is_usable(at=None, path: str = "") -> dict:
    return {f"{path}revoked_at": None, f"{path}expires_at__gt": at or timezone.now()}


class LinkQuerySet(models.QuerySet):
    def draw(self, expires_at, **door) -> str:
        """A new key to a door. It is returned once; only its hash is kept."""
        token = secrets.token_urlsafe(24)
        self.create(token_hash=hashed(token), expires_at=expires_at, **door)
        return token

    def usable(self, at=None):
        return self.filter(**is_usable(at))

    def opened_by(self, token: str, at=None):
        return self.filter(**opens(token, at))

    def revoke(self):
        return self.filter(revoked_at=None).update(revoked_at=timezone.now())


class PersonalLinkQuerySet(LinkQuerySet):
    def mint(self, side, purpose) -> str:
        expires_at = side.delegation.links_expire_at
        return self.draw(expires_at, side=side, purpose=purpose)

    def confirming(self):
        """Only who got a letter has shown that the address is theirs."""
        return self.filter(purpose=PersonalLink.Purpose.LETTER)


class Link(models.Model):
    """A key of 192 random bits, of which we keep a hash."""

    token_hash = models.CharField(_("hash"), max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        abstract = True


class PersonalLink(Link):
    """A key to one side of a delegation."""

    class Purpose(models.TextChoices):
        SCREEN = "screen", _("shown in the form")
        LETTER = "letter", _("sent in a letter")

    side = models.ForeignKey(
        "registrations.Side",
        models.CASCADE,
        related_name="links",
        verbose_name=_("side"),
    )
    purpose = models.CharField(_("purpose"), max_length=6, choices=Purpose)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")

    def __str__(self):
        return f"{self.side}, {self.get_purpose_display()}"


class PersonLinkQuerySet(LinkQuerySet):
    def mint(self, participant) -> str:
        expires_at = participant.side.delegation.links_expire_at
        return self.draw(expires_at, participant=participant)


class PersonLink(Link):
    """A key to the own page of one person. In a table of its own: it opens no side."""

    participant = models.ForeignKey(
        "registrations.Participant",
        models.CASCADE,
        related_name="links",
        verbose_name=_("participant"),
    )

    objects = PersonLinkQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("link of a person")
        verbose_name_plural = _("links of persons")

    def __str__(self):
        return f"{self.participant}"
