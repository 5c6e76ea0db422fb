"""How staff choose one of many rows: by a field that searches while they type."""

import re
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

KEY = re.compile(r"[0-9]{1,18}", re.ASCII)
Base: Any = object  # mixed into Django's admin classes and widgets


class KeysOnly(Base):
    """Shows again only what can be the key of a row; the form says what is wrong.

    Django's own widget asks the database for whatever was posted, and fails.
    """

    def optgroups(self, name, value, attrs=None):
        keys = [one for one in value if KEY.fullmatch(str(one))]
        return super().optgroups(name, keys, attrs)


class KeySelect(KeysOnly, AutocompleteSelect):
    """`about`: what the search is told beside the words that staff type."""

    about: dict[str, Any] = {}

    def get_url(self):
        query = f"?{urlencode(self.about)}" if self.about else ""
        return super().get_url() + query


class KeySelectMultiple(KeysOnly, AutocompleteSelectMultiple):
    def value_from_datadict(self, data, files, name):
        posted = super().value_from_datadict(data, files, name) or []
        # A number that no database can hold is as wrong as a word.
        return [one if KEY.fullmatch(one) else "-" for one in posted]


class Chooser(Base):
    """An admin or inline whose `autocomplete_fields` take whatever is posted."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeySelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeySelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)
