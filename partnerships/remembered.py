"""What this process read last of the published content, true until it changes.

For what nearly every page needs and seldom changes: to read it takes as long as all
else on the page.
"""

from collections.abc import Callable, Hashable
from typing import Any

from django.db import connection

from partnerships.models import content_version

# The content version, and what is known at it: one name for both, so that no thread
# sees the one without the other.
_known: tuple[int, dict[Hashable, Any]] = (-1, {})


def remember(key: Hashable, read: Callable[[], Any]) -> Any:
    """What `read` finds, asked once for each state of the content and key.

    The content version is asked for each time, so that an edit shows at once in
    every process. Inside a transaction nothing is remembered: it may be rolled back.
    Everybody gets the same object: nobody may change it. Few keys, please: they are
    kept until the content changes.
    """
    if connection.in_atomic_block:
        return read()
    known = _known_at(content_version())
    if key not in known:
        known[key] = read()
    return known[key]


def _known_at(version: int) -> dict[Hashable, Any]:
    global _known
    if _known[0] != version:
        _known = (version, {})
    return _known[1]
