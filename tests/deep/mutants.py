"""Twelve guards are taken out, one at a time, and each time a test must notice.

Every mutant is an exact text that is replaced in a copy of the project; the tests of
its part are run there. As a control the same tests pass in a copy that is unchanged.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.server import ROOT

AT_ONCE = 2
LEFT_BEHIND = (".git", ".venv", "var", "shots", "__pycache__", ".*_cache")
FAILED, PASSED = 1, 0


@dataclass(frozen=True)
class Mutant:
    """A guard that is gone; `old` stands exactly once in the file."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    on_postgresql: bool = False

    def put_into(self, copy: Path) -> None:
        file = copy / self.file
        text = file.read_text("utf-8")
        if (times := text.count(self.old)) != 1:
            raise RuntimeError(f"{self.name}: {self.file} has {times} times {self.old}")
        file.write_text(text.replace(self.old, self.new), "utf-8")


ALL = (
    Mutant(
        "the edition is not locked",
        "registrations/models/locking.py",
        ".filter(pk=0).select_for_update().order_by()",
        ".filter(pk=0).order_by()",
        ("tests/registrations/test_at_once.py",),
        on_postgresql=True,
    ),
    Mutant(
        "a form that is sent twice begins twice",
        "registrations/migrations/0001_initial.py",
        "'form_key', models.CharField(editable=False, max_length=40, unique=True,",
        "'form_key', models.CharField(editable=False, max_length=40,",
        (
            "tests/registrations/test_start.py",
            "tests/registrations/test_constraints.py",
            "tests/registrations/test_at_once.py",
        ),
        on_postgresql=True,
    ),
    Mutant(
        "who may only look decides",
        "registrations/admin/decisions.py",
        "if not self.has_change_permission(request):",
        "if not self.has_view_permission(request):",
        (
            "tests/registrations/test_admin_decisions.py",
            "tests/registrations/test_admin_guards.py",
        ),
    ),
    Mutant(
        "all staff read what is encrypted",
        "registrations/sensitive.py",
        "return user.has_perm(PERMISSIONS[model])",
        "return user.is_staff",
        ("tests/registrations/test_admin_sensitive.py",),
    ),
    Mutant(
        "a text is shown as HTML",
        "partnerships/templatetags/content.py",
        """return format_html('<span lang="{}">{}</span>', language, text)""",
        """return mark_safe(f'<span lang="{language}">{text}</span>')""",
        ("tests/partnerships/test_content_tags.py",),
    ),
    Mutant(
        "a letter is written after the transaction",
        "registrations/models/verbs.py",
        "            Letter.objects.write(side, letter, reason=reason)\n",
        "            from functools import partial\n"
        "            from django.db import transaction\n"
        "            write = partial(Letter.objects.write, side, letter)\n"
        "            transaction.on_commit(partial(write, reason=reason))\n",
        ("tests/registrations/test_submit.py", "tests/registrations/test_decisions.py"),
    ),
    Mutant(
        "two workers take one letter",
        "registrations/models/letter.py",
        "taken = due.filter(pk=key).update(",
        "taken = self.filter(pk=key).update(",
        ("tests/registrations/test_outbox.py",),
        on_postgresql=True,
    ),
    Mutant(
        "a field is not erased",
        "registrations/register.py",
        '("contact_name", "contact_email", "contact_phone", "organisation"),',
        '("contact_name", "contact_email", "organisation"),',
        ("tests/registrations/test_register.py", "tests/registrations/test_erasure.py"),
    ),
    Mutant(
        "every delegation fits",
        "registrations/places.py",
        "or getattr(total, unit) <= capacity(edition, unit)",
        "or bool(total)",
        ("tests/registrations/test_submit.py", "tests/registrations/test_decisions.py"),
    ),
    Mutant(
        "the password is enough",
        "config/middleware.py",
        "is_whole = known.is_authenticated and known.is_verified()",
        "is_whole = known.is_authenticated",
        ("tests/config/test_sign_in.py", "tests/config/test_second_factor.py"),
    ),
    Mutant(
        "pages stay as they were",
        "config/receivers.py",
        "    if app in PUBLISHED_APPS or sender in ALSO_SHOWN:\n",
        '    if app == "partnerships":\n',
        ("tests/test_content_version.py", "tests/partnerships/test_page_cache.py"),
    ),
    Mutant(
        "a backup brings back who was erased",
        "registrations/restored.py",
        '"who asked for it": forgetting.erase_again()}',
        '"who asked for it": 0}',
        ("tests/registrations/test_forgetting.py",),
    ),
)


def tried(
    tests: Iterable[str], url: str | None, mutant: Mutant | None = None
) -> tuple[int, str]:
    """How tests end in a copy, with a mutant in it or none: status and last line."""
    known = {key: os.environ[key] for key in os.environ if key != "DATABASE_URL"}
    if url:
        # A database of its own, beside those of the others.
        name = f"/mutant_{ALL.index(mutant) if mutant else 'control'}"
        known["DATABASE_URL"] = urlsplit(url)._replace(path=name).geturl()
    with tempfile.TemporaryDirectory(prefix="mutant-") as name:
        copy = Path(name) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_BEHIND))
        if mutant:
            mutant.put_into(copy)
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-x", "-q", "-rN", *tests],
            cwd=copy,
            env=known,
            capture_output=True,
            text=True,
            check=False,
        )
    return done.returncode, (done.stdout.strip() or done.stderr).splitlines()[-1]


def found(mutant: Mutant, url: str) -> bool:
    """A test failed: it is not enough that none could be collected or set up."""
    status, said = tried(mutant.tests, url if mutant.on_postgresql else None, mutant)
    is_found = status == FAILED and " failed" in said
    verdict = "right" if is_found else "WRONG"
    print(f"Mutant: {mutant.name}: {said} -> {verdict}", flush=True)
    return is_found


def passes(name: str, url: str | None) -> bool:
    """The control: with all guards the same tests pass."""
    ours = [mutant for mutant in ALL if mutant.on_postgresql == bool(url)]
    tests = dict.fromkeys(test for mutant in ours for test in mutant.tests)
    status, said = tried(tests, url)
    verdict = "right" if status == PASSED else "WRONG: the mutants prove nothing"
    print(f"Mutants, none of them on {name}: {said} -> {verdict}", flush=True)
    return status == PASSED


def report(url: str) -> bool:
    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        controls = [pool.submit(passes, "SQLite", None)]
        controls.append(pool.submit(passes, "PostgreSQL", url))
        count = sum(pool.map(lambda mutant: found(mutant, url), ALL))
    right = count == len(ALL) and all(control.result() for control in controls)
    minutes = (time.monotonic() - began) / 60
    verdict = "right" if right else "WRONG"
    print(f"{count} of {len(ALL)} mutants found in {minutes:.1f} min -> {verdict}")
    return right
