from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conferences.models import Edition
from registrations import placeholders
from registrations.models.letter import Letter


class LetterText(models.Model):
    """The words of one kind of letter in one language, for all or for one edition."""

    NEEDS_LINK = (*Letter.Kind.of_links(), Letter.Kind.OFFER, Letter.Kind.CHOOSE)

    kind = models.CharField(_("kind"), max_length=20, choices=Letter.Kind)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    edition = models.ForeignKey(
        Edition,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="letter_texts",
        verbose_name=_("conference"),
        help_text=_("Empty: for all conferences that have no text of their own."),
    )
    subject = models.CharField(_("subject"), max_length=150)
    body = models.TextField(_("text"))

    class Meta:
        ordering = ["kind", "language", "edition"]
        verbose_name = _("text of a letter")
        verbose_name_plural = _("texts of letters")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language"],
                condition=Q(edition=None),
                name="registrations_lettertext_one_for_all",
                violation_error_message=_("This text exists already."),
            ),
            models.UniqueConstraint(
                fields=["kind", "language", "edition"],
                name="registrations_lettertext_one_per_edition",
                violation_error_message=_(
                    "This conference has its own text of this kind already."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} ({self.get_language_display()})"

    def clean(self):
        named = placeholders.names(self.subject + self.body)
        if unknown := sorted(named - placeholders.PLACEHOLDERS.keys()):
            raise ValidationError(
                _("These placeholders do not exist: %(names)s."),
                params={"names": ", ".join(unknown)},
                code="placeholder",
            )
        if "link" in placeholders.names(self.subject):
            raise ValidationError(
                {"subject": _("The personal link belongs into the text.")}, code="link"
            )
        if self.kind in self.NEEDS_LINK and "link" not in named:
            raise ValidationError(
                {"body": _("This letter is sent for its link: please write {link}.")},
                code="link",
            )
