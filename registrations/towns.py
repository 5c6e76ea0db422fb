"""Municipalities and partnerships as pages under a personal link name them.

By statements that are made once: several of them take less time than one that joins
four tables and is made anew.
"""

from django.utils import timezone

from partnerships import countries
from partnerships.models import Municipality, Partnership
from partnerships.statement import Statement

_TOWN = Statement(lambda: Municipality.objects.filter(pk=0).order_by())
_PARTNERSHIP = Statement(lambda: Partnership.objects.filter(pk=0).order_by())
_KNOWN = Statement(
    lambda: Partnership.objects.known(german=0, chosen=0, at=timezone.now()).order_by(
        "partner__name", "pk"
    )
)
PARTNERS = Statement(
    lambda: Municipality.objects.filter(
        pk__in=Partnership.objects.filter(german=0).order_by().values("partner")
    ).order_by()
)


def town(key: int) -> Municipality:
    """With its country. Raises Municipality.DoesNotExist."""
    found = _TOWN.one(key)
    countries.give_to([found])
    return found


def partnership(key: int) -> Partnership:
    """With both municipalities. Raises DoesNotExist of what has just been merged."""
    found = _PARTNERSHIP.one(key)
    found.german = _TOWN.one(found.german_id)
    found.partner = _TOWN.one(found.partner_id)
    countries.give_to([found.german, found.partner])
    return found


def known_partnerships(german: Municipality, chosen: int | None) -> list[Partnership]:
    """Those of a municipality that are public, and the one that is chosen already.

    By the names of the partners. Raises Municipality.DoesNotExist where one has just
    been merged.
    """
    rows = _KNOWN.ask(chosen, timezone.now(), german.pk)
    partners = {row.pk: row for row in PARTNERS.ask(german.pk)}
    countries.give_to(partners.values())
    for row in rows:
        row.german = german
        row.partner = partners.get(row.partner_id) or town(row.partner_id)
    return rows
