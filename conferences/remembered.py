"""Editions that this process knows already."""

from copy import copy

from conferences.models import Edition
from partnerships.remembered import remember


def edition(**conditions) -> Edition:
    """The one edition of these conditions, with series and region, to show it.

    A copy of one's own. Who counts its places reads it anew, under the lock. Raises
    Edition.DoesNotExist.
    """
    key = ("edition", *conditions.items())
    return copy(remember(key, lambda: _read(conditions)))


def _read(conditions) -> Edition:
    return Edition.objects.for_registration().get(**conditions)
