from functools import cache

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LONG_TEXTS = (
    "introduction",
    "audience",
    "costs",
    "programme",
    "practical",
    "results",
    "next_steps",
)
TEXTS = (*LONG_TEXTS, "motto", "theme", "conference_languages", "cooperation")


@cache
def columns_of_texts(prefix: str, *names: str) -> tuple[str, ...]:
    """Of translated texts, in every language."""
    endings = ("", *(f"_{code}" for code, _name in settings.LANGUAGES))
    return tuple(f"{prefix}{name}{ending}" for name in names for ending in endings)


class EditionTexts(models.Model):
    """What is written about a conference, in every language of the site."""

    title = models.CharField(
        _("title"), max_length=200, blank=True, help_text=_("If it has one of its own.")
    )
    motto = models.CharField(_("motto"), max_length=200, blank=True)
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    introduction = models.TextField(_("what it is about"), blank=True)
    audience = models.TextField(_("who may come"), blank=True)
    costs = models.TextField(_("what is paid"), blank=True)
    programme = models.TextField(_("programme in short"), blank=True)
    practical = models.TextField(_("practical matters"), blank=True)
    results = models.TextField(
        _("results"), blank=True, help_text=_("Shown once the conference is over.")
    )
    next_steps = models.TextField(
        _("agreed next steps"),
        blank=True,
        help_text=_("Shown once the conference is over."),
    )
    conference_languages = models.CharField(
        _("languages of the conference"), max_length=200, blank=True
    )
    cooperation = models.CharField(_("in cooperation with"), max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def has_texts(self) -> bool:
        """Whether anything is written about it beside its title, motto and theme."""
        return any(getattr(self, name) for name in LONG_TEXTS)
