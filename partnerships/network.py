"""Counts of the published partnerships: what the network is, in figures."""

from django.db.models import Count

from partnerships.models import Partnership


def partnerships_by_region() -> dict[int, int]:
    """Number of published partnerships by the region's primary key."""
    rows = (
        Partnership.objects.published()
        .order_by()
        .values_list("partner__country__region")
        .annotate(Count("pk"))
    )
    return {region: count for region, count in rows if region}


def figures() -> dict[str, int]:
    return Partnership.objects.published().aggregate(
        partnerships=Count("pk", distinct=True),
        german_towns=Count("german", distinct=True),
        partner_towns=Count("partner", distinct=True),
        countries=Count("partner__country", distinct=True),
    )
