"""The countries of municipalities, which this process knows already.

They change seldom, and to join them to each row costs as much as the rows.
"""

from collections.abc import Iterable

from partnerships.models import Country, Municipality
from partnerships.remembered import remember


def give_to(towns: Iterable[Municipality]) -> None:
    """Set the country, with its region, of towns that are loaded without."""
    known = remember("countries", _by_key)
    for town in towns:
        if country := known.get(town.country_id):
            town.country = country


def _by_key() -> dict[int, Country]:
    return {row.pk: row for row in Country.objects.select_related("region")}
