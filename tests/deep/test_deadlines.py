"""Deadlines at 23:59 in Berlin on the days of clock change, to the last microsecond.

The server stands in three time zones: Django sets TZ of the process by the setting.
Each edge is tried through the site's own pages: right before the end it is taken,
right after it is refused.
"""

from datetime import UTC, timedelta

import pytest
import time_machine
from django.urls import reverse

from registrations.models import Offer
from tests.factories import DelegationFactory, EditionFactory, berlin, submitted
from tests.registrations.offered import full, renewed

pytestmark = pytest.mark.django_db

ZONES = ["Europe/Berlin", "America/Bogota", "Pacific/Auckland"]
# Each 23:59 of Berlin, and the first instant after that minute, counted by hand.
DAYS = {
    "2027-03-28 23:59": "2027-03-28 22:00",
    "2027-10-31 23:59": "2027-10-31 23:00",
}
EDGES = 16
TOO_EARLY, TOO_LATE = timedelta(microseconds=-1), timedelta()
right: dict[str, int] = {}


def over(day):
    return berlin(DAYS[day]).replace(tzinfo=UTC)


def press(client, name, side, at, **values):
    path = reverse(f"registrations:{name}", args=[side.mint_link()])
    with time_machine.travel(at, tick=False):
        return client.post(path, values)


def closes(client, day, at):
    edition = EditionFactory(opens_at=berlin("2027-01-01 00:00"), closes_at=berlin(day))
    draft = DelegationFactory(edition=edition)
    press(client, "submit", draft.german_side, at)
    return renewed(draft).state == "submitted"


def changes_until(client, day, at):
    row = submitted(EditionFactory(changes_until=berlin(day)), german=2)
    press(client, "people", row.german_side, at, german="3", partner="0")
    return renewed(row).german_side.planned == 3


def offer(client, day, at):
    holding, first = full(2, (2, 0))
    with time_machine.travel(berlin("2027-01-04 09:00")):
        holding.withdraw(by=holding.german_side)
    Offer.objects.update(expires_at=berlin(day))
    press(client, "offer", first.german_side, at, german="2")
    return renewed(first).state == "submitted"


@pytest.fixture(autouse=True, params=ZONES)
def zone(request, settings):
    settings.TIME_ZONE = request.param
    return request.param


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("what", [closes, changes_until, offer])
@pytest.mark.parametrize("moment", [TOO_EARLY, TOO_LATE], ids=["before", "after"])
def test_the_minute_that_is_shown_is_the_last(client, zone, what, day, moment):
    taken = what(client, day, over(day) + moment)

    assert taken is (moment == TOO_EARLY)
    right[zone] = right.get(zone, 0) + 1


@pytest.mark.parametrize(
    ("made", "until"),
    [
        # Over the change to summer time, Good Friday and Easter Monday.
        ("2027-03-25 12:00", "2027-04-05T23:59:00+02:00"),
        # Over the end of summer time; All Saints' Day is a holiday in the Land.
        ("2027-10-28 12:00", "2027-11-05T23:59:00+01:00"),
        # The last minute of a day in Berlin, and the first one of the next.
        ("2027-10-28 23:59", "2027-11-05T23:59:00+01:00"),
        ("2027-10-29 00:00", "2027-11-08T23:59:00+01:00"),
    ],
)
def test_an_offer_over_the_change_of_clocks_ends_at_the_clock_of_berlin(
    zone, made, until
):
    holding, first = full(2, (2, 0))
    with time_machine.travel(berlin(made), tick=False):
        holding.withdraw(by=holding.german_side)

    expires_at = first.offers.get().expires_at
    assert expires_at.astimezone(berlin(made).tzinfo).isoformat() == until
    right[zone] = right.get(zone, 0) + 1


def test_all_edges_were_tried(capsys, zone):
    """The last of this file: says what the others have found."""
    count = right.get(zone, 0)

    with capsys.disabled():
        print(
            f"\ndeadlines with the server in {zone}: {count} of {EDGES} right", end=""
        )
    assert count == EDGES
