"""Two addresses for machines: is this process alive, and may visitors be sent to it.

Words and figures only: nothing about a person, and nothing that helps to break in.
"""

import os
import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from config.models import NightlyRun
from registrations.models import Letter

LEAST_FREE_MEGABYTES = 500
LETTERS_WAIT_MOST = timedelta(minutes=15)
# A day, and two hours for a run that takes long or starts late.
NIGHTLY_RUN_LASTS = timedelta(hours=26)


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers. It asks no database: a restart would not mend that."""
    return _answer({"alive": True}, 200)


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether all that the site needs is there; what is missing stands at `ok`."""
    checks = {"disk": disk()}
    for name, check in IN_THE_DATABASE.items():
        try:
            checks[name] = check()
        except (DatabaseError, InterfaceError):
            checks[name] = {"ok": False}
            break
    ready = all(check["ok"] for check in checks.values())
    return _answer({"ready": ready, "checks": checks}, 200 if ready else 503)


def _answer(facts: dict, status: int) -> JsonResponse:
    return JsonResponse(facts, status=status, headers={"Cache-Control": "no-store"})


def disk() -> dict:
    """Of the folders in which the site writes, the one with the least room."""
    folders = [
        _existing(Path(name)) for name in (settings.VAR_DIR, settings.MEDIA_ROOT)
    ]
    free = min(shutil.disk_usage(folder).free for folder in folders) // 2**20
    writable = all(os.access(folder, os.W_OK) for folder in folders)
    return {
        "ok": writable and free >= LEAST_FREE_MEGABYTES,
        "free_megabytes": free,
        "writable": writable,
    }


def _existing(folder: Path) -> Path:
    return next(one for one in (folder, *folder.parents) if one.exists())


def database() -> dict:
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"ok": True, "ms": round((time.perf_counter() - began) * 1000, 1)}


def migrations() -> dict:
    missing = _known_migrations() - set(
        MigrationRecorder(connection).applied_migrations()
    )
    return {"ok": not missing, "missing": len(missing)}


@cache
def _known_migrations() -> set[tuple[str, str]]:
    """Those of the code, which does not change while it runs."""
    disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return set(disk or ())


def letters() -> dict:
    """How long the letter that waits longest should have been sent."""
    oldest = Letter.objects.due().aggregate(oldest=Min("due_at"))["oldest"]
    late = timezone.now() - oldest if oldest else timedelta()
    return {
        "ok": late <= LETTERS_WAIT_MOST,
        "late_minutes": late // timedelta(minutes=1),
    }


def nightly() -> dict:
    last = NightlyRun.objects.first()
    if last is None:
        return {"ok": False, "hours_ago": None}
    ago = timezone.now() - last.ended_at
    return {"ok": ago <= NIGHTLY_RUN_LASTS, "hours_ago": ago // timedelta(hours=1)}


IN_THE_DATABASE: dict[str, Callable[[], dict]] = {
    "database": database,
    "migrations": migrations,
    "letters": letters,
    "nightly": nightly,
}
