"""How a form of a page is filled in, whatever fields it has, and sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from django import forms
from django.apps import apps
from django.db import transaction
from django.test.utils import ContextList

from partnerships.plain_text import (
    AddressField,
    EmailField,
    PhoneField,
    PlainField,
)
from registrations import sensitive

FORM = "application/x-www-form-urlencoded"
OURS = ("partnerships", "conferences", "registrations", "auth")
# By the kind of field; where none is named, it is of a kind that nobody types into.
TYPED = (
    (EmailField, "neu@example.org"),
    (PhoneField, "+49 641 123456"),
    (AddressField, "https://example.org/page"),
    (forms.DateField, "08.09.2027"),
)
HAS_A_FORM_OF_ITS_OWN = (EmailField, PhoneField, AddressField)
# Words of a fixed list, which the model looks at.
CODES = {"languages", "interpretation", "time_zone"}
# Without these another text of the form is left out.
CHOSEN = {"writes_for": "organisation", "agrees": "on"}


def forms_of(response) -> list[forms.BaseForm]:
    """The forms of a page, each once."""
    several = isinstance(response.context, ContextList)
    layers = response.context if several else [response.context]
    values = (
        value
        for layer in layers
        for part in getattr(layer, "dicts", ())
        for value in part.values()
    )
    return list(
        {id(one): one for one in values if isinstance(one, forms.BaseForm)}.values()
    )


def is_free(field) -> bool:
    """Whether any words may be typed into it."""
    return isinstance(field, PlainField) and not isinstance(
        field, HAS_A_FORM_OF_ITS_OWN
    )


def texts(form) -> list[str]:
    """The names of the fields for free text that a reader sees."""
    return [
        name
        for name, field in form.fields.items()
        if is_free(field) and not field.widget.is_hidden and not field.disabled
        if name not in CODES
    ]


def broken(field) -> list[str]:
    """What has a form of its own, with a break or an unseen sign in the middle."""
    [right] = [typed for kind, typed in TYPED if isinstance(field, kind)]
    return [
        f"{right[:9]}{sign}{right[9:]}" for sign in "\r\n\v\0\x85\u2028\u202e\u200b"
    ]


def filled(form, text: str) -> dict:
    """What a browser sends once a text stands in each field for free text."""
    sent: dict = {}
    for name, field in form.fields.items():
        value = form[name].value()
        if name in texts(form):
            value = text[: field.most]
        elif not field.disabled:
            value = CHOSEN.get(name) or _chosen(field, value)
        sent |= _as_sent(form.add_prefix(name), field.widget, value)
    return sent


def _as_sent(name, widget, value) -> dict:
    """By the names of a browser: a day and its time are two."""
    if isinstance(widget, forms.MultiWidget):
        parts = widget.decompress(value)
        return {
            f"{name}_{at}": one for at, one in enumerate(parts or ()) if one is not None
        }
    return {} if value is None or value is False or value == "" else {name: value}


def _chosen(field, value):
    for kind, typed in TYPED:
        if isinstance(field, kind):
            return value or typed
    if isinstance(field, forms.MultipleChoiceField):
        return value or ([_first(field)] if field.required else [])
    if isinstance(field, forms.ChoiceField):
        return value or (_first(field) if field.widget.is_required else "")
    if isinstance(field, forms.IntegerField):
        return (field.min_value or 0) if value is None and field.required else value
    return value


def _first(field):
    return next((key for key, _label in field.choices if key), "")


@contextmanager
def rolled_back():
    """What is sent inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def send(client, path: str, data: dict):
    """Also what is no text at all, as a program may send it."""
    body = urlencode(data, doseq=True, errors="surrogatepass")
    return client.post(path, body, content_type=FORM)


def everything_kept() -> Iterator[str]:
    """Each text of each row of ours, also within what is kept as JSON or sealed."""
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            for row in model._base_manager.all():
                for column in model._meta.concrete_fields:
                    yield str(getattr(row, column.attname))
                if hasattr(row, "SEALED"):
                    yield from map(str, sensitive.texts(row).values())
