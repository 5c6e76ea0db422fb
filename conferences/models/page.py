import re

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

# What nobody but the organiser can know stands in a text as [[what is missing]].
GAP = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)


class Page(models.Model):
    """A text of the site that staff write: a page of its own, or a part of the home."""

    class Key(models.TextChoices):
        LEAD = "lead", _("Home: what this is")
        AUDIENCE = "audience", _("Home: for whom")
        AIMS = "aims", _("Home: aims")
        RHYTHM = "rhythm", _("Home: regions and rhythm")
        TOPICS = "topics", _("Home: topics")
        ABOUT = "about", _("About us")
        CONTACT = "contact", _("Contact")
        IMPRINT = "imprint", _("Imprint")
        PRIVACY = "privacy", _("Privacy")
        ACCESSIBILITY = "accessibility", _("Accessibility")
        EASY_LANGUAGE = "easy-language", _("Easy language")
        SOURCES = "sources", _("Sources")

    ON_HOME = (Key.LEAD, Key.AUDIENCE, Key.AIMS, Key.RHYTHM, Key.TOPICS)

    key = models.CharField(
        _("where it stands"), max_length=20, choices=Key, unique=True
    )
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(
        _("text"),
        blank=True,
        help_text=_(
            "Markdown: an empty line parts paragraphs, ## begins a heading. What is "
            "still missing stands in double square brackets."
        ),
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("text of the site")
        verbose_name_plural = _("texts of the site")

    def __str__(self):
        return self.get_key_display()

    def get_absolute_url(self):
        if self.key in self.ON_HOME:
            return reverse("conferences:home")
        return reverse(f"conferences:{self.key}")

    @property
    def gaps(self) -> list[str]:
        """What is still missing, as the text names it, in every language."""
        columns = [f"text_{code}" for code, _name in settings.LANGUAGES]
        texts = [getattr(self, column) or "" for column in columns]
        return [gap for text in texts for gap in GAP.findall(text)]
