"""Nonsense in the environment is refused at the start, with one clear line."""

import base64
import os
import stat
import subprocess
import sys

import pytest
from django.db.utils import ConnectionHandler

from config import env

PRODUCTION = {
    "DEVELOPMENT": "no",
    "SECRET_KEY": "a-key-for-this-test-only-" + "x1Y2" * 10,
    "FIELD_KEYS": base64.b64encode(b"0123456789" * 3 + b"01").decode(),
    "ALLOWED_HOSTS": "example.org",
    "SITE_ADDRESS": "https://example.org",
}


def start(code="import config.settings", **environment):
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_production_environment_starts():
    assert start(**PRODUCTION).returncode == 0


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ({"DEVELOPMENT": "true"}, "DEVELOPMENT='true': write yes or no"),
        ({"DEBUG": "1"}, "DEBUG='1': write yes or no"),
        ({"SECRET_KEY": ""}, "SECRET_KEY: set it; outside development it is needed"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY: at least 50 signs, please"),
        ({"FIELD_KEYS": ""}, "FIELD_KEYS: set it; outside development it is needed"),
        (
            {"FIELD_KEYS": PRODUCTION["FIELD_KEYS"] + ",c2hvcnQ="},
            "FIELD_KEYS: key 2 is none; make one with: openssl rand 32 | base64",
        ),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS: name at least one host"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS='*': write plain host names"),
        ({"SITE_ADDRESS": ""}, "SITE_ADDRESS: set it, such as https://example.org"),
        (
            {"SITE_ADDRESS": "example.org"},
            "SITE_ADDRESS='example.org': write it as https://example.org",
        ),
        (
            {"DATABASE_URL": "mysql://u:secret@h/d"},
            "DATABASE_URL=mysql://…: write postgresql://… or sqlite:///…",
        ),
        ({"THROTTLE_TIMES": "9"}, "THROTTLE_TIMES=9: only development may set it"),
        (
            {"TRUSTED_PROXIES": "10.0.0.1/8"},
            "TRUSTED_PROXIES='10.0.0.1/8': write addresses or networks, such as "
            "10.0.0.0/8",
        ),
        (
            {"EMAIL_PORT": "smtp"},
            "EMAIL_PORT='smtp': write a whole number from 1 to 65535",
        ),
        (
            {"EMAIL_PORT": "70000"},
            "EMAIL_PORT='70000': write a whole number from 1 to 65535",
        ),
    ],
)
def test_nonsense_is_refused_with_one_line(wrong, line):
    ended = start(**{**PRODUCTION, **wrong})

    assert ended.returncode == 1
    assert ended.stderr == f"settings: {line}\n"


def test_cookies_travel_encrypted_outside_development():
    names = "SESSION_COOKIE_SECURE, CSRF_COOKIE_SECURE"
    ended = start(f"from config.settings import *; print({names})", **PRODUCTION)

    assert ended.stdout == "True True\n"


def start_in_development(folder):
    return start(DEVELOPMENT="yes", VAR_DIR=str(folder))


def test_development_makes_one_key_for_encrypted_fields(tmp_path):
    start_in_development(tmp_path)
    file = tmp_path / "field-key.txt"
    made = file.read_text()

    start_in_development(tmp_path)

    assert len(base64.urlsafe_b64decode(made)) == 32
    assert (file.read_text(), [*tmp_path.iterdir()]) == (made, [file])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.django_db
def test_sqlite_keeps_the_files_that_it_needs_to_be_read(tmp_path):
    """Where the last connection takes them along, nobody reads on a full disk."""
    file = tmp_path / "site.sqlite3"
    known = ConnectionHandler({"default": env.sqlite(file)})["default"]
    with known.cursor() as cursor:
        cursor.execute("CREATE TABLE text (words)")

    known.close_if_unusable_or_obsolete()  # as after each request

    names = {one.name for one in tmp_path.iterdir()}
    assert {f"{file.name}-wal", f"{file.name}-shm"} <= names
    known.close()
