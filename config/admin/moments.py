"""A day and a time of day in two fields, each of which says whose it is."""

from django import forms
from django.contrib.admin.options import FORMFIELD_FOR_DBFIELD_DEFAULTS as DEFAULTS
from django.db import models
from django.utils.translation import gettext as _


class MomentField(forms.SplitDateTimeField):
    """Django writes “Date:” before the first, which is no label to who hears it."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        for part, word in zip(self.widget.widgets, (_("Day"), _("Time")), strict=True):
            part.attrs["aria-label"] = f"{self.label}: {word}"


def name_all() -> None:
    """Before any admin is made: each begins with a copy of Django's defaults."""
    DEFAULTS[models.DateTimeField]["form_class"] = MomentField
