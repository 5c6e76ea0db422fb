"""Whoever changes published content raises the content version with it.

Bulk writes and `QuerySet.update()` send no signal: they call
`raise_content_version` themselves.
"""

from django.db.models.signals import m2m_changed, post_delete, post_save

from partnerships.models import ContentVersion, raise_content_version

PUBLISHED_APPS = ("conferences", "partnerships")


def content_changed(sender, raw=False, **kwargs):
    app = sender._meta.app_label
    if not raw and app in PUBLISHED_APPS and sender is not ContentVersion:
        raise_content_version()


def connect():
    for signal in (post_save, post_delete, m2m_changed):
        signal.connect(content_changed, dispatch_uid="content_changed")
