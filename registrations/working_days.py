"""Working days of a Land: from Monday to Friday, without its public holidays."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays

SATURDAY = 5


def is_working_day(day: date, land: str) -> bool:
    if day.weekday() >= SATURDAY:
        return False
    return day not in holidays.country_holidays("DE", subdiv=land, years=day.year)


def last_minute(since: datetime, days: int, land: str, zone: ZoneInfo) -> datetime:
    """23:59 of the last of so many working days after the day of an instant."""
    day = since.astimezone(zone).date()
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day, land)
    return datetime.combine(day, time(23, 59), zone)
