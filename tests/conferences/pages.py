"""What the tests of the public pages share: addresses, and editions around NOW."""

from datetime import date

from django.utils import translation

from tests.factories import (
    EditionFactory,
    berlin,
)

NOW = berlin("2026-11-22 12:00")


def address(instance, language="de"):
    with translation.override(language):
        return instance.get_absolute_url()


def html(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def past(year, **values):
    values = {"starts_on": None, "ends_on": None, "city": "", **values}
    dates = {"opens_at": None, "closes_at": None, "changes_until": None}
    return EditionFactory(year=year, slug=str(year), **{**dates, **values})


def coming(**values):
    """Six months ahead, its registration open since October."""
    return EditionFactory(
        **{
            "year": 2027,
            "slug": "2027",
            "starts_on": date(2027, 5, 10),
            "ends_on": date(2027, 5, 12),
            "opens_at": berlin("2026-10-01 08:00"),
            "closes_at": berlin("2027-01-31 23:59"),
            "changes_until": None,
            **values,
        }
    )
