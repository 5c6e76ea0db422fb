from datetime import date
from zoneinfo import ZoneInfo

import pytest

from conferences.models.registration_rules import Land
from registrations import working_days
from tests.factories import BERLIN, berlin


@pytest.mark.parametrize(
    ("day", "land", "is_one"),
    [
        (date(2027, 5, 28), "NW", True),
        (date(2027, 5, 29), "NW", False),
        (date(2027, 5, 30), "NW", False),
        (date(2027, 5, 27), "NW", False),
        (date(2027, 5, 27), "BE", True),
        (date(2027, 3, 8), "BE", False),
        (date(2027, 3, 8), "NW", True),
        (date(2027, 12, 24), "NW", True),
    ],
)
def test_weekends_and_holidays_of_the_land_are_none(day, land, is_one):
    assert working_days.is_working_day(day, land) is is_one


@pytest.mark.parametrize(
    ("since", "days", "until"),
    [
        ("2027-01-04 00:00", 1, "2027-01-05 23:59"),
        ("2027-01-04 23:59", 5, "2027-01-11 23:59"),
        ("2027-01-08 12:00", 1, "2027-01-11 23:59"),
        ("2027-01-09 12:00", 1, "2027-01-11 23:59"),
        ("2027-12-23 12:00", 5, "2027-12-30 23:59"),
        ("2027-03-25 12:00", 2, "2027-03-31 23:59"),
    ],
)
def test_the_last_minute_of_so_many_working_days(since, days, until):
    assert working_days.last_minute(berlin(since), days, "NW", BERLIN) == berlin(until)


def test_the_day_is_that_of_the_zone():
    since = berlin("2027-01-05 00:30")

    found = working_days.last_minute(since, 1, "NW", ZoneInfo("America/Bogota"))

    assert found.isoformat() == "2027-01-05T23:59:00-05:00"


@pytest.mark.parametrize("land", Land)
def test_the_holidays_of_every_land_are_known(land):
    assert working_days.is_working_day(date(2027, 1, 1), land) is False
    assert working_days.is_working_day(date(2027, 10, 3), land) is False
    assert working_days.is_working_day(date(2027, 12, 27), land) is True
