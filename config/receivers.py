"""Whoever changes published content raises the content version with it.

Bulk writes and `QuerySet.update()` send no signal: they call
`raise_content_version` themselves.
"""

from django.db.models.signals import m2m_changed, post_delete, post_save

from partnerships.models import (
    ContentVersion,
    Correction,
    Municipality,
    Partnership,
    ThrottleCount,
    ThrottleKey,
    raise_content_version,
)
from registrations.models import Question

PUBLISHED_APPS = ("conferences", "partnerships")
# What pages before a registration show of the other app.
ALSO_SHOWN = (Question,)
# What no public page shows.
HIDDEN = (ContentVersion, Correction, ThrottleCount, ThrottleKey)


# A row that is new shows nowhere before this is set, as when a visitor has entered it.
SHOWN_BY = {Municipality: "checked_at", Partnership: "published_at"}


def content_changed(sender, raw=False, action="", created=False, **kwargs):
    app = sender._meta.app_label
    if raw or action.startswith("pre_") or sender in HIDDEN:
        return
    if created and _is_hidden(sender, kwargs["instance"]):
        return
    if app in PUBLISHED_APPS or sender in ALSO_SHOWN:
        raise_content_version()


def _is_hidden(sender, row) -> bool:
    return sender in SHOWN_BY and getattr(row, SHOWN_BY[sender]) is None


def connect():
    for signal in (post_save, post_delete, m2m_changed):
        signal.connect(content_changed, dispatch_uid="content_changed")
