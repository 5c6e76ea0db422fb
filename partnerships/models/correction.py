import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.models.municipality import Municipality
from partnerships.models.partnership import Partnership

# How long who suggested it is known: after the answer, and at the very longest.
ANSWERED_LAST = timedelta(days=180)
OPEN_LAST = timedelta(days=365)


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def open(self):
        """Those that staff have not answered."""
        return self.filter(answered_at=None)

    def to_erase(self, at: datetime):
        return self.filter(
            Q(answered_at__lte=at - ANSWERED_LAST) | Q(asked_at__lte=at - OPEN_LAST)
        )

    @transaction.atomic
    def suggest(self, about: "Partnership | Municipality", *, form_key: str, **words):
        """Write down what somebody suggests, once for each form that was shown.

        The same form sent again says what it said last; once staff have answered it,
        it says something new.
        """
        what = {about._meta.model_name or "": about}
        same = self.filter(form_key=form_key)
        if same.open().filter(**what).update(**words):
            return
        if same.exists():
            form_key = secrets.token_urlsafe(24)
        self.get_or_create(form_key=form_key, defaults={**what, **words})

    def answer(self, outcome: "Correction.Outcome") -> int:
        """Close those that are open; returns how many these were."""
        return self.open().update(outcome=outcome, answered_at=timezone.now())


class Correction(models.Model):
    """What somebody says is wrong about a partnership or a municipality.

    Staff check it: nothing on the site changes by itself.
    """

    class Outcome(models.TextChoices):
        DONE = "done", _("done")
        NOT_TAKEN = "not_taken", _("not taken over")

    partnership = models.ForeignKey(
        Partnership,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("partnership"),
    )
    municipality = models.ForeignKey(
        Municipality,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("municipality"),
    )
    text = models.TextField(_("what is wrong, and what is right"))
    source = models.URLField(_("source"), max_length=500, blank=True)
    name = models.CharField(_("name"), max_length=200)
    organisation = models.CharField(_("municipality or organisation"), max_length=200)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    form_key = models.CharField(max_length=40, unique=True, editable=False)
    asked_at = models.DateTimeField(_("suggested at"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome, blank=True)
    note = models.TextField(_("note for staff"), blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("suggested correction")
        verbose_name_plural = _("suggested corrections")
        constraints = [
            models.CheckConstraint(
                condition=Q(partnership=None, municipality__isnull=False)
                | Q(partnership__isnull=False, municipality=None),
                name="partnerships_correction_about_one_of_the_two",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, outcome="")
                | Q(answered_at__isnull=False) & ~Q(outcome=""),
                name="partnerships_correction_answered_with_an_outcome",
            ),
        ]

    def __str__(self):
        return str(self.about)

    def get_absolute_url(self):
        return self.about.get_absolute_url()

    @property
    def about(self):
        """The partnership or the municipality."""
        return self.partnership or self.municipality
