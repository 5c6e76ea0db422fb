"""What this process knows already of the published content."""

from copy import copy

from conferences import programme
from conferences.models import Edition, Host, Page, Series
from partnerships.models import Goal
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


def published_edition(series_slug: str, slug: str) -> Edition:
    """The one of these words in an address, with all its texts; a copy of one's own.

    Raises Edition.DoesNotExist, also before the instant of its publication.
    """

    def read() -> Edition:
        rows = whole_editions().exclude(published_at=None)
        return rows.get(series__slug=series_slug, slug=slug)

    found = remember(("whole edition", series_slug, slug), read)
    if not found.is_published:
        raise Edition.DoesNotExist
    return copy(found)


def whole_editions():
    """With their series, and whether they have a programme: all that a page shows."""
    rows = Edition.objects.with_series()
    return rows.annotate(has_programme=programme.is_released())


def all_series() -> list[Series]:
    """Every series with its region, in their order."""
    return remember("all series", lambda: list(Series.objects.select_related("region")))


def published_editions() -> list[Edition]:
    """Of all series, the oldest first, without their long texts."""

    def read() -> list[Edition]:
        rows = Edition.objects.exclude(published_at=None).for_lists().with_series()
        return list(rows.order_by("year", "starts_on", "number"))

    dated = remember("editions", read)
    return [edition for edition in dated if edition.is_published]


def countries_chosen(edition: Edition) -> set[int]:
    """The primary keys of the countries that an edition names itself."""

    def read():
        return set(edition.countries.order_by().values_list("pk", flat=True))

    return remember(("countries", edition.pk), read)


def hosts(edition: Edition) -> list[Host]:
    """Who receives a conference, in their order, with their municipalities."""

    def read():
        rows = edition.hosts.select_related(
            "partnership__german__country",
            "partnership__partner__country__region",
            "municipality__country",
        )
        return list(rows.order_by("order"))

    return remember(("hosts", edition.pk), read)


def texts_of_the_home_page() -> dict[str, Page]:
    """By their keys; what staff deleted is not there."""
    return remember("texts of the home page", _texts_of_the_home_page)


def _texts_of_the_home_page() -> dict[str, Page]:
    return {row.key: row for row in Page.objects.filter(key__in=Page.ON_HOME)}


def goals() -> list[Goal]:
    """All 17, by number."""
    return remember("goals", lambda: list(Goal.objects.all()))
