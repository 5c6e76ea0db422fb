"""Names for what Django's admin leaves without one, for people who hear the page."""

from typing import Any

from django.contrib import admin
from django.forms import CheckboxInput
from django.utils.translation import gettext_lazy as _

Base: Any = object  # mixed into Django's admin classes


class NamedCells(Base):
    """A table of fields: each says its column, since only the first line does."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs.setdefault("aria-label", field.label)
        return field

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        words = {"aria-label": _("Delete this line")}
        formset.deletion_widget = CheckboxInput(attrs=words)
        return formset


class NamedValuesFilter(admin.AllValuesFieldListFilter):
    """Rows without a value can be chosen too: by a word instead of an empty link."""

    def choices(self, changelist):
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or _("none stated")}
