"""Markup in every column of every row, and what tells that some of it is alive."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from conferences.models import Edition
from registrations.models import Answer, HistoryEntry, Letter
from tests.conferences.sessions import let_out

MARK = "data-xss"
PAYLOADS = [
    f"<img src=x onerror=alert(1) {MARK}>",
    f"<script {MARK}>alert(1)</script>",
    f'"><svg onload=alert(1) {MARK}>',
    f"'><details open ontoggle=alert(1) {MARK}>",
    f"</title></textarea></script><b {MARK}>",
    f"[x](javascript:alert(1)) <a {MARK} href='javascript:alert(1)'>x</a>",
    f'![x](x" onerror="alert(1)" {MARK}=")',
    f'" autofocus onfocus=alert(1) {MARK}="',
    f"' onmouseover='alert(1)' {MARK}='",
    f"{{{{ 7|add:7 }}}} {{% debug %}} <b {MARK}>",
    f"&lt;img src=x onerror=alert(1) {MARK}&gt; &#60;b {MARK}&#62;",
    f'--><iframe {MARK} srcdoc="<script>alert(1)</script>"></iframe>',
]
# By app, those that hold what somebody typed; the rest of them is Django's own.
APPS = ("partnerships", "conferences", "registrations", "auth", "admin", "axes")
# Words of a fixed list, keys and hashes: with anything else no page could be made.
FIXED = {
    "iso2",
    "code",
    "colour",
    "time_zone",
    "languages",
    "interpretation",
    "digest",
    "message_id",
    "token_hash",
    "form_key",
    "reference",
    "seed",
    "who",
    "purpose",
    "secret",
    "password",
    "deadline",
    "condition_values",
    "codename",
    "object_id",
    "birth_date",  # sealed, and read as a day
}


def is_typed(column) -> bool:
    if not isinstance(column, models.CharField | models.TextField):
        return False
    is_word = isinstance(column, models.SlugField) or column.choices
    is_short = column.max_length is not None and column.max_length < 20
    name = column.name.rpartition("_")[0] if hasattr(column, "translated_field") else ""
    return not (is_word or is_short or {column.name, name} & FIXED)


def columns() -> Iterator[tuple[type[models.Model], list[models.Field]]]:
    """Each model with its columns into which somebody can type."""
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            typed = [one for one in model._meta.concrete_fields if is_typed(one)]
            if typed and not model._meta.proxy and model is not HistoryEntry:
                yield model, typed


def fill(turn: int = 0) -> int:
    """Put a payload into each of them; another one with each turn. Returns how many."""
    count = 0
    for model, typed in columns():
        for row in model._base_manager.all():
            values = {}
            for column in typed:
                payload = PAYLOADS[(turn + count) % len(PAYLOADS)]
                values[column.name] = as_kept(column, payload, row)
                count += 1
            if hasattr(model, "SEALED"):
                for name, value in values.items():
                    setattr(row, name, value)
                row.save(update_fields=values)
            else:
                model._base_manager.filter(pk=row.pk).update(**values)
    _fill_what_is_no_column(PAYLOADS[turn % len(PAYLOADS)])
    return count


def _fill_what_is_no_column(payload: str) -> None:
    """What letters, answers and the history keep, and the released programme."""
    Letter.objects.update(context={"reason": payload, "request": payload})
    Answer.objects.update(value=payload)
    for entry in HistoryEntry.objects.all():  # no line is ever changed: further ones
        entry.pk, entry.reason = None, payload
        entry.changes = _with_words(entry.changes, payload)
        entry.save()
    for edition in Edition.objects.all():
        let_out(edition)


def _with_words(kept, payload):
    if isinstance(kept, dict):
        return {name: _with_words(value, payload) for name, value in kept.items()}
    if isinstance(kept, list):
        return [_with_words(value, payload) for value in kept]
    return payload if isinstance(kept, str) else kept


def as_kept(column, payload, row):
    if isinstance(column, models.TextField):
        payload = " ".join([payload, *PAYLOADS])
    elif isinstance(column, models.EmailField):
        payload = f'"{payload}"@example.org'
    elif isinstance(column, models.URLField):
        payload = f"https://example.org/{payload.replace(' ', '/')}"
    if column.unique or column.name in {"name", "label"}:
        payload = f"{row.pk} {payload}"
    return payload[: column.max_length]
