"""Counts of the published partnerships: what the network is, in figures."""

from typing import NamedTuple

from django.db.models import Count, Subquery, Value

from partnerships.models import Partnership


class Counts(NamedTuple):
    """How many partnerships each region has, and the figures of the whole network."""

    by_region: dict[int, int]
    figures: dict[str, int]


def partnerships_by_region() -> dict[int, int]:
    """Number of published partnerships by the region's primary key."""
    rows = (
        Partnership.objects.published()
        .order_by()
        .values_list("partner__country__region")
        .annotate(Count("pk"))
    )
    return {region: count for region, count in rows if region}


def counts() -> Counts:
    """In one query.

    A partner town lies in one country, and a country in one region: their numbers add
    up. A German town may have partners in several regions, so it is counted apart.
    """
    published = Partnership.objects.published().order_by()
    german_towns = (
        published.annotate(all=Value(1))
        .values("all")
        .annotate(count=Count("german", distinct=True))
        .values("count")
    )
    rows = list(
        published.values("partner__country__region").annotate(
            partnerships=Count("pk"),
            partner_towns=Count("partner", distinct=True),
            countries=Count("partner__country", distinct=True),
            german_towns=Subquery(german_towns),
        )
    )
    of_regions = {
        row["partner__country__region"]: row["partnerships"]
        for row in rows
        if row["partner__country__region"]
    }
    figures = {
        name: sum(row[name] for row in rows)
        for name in ("partnerships", "partner_towns", "countries")
    }
    figures["german_towns"] = rows[0]["german_towns"] if rows else 0
    return Counts(of_regions, figures)
