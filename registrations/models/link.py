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


class PersonalLinkQuerySet(models.QuerySet):
    def mint(self, side, purpose) -> str:
        """A new key to a side. It is returned once; only its hash is kept."""
        token = secrets.token_urlsafe(24)
        self.create(
            side=side,
            purpose=purpose,
            token_hash=hashed(token),
            expires_at=side.delegation.links_expire_at,
        )
        return token

    def usable(self, at=None):
        return self.filter(**is_usable(at))

    def opened_by(self, token: str, at=None):
        return self.filter(**opens(token, at))

    def confirming(self):
        """Only who got a letter has shown that the address is theirs."""
        return self.filter(purpose=PersonalLink.Purpose.LETTER)

    def revoke(self):
        return self.filter(revoked_at=None).update(revoked_at=timezone.now())


class PersonalLink(models.Model):
    """A key to one side of a delegation: 192 random bits, of which we keep a hash."""

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
    token_hash = models.CharField(_("hash"), max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")

    def __str__(self):
        return f"{self.side}, {self.get_purpose_display()}"
