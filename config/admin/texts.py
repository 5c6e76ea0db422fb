"""Each text that staff type is cleaned, in every admin and inline, also a later one."""

from django import forms
from django.contrib.admin.options import FORMFIELD_FOR_DBFIELD_DEFAULTS as DEFAULTS
from django.db import models

from partnerships.plain_text import AddressField, EmailField
from partnerships.staff_text import StaffLineField, StaffLinesField

FIELDS: dict[type[models.Field], type[forms.Field]] = {
    models.CharField: StaffLineField,
    models.TextField: StaffLinesField,
    models.EmailField: EmailField,
    models.URLField: AddressField,
}


def clean_all() -> None:
    """Before any admin is made: each begins with a copy of Django's defaults.

    A word in an address is no text, though its column is one: it keeps its own field.
    """
    DEFAULTS[models.SlugField] = {
        **DEFAULTS[models.CharField],
        "form_class": forms.SlugField,
    }
    for column, field in FIELDS.items():
        DEFAULTS[column]["form_class"] = field
