"""Text that lies encrypted in the database, bound to the row it belongs to.

The keys stand in the environment (`FIELD_KEYS`), never in the database: the first
writes, all read. Table, column and key of the row are encrypted with the text and
compared when it is opened, so that a text that was moved to another row is refused.
A text is opened when its attribute is read; lists that do not read it never do.
"""

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _


class CannotOpen(Exception):
    """No key opens this text, or it belongs to another row."""


class Sealed(str):
    """A text as it lies in the database."""

    __slots__ = ()


def seal(text: str, place: str) -> Sealed:
    return Sealed(
        _box(tuple(settings.FIELD_KEYS)).encrypt(_bound(text, place)).decode()
    )


def open_sealed(sealed: Sealed, place: str) -> str:
    try:
        found = _box(tuple(settings.FIELD_KEYS)).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise CannotOpen(_("No key opens this text.")) from None
    named, _line, text = found.partition("\n")
    if named != place:
        raise CannotOpen(_("This text belongs to another row."))
    return text


def seal_anew(sealed: Sealed) -> Sealed:
    """The same text under the first key."""
    try:
        return Sealed(_box(tuple(settings.FIELD_KEYS)).rotate(sealed.encode()).decode())
    except InvalidToken:
        raise CannotOpen(_("No key opens this text.")) from None


def _bound(text: str, place: str) -> bytes:
    return f"{place}\n{text}".encode()


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


class SealedAttribute(DeferredAttribute):
    """Opens the text of a row when it is read first."""

    def __get__(self, instance, cls=None):
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            field: SealedTextField = self.field  # type: ignore[assignment]  # its own
            value = open_sealed(value, field.place_of(instance))
            instance.__dict__[field.attname] = value
        return value

    def __set__(self, instance, value):
        """Without this, what stands in the instance would be read directly."""
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.TextField):
    """A text that the database holds encrypted; an empty one stays empty.

    The row's key must be known before it is written, so its model takes that of
    another row as its own (a one-to-one relation as primary key). Nothing can be
    looked for in it, and `update()` refuses plain text.
    """

    descriptor_class = SealedAttribute

    def place_of(self, instance) -> str:
        if instance.pk is None:
            raise FieldError(f"{self}: the key of the row is not known yet")
        return f"{instance._meta.db_table}.{self.column}.{instance.pk}"

    def from_db_value(self, value, expression, connection):
        return Sealed(value) if value else value

    def pre_save(self, instance, add):
        value = instance.__dict__.get(self.attname)
        if isinstance(value, Sealed) or not value:
            return value
        return seal(value, self.place_of(instance))

    def get_db_prep_save(self, value, connection):
        if value and not isinstance(value, Sealed):
            raise FieldError(f"{self}: plain text is not written")
        return super().get_db_prep_save(value, connection)

    def get_lookup(self, lookup_name):
        if lookup_name != "isnull":
            raise FieldError(f"{self}: nothing can be looked for in it")
        return super().get_lookup(lookup_name)

    def value_to_string(self, instance):
        """A serialised row holds what the database holds."""
        return self.pre_save(instance, add=False) or ""


def sealed_fields(model) -> list[SealedTextField]:
    return [f for f in model._meta.concrete_fields if isinstance(f, SealedTextField)]
