"""What the site writes about itself: what happened and how long it took, never to whom.

A line holds what is named here and nothing else. No query, no address of a visitor and
no text of an error gets into it: each of them may be what somebody typed.
"""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

# Tokens of personal links have 32 signs; no word of an address is that long.
TOKEN = re.compile(r"/[A-Za-z0-9_-]{32}(?=/|$|\s)")
# Our addresses are of such words; anything else in one was typed by somebody.
WORD = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
# What other people's code may put into a line, and what is left of it.
TYPED = (
    (re.compile(r"(Invalid request) from ip=.*", re.DOTALL), r"\1"),
    (re.compile(r"(Error handling request)\b.*", re.DOTALL), r"\1"),
    (re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+"), "…"),
    (re.compile(r"\?\S+"), "?…"),
    (
        re.compile(
            r"\b\d{1,3}(\.\d{1,3}){3}\b|\b[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){3,}"
        ),
        "…",
    ),
)
CODE = Path(__file__).resolve().parent.parent

# The number of the request that is being answered; it also goes into nginx's log.
REQUEST: ContextVar[str] = ContextVar("request", default="")


def masked_path(path: str) -> str:
    """An address without tokens and without words that are none of ours."""
    parts = TOKEN.sub("/…", path).split("/")
    return "/".join(
        part if part in {"", "…"} or WORD.fullmatch(part) else "…" for part in parts
    )


class WithoutTokens(logging.Filter):
    """Takes the token of a personal link out of a line, and lets the line pass."""

    def filter(self, record):
        record.msg = TOKEN.sub("/…", record.getMessage())
        record.args = None
        return True


class Json(logging.Formatter):
    """One line of JSON an event, for machines that keep lines for days."""

    def format(self, record):
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message(record),
        }
        if number := REQUEST.get():
            line["request"] = number
        line |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1]:
            line["error"] = told(record.exc_info[1])
        return json.dumps(line)


def message(record: logging.LogRecord) -> str:
    """The words of a line; of a refused request only its status and address."""
    if status := getattr(record, "status_code", None):
        request = getattr(record, "request", None)
        path = masked_path(request.path) if request else ""
        return f"{HTTPStatus(status).phrase}: {path}"
    words = TOKEN.sub("/…", record.getMessage())
    for typed, rest in TYPED:
        words = typed.sub(rest, words)
    return words


def told(error: BaseException) -> dict:
    """Where an error was raised and of which kind, without its text and its values."""
    kind = type(error)
    facts: dict = {"type": f"{kind.__module__}.{kind.__qualname__}"}
    if code := getattr(error, "pgcode", "") or getattr(error, "sqlite_errorname", ""):
        facts["code"] = code
    facts["at"] = [
        f"{_shortened(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    cause = error.__cause__ or (not error.__suppress_context__ and error.__context__)
    if cause:
        facts["because"] = told(cause)
    return facts


def _shortened(file: str) -> str:
    return file.removeprefix(f"{CODE}/").rpartition("site-packages/")[2]


def note(request, event: str) -> None:
    """Something that matters for safety: it stands in the line of this request.

    Not whose it is: the history in the admin and the attempts to sign in say so.
    """
    request.event = event


def configuration(*, development: bool) -> dict:
    """For people while they develop, for machines elsewhere; on standard output."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"without_tokens": {"()": "config.logs.WithoutTokens"}},
        "formatters": {
            "plain": {"format": "{levelname} {name}: {message}", "style": "{"},
            "json": {"()": "config.logs.Json"},
        },
        "handlers": {
            "nowhere": {"class": "logging.NullHandler"},
            "lines": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stdout",
                "formatter": "plain" if development else "json",
                "filters": ["without_tokens"] if development else [],
            },
        },
        "root": {"handlers": ["lines"], "level": "WARNING"},
        "loggers": {
            "config": {"level": "INFO"},
            "registrations": {"level": "INFO"},
            # A request has a line of its own: here only what went wrong.
            "django": {"level": "ERROR", "handlers": []},
            # Its lines hold names and addresses of whoever mistypes.
            "axes": {"handlers": ["nowhere"], "propagate": False},
            # Refused with a plain page; a traceback for each would hide errors.
            **{
                f"django.security.{refusal}": {
                    "handlers": ["nowhere"],
                    "propagate": False,
                }
                for refusal in (
                    "DisallowedHost",
                    "RequestDataTooBig",
                    "TooManyFieldsSent",
                    "TooManyFilesSent",
                )
            },
        },
    }
