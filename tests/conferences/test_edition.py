from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from conferences.models import Edition, Host, Publication
from tests.factories import (
    EditionFactory,
    MunicipalityFactory,
    PartnershipFactory,
    SeriesFactory,
    berlin,
)

pytestmark = pytest.mark.django_db
Phase = Edition.Phase


@pytest.mark.parametrize(
    "day", ["2027-03-27", "2027-03-28", "2027-10-30", "2027-10-31"]
)
@pytest.mark.parametrize(
    ("seconds_after", "is_open"), [(-1, True), (0, True), (59, True), (60, False)]
)
def test_registration_closes_after_the_minute_that_is_shown(
    day, seconds_after, is_open
):
    closes_at = berlin(f"{day} 23:59")
    edition = EditionFactory(closes_at=closes_at)

    at = datetime.fromtimestamp(closes_at.timestamp() + seconds_after, tz=UTC)

    assert edition.is_open(at=at) is is_open


@pytest.mark.parametrize(
    ("at", "phase"),
    [
        ("2026-12-31 23:59", Phase.BEFORE),
        ("2027-01-01 00:00", Phase.OPEN),
        ("2027-04-01 00:00", Phase.CLOSED),
        ("2027-09-08 23:59", Phase.CLOSED),
        ("2027-09-09 00:00", Phase.OVER),
    ],
)
def test_the_phase_follows_the_clock(at, phase):
    edition = EditionFactory(
        year=2027,
        starts_on=date(2027, 9, 6),
        ends_on=date(2027, 9, 8),
        opens_at=berlin("2027-01-01 00:00"),
        closes_at=berlin("2027-03-31 23:59"),
    )

    assert edition.phase(at=berlin(at)) == phase


@pytest.mark.parametrize(
    ("known", "on", "is_ahead"),
    [
        ({}, date(2027, 9, 8), True),
        ({}, date(2027, 9, 9), False),
        ({"starts_on": None, "ends_on": None}, date(2027, 12, 31), True),
        ({"starts_on": None, "ends_on": None}, date(2028, 1, 1), False),
    ],
    ids=["last day", "day after", "end of its year", "year after"],
)
def test_a_conference_is_ahead_until_it_is_over(known, on, is_ahead):
    days = {"starts_on": date(2027, 9, 6), "ends_on": date(2027, 9, 8)}
    edition = EditionFactory(year=2027, **{**days, **known})

    assert Edition.objects.ahead(on).exists() is is_ahead
    assert edition.is_over(on) is not is_ahead


def test_a_conference_without_instants_has_no_registration():
    edition = EditionFactory(opens_at=None, closes_at=None)

    assert edition.phase() == Phase.NONE


def test_the_last_day_is_that_of_the_edition_s_own_zone():
    edition = EditionFactory(
        year=2027,
        starts_on=date(2027, 9, 6),
        ends_on=date(2027, 9, 8),
        time_zone="America/Bogota",
    )

    assert edition.phase(at=berlin("2027-09-09 06:59")) != Phase.OVER
    assert edition.phase(at=berlin("2027-09-09 07:00")) == Phase.OVER


@pytest.mark.parametrize(
    ("rhythm", "years", "on", "expected"),
    [
        (3, [2022, 2025], "2026-11-22", 2028),
        (3, [2023], "2026-12-31", 2026),
        (3, [2023], "2027-01-01", None),
        (None, [2025], "2026-11-22", None),
        (3, [2025, 2028], "2026-11-22", None),
        (3, [], "2026-11-22", None),
    ],
    ids=["next", "this year", "past", "no rhythm", "announced", "none yet"],
)
def test_the_rhythm_lets_expect_the_next_year(rhythm, years, on, expected):
    series = SeriesFactory(rhythm_years=rhythm)
    editions = [
        EditionFactory(series=series, year=year, starts_on=None, ends_on=None)
        for year in years
    ]

    assert series.expected_year(editions, date.fromisoformat(on)) == expected


def test_a_demonstration_is_not_an_announced_conference():
    series = SeriesFactory()
    past = EditionFactory(series=series, year=2025, starts_on=None, ends_on=None)
    demonstration = EditionFactory(
        series=series,
        number=None,
        is_demonstration=True,
        year=2028,
        starts_on=None,
        ends_on=None,
    )

    year = series.expected_year([past, demonstration], date(2026, 11, 22))

    assert year == 2028


@pytest.mark.parametrize(
    "values",
    [
        {"number": None},
        {"is_demonstration": True},
        {"ends_on": None},
        {"ends_on": date(2100, 9, 5)},
        {"year": 2099},
        {"month": 9},
        {"season": "autumn"},
        {"starts_on": None, "ends_on": None, "month": 9, "season": "autumn"},
        {"starts_on": None, "ends_on": None, "month": 13},
        {"opens_at": None},
        {"closes_at": None},
        {"closes_at": datetime(2019, 1, 1, tzinfo=UTC)},
    ],
    ids=lambda values: ", ".join(values),
)
def test_the_database_refuses_an_edition_that_contradicts_itself(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        EditionFactory(**values)


def test_a_host_is_a_partnership_or_a_municipality():
    edition = EditionFactory()
    both = {"partnership": PartnershipFactory(), "municipality": MunicipalityFactory()}

    for values in (both, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Host.objects.create(edition=edition, **values)


@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        ("2100-05-01 09:00", None),
        (None, "2100-05-01 09:00"),
        ("2100-05-01 09:00", "2100-05-01 09:00"),
    ],
)
def test_the_choice_opens_before_it_closes(opens, closes):
    window = {
        "choice_opens_at": opens and berlin(opens),
        "choice_closes_at": closes and berlin(closes),
    }

    with pytest.raises(IntegrityError, match="choice_opens_before_it_closes"):
        EditionFactory(**window)


def test_a_month_that_does_not_exist_is_named_in_words():
    book = Publication(edition=EditionFactory(), series="Material", number=1)
    book.published_year, book.published_month = 2025, 13

    with pytest.raises(ValidationError) as refusal:
        book.full_clean()

    assert refusal.value.messages == ["A month is a number from 1 to 12."]
