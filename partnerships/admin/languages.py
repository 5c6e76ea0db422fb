"""How a form asks for texts in all languages of the site without being endless."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.fields import TranslationField

Base: Any = object  # mixed into Django's admin classes


class ByLanguage(Base):
    """German texts stand in their place; each other language is a part that opens.

    Whoever translates finds all texts of a language together, and its heading says
    how many of the German ones are there. A part with a fault in it is always open.
    """

    def get_fieldsets(self, request, row=None):
        own = settings.LANGUAGE_CODE
        others: dict[str, list[str]] = {
            code: [] for code, _name in settings.LANGUAGES if code != own
        }
        parts = []
        for name, options in super().get_fieldsets(request, row):
            here: list = []
            for field in options["fields"]:
                others.get(self._language_of(field), here).append(field)
            parts.append((name, {**options, "fields": here}))
        folded = [
            (self._heading(code, fields, row), self._folded(fields))
            for code, fields in others.items()
            if fields
        ]
        return [*parts, *folded]

    def _language_of(self, field) -> str:
        """Of none: a choice, a day, several fields on one line."""
        column = {column.name: column for column in self.model._meta.fields}.get(field)
        return column.language if isinstance(column, TranslationField) else ""

    def _heading(self, code: str, fields: list[str], row) -> str:
        language = str(dict(settings.LANGUAGES)[code])
        asked = [
            field
            for field in fields
            if getattr(row, field.removesuffix(code) + settings.LANGUAGE_CODE, None)
        ]
        if not asked:
            return gettext("Texts in %(language)s") % {"language": language}
        return gettext("Texts in %(language)s: %(written)d of %(all)d") % {
            "language": language,
            "written": sum(bool(getattr(row, field)) for field in asked),
            "all": len(asked),
        }

    def _folded(self, fields: list[str]) -> dict[str, Any]:
        return {
            "classes": ["collapse"],
            "description": _(
                "An empty text in one language shows the English one, else the "
                "German one."
            ),
            "fields": fields,
        }
