"""What is shown of all series at once: their editions, and what may be expected."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from conferences import remembered
from conferences.models import Edition, Series


@dataclass
class SeriesOverview:
    """A series with its published editions, the oldest first; demonstrations apart."""

    series: Series
    editions: list[Edition]
    invented: list[Edition]
    expected: int | None
    partnerships: int = 0

    @cached_property
    def past(self) -> list[Edition]:
        return [edition for edition in self.editions if edition.is_over()]

    @property
    def last(self) -> Edition | None:
        return self.past[-1] if self.past else None

    @cached_property
    def announced(self) -> Edition | None:
        """The one that comes next, if it is known already."""
        coming = [edition for edition in self.editions if edition.is_announced()]
        return coming[0] if coming else None


def overview(partnerships: dict[int, int] | None = None) -> list[SeriesOverview]:
    """Every series; `partnerships`: how many, by region."""
    counts = partnerships or {}
    return [
        SeriesOverview(
            series,
            [edition for edition in found if not edition.is_demonstration],
            [edition for edition in found if edition.is_demonstration],
            series.expected_year(found),
            counts.get(series.region_id, 0),
        )
        for series, found in editions_by_series()
    ]


def editions_by_series() -> list[tuple[Series, list[Edition]]]:
    """Every series with what is published of it, the oldest first."""
    found = defaultdict(list)
    for edition in remembered.published_editions():
        found[edition.series_id].append(edition)
    return [(series, found[series.pk]) for series in remembered.all_series()]


def following(rows: list[SeriesOverview]) -> Edition | None:
    """The next conference of all series."""
    return nearest(edition for row in rows for edition in row.editions + row.invented)


def nearest(editions: Iterable[Edition]) -> Edition | None:
    """The one that comes next; a demonstration only where nothing is announced."""
    announced = [edition for edition in editions if edition.is_announced()]
    return min(
        announced,
        key=lambda edition: (
            edition.is_demonstration,
            edition.starts_on or date(edition.year, 12, 31),
        ),
        default=None,
    )


def expected_next(rows: list[SeriesOverview]) -> SeriesOverview | None:
    """The series whose next conference the rhythm lets expect first."""
    expected = [row for row in rows if row.expected]
    return min(expected, key=lambda row: row.expected or 0, default=None)
