"""Reads the environment, and refuses nonsense at the start with one clear line."""

import base64
import contextlib
import os
import secrets
import sys
import tempfile
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import dj_database_url


def refuse(line: str) -> NoReturn:
    """End the process with one line; a traceback would hide what is wrong."""
    sys.exit(f"settings: {line}")


def flag(name: str, default: str) -> bool:
    value = os.environ.get(name, default)
    if value not in {"yes", "no"}:
        refuse(f"{name}={value!r}: write yes or no")
    return value == "yes"


def number(name: str, default: int, least: int = 0, most: int = 10**9) -> int:
    value = os.environ.get(name, str(default))
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        refuse(f"{name}={value!r}: write a whole number from {least} to {most}")
    return int(value)


def words(name: str, default: str) -> list[str]:
    """A list parted by commas, without empty words."""
    value = os.environ.get(name, default)
    return [word.strip() for word in value.split(",") if word.strip()]


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Addresses and networks, such as 127.0.0.1,10.0.0.0/8; none unless named."""
    found = []
    for word in words(name, ""):
        try:
            found.append(ip_network(word))
        except ValueError:
            refuse(f"{name}={word!r}: write addresses or networks, such as 10.0.0.0/8")
    return found


def only_in_development(name: str, value: int, plain: int, development: bool) -> int:
    """A number that tests may change, and nobody else."""
    if value != plain and not development:
        refuse(f"{name}={value}: only development may set it")
    return value


def hosts(name: str, default: str) -> list[str]:
    """Names this site answers to; a wildcard would let letters carry any link."""
    found = words(name, default)
    if not found:
        refuse(f"{name}: name at least one host")
    for host in found:
        if "*" in host or "/" in host or " " in host:
            refuse(f"{name}={host!r}: write plain host names")
    return found


def secret(name: str, in_development: str | None) -> str:
    """A value that only development may leave out."""
    value = os.environ.get(name, "") or in_development
    if value is None:
        refuse(f"{name}: set it; outside development it is needed")
    if in_development is None and len(value) < 50:
        refuse(f"{name}: at least 50 signs, please")
    return value


def field_keys(name: str, file: Path | None) -> list[str]:
    """Keys of encrypted fields: the first writes, all read.

    Only development has a file, in which the first start writes a key.
    """
    keys = words(name, "") or ([_key_in(file)] if file else [])
    if not keys:
        refuse(f"{name}: set it; outside development it is needed")
    for number, key in enumerate(keys, start=1):
        if not _is_key(key):
            refuse(
                f"{name}: key {number} is none; make one with: openssl rand 32 | base64"
            )
    return [key.translate(URL_SAFE) for key in keys]


URL_SAFE = str.maketrans("+/", "-_")


def _is_key(key: str) -> bool:
    try:
        return len(base64.b64decode(key.translate(URL_SAFE), "-_", True)) == 32
    except ValueError:
        return False


def _key_in(file: Path) -> str:
    """Made once; two processes that start together agree on one."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=file.parent, delete=False) as made:
            made.write(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
        with contextlib.suppress(FileExistsError):
            os.link(made.name, file)
        os.unlink(made.name)
    return file.read_text("utf-8").strip()


def address(name: str, default: str | None) -> str:
    """The site's own address, such as https://example.org, for links in letters."""
    value = os.environ.get(name, "") or default
    if value is None:
        refuse(f"{name}: set it, such as https://example.org")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query:
        refuse(f"{name}={value!r}: write it as https://example.org")
    return value.rstrip("/")


# A server that does not answer is away: visitors are told so soon.
CONNECT_SECONDS = 3


def database(name: str, default_file: Path) -> dict:
    """PostgreSQL where the URL says so, else the SQLite file."""
    value = os.environ.get(name, "")
    if not value:
        return sqlite(default_file)
    scheme = urlsplit(value).scheme
    if scheme == "sqlite":
        return sqlite(Path(urlsplit(value).path))
    if scheme not in {"postgres", "postgresql"}:
        refuse(f"{name}={scheme}://…: write postgresql://… or sqlite:///…")
    found = dict(dj_database_url.parse(value, conn_max_age=60, conn_health_checks=True))
    asked = dict(found.get("OPTIONS") or {})  # type: ignore[call-overload]
    return found | {"OPTIONS": {"connect_timeout": CONNECT_SECONDS} | asked}


def sqlite(file: Path) -> dict:
    """SQLite that keeps its word when several write at once.

    IMMEDIATE: a transaction that will write asks for the lock when it begins; a
    deferred one fails at once with "database is locked" when it changes its mind.
    WAL: who reads does not wait for who writes. What is deleted is overwritten.
    Connections stay open: the last one to close takes the files of the WAL along, and
    on a full disk there is no room to make them anew, not even for somebody who reads.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA secure_delete=ON;",
        },
    }
