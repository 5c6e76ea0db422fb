"""What this process read last of the published content, true until it changes.

For what nearly every page needs and seldom changes: to read it takes as long as all
else on the page.
"""

from collections.abc import Callable, Hashable
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from partnerships.models import content_version

_UNKNOWN = (None, datetime.min.replace(tzinfo=UTC))
# The content version, and what is known at it, each until an instant: one name for
# all, so that no thread sees the one without the other.
_known: tuple[int, dict[Hashable, tuple[Any, datetime | None]]] = (-1, {})


def remember(
    key: Hashable,
    read: Callable[[], Any],
    until: Callable[[], datetime | None] = lambda: None,
) -> Any:
    """What `read` finds, asked once for each state of the content and key.

    What the clock changes as well names in `until` the next instant at which it does.

    The content version is asked for each time, so that an edit shows at once in
    every process. Inside a transaction nothing is remembered: it may be rolled back.
    Everybody gets the same object: nobody may change it. Few keys, please: they are
    kept until the content changes.
    """
    if connection.in_atomic_block:
        return read()
    known = _known_at(content_version())
    found, ends_at = known.get(key, _UNKNOWN)
    if ends_at is not None and ends_at <= timezone.now():
        ends_at = until()  # before it is read: what turns meanwhile is read again
        found = read()
        known[key] = found, ends_at
    return found


def _known_at(version: int) -> dict[Hashable, tuple[Any, datetime | None]]:
    global _known
    if version < _known[0]:
        return {}  # asked before the content changed: others know it as it is now
    if version != _known[0]:
        _known = (version, {})
    return _known[1]
