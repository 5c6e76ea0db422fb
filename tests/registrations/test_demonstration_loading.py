"""How the demonstration is loaded."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from conferences.models import Edition, Series
from registrations import demonstration
from registrations.models import Delegation, Participant
from tests.factories import berlin

pytestmark = pytest.mark.django_db


@pytest.fixture
def series(facts, db):
    return Series.objects.get(slug="lateinamerika")


def test_its_days_follow_the_day_of_loading(series):
    demonstration.load(series, at=datetime(2099, 1, 15, 12, tzinfo=UTC))

    edition = series.editions.get(slug="demonstration")
    assert edition.opens_at == berlin("2099-01-01 09:00")
    assert edition.closes_at == berlin("2099-05-15 23:59")
    assert edition.changes_until == berlin("2099-10-05 23:59")
    assert (edition.year, str(edition.starts_on)) == (2099, "2099-11-02")
    assert [edition.starts_on.strftime("%a"), edition.ends_on.strftime("%a")] == [
        "Mon",
        "Wed",
    ]


def test_a_second_run_changes_nothing(series, capsys):
    call_command("demo", verbosity=0)
    series.editions.filter(slug="demonstration").update(city="Andere Stadt")

    call_command("demo")

    assert capsys.readouterr().out == (
        "The demonstration is there already; nothing was changed.\n"
    )
    assert Edition.objects.get(is_demonstration=True).city == "Andere Stadt"
    assert Delegation.objects.count() == 8
    assert Participant.objects.count() == 22


def test_a_partnership_that_staff_took_out_is_left_out(series):
    series.region.countries.get(iso2="NI").municipalities.get(
        slug="matagalpa-ni"
    ).partnerships_as_partner.all().delete()

    demonstration.load(series)

    assert Delegation.objects.count() == 7


def test_demo_before_seed_says_what_to_do(series):
    Series.objects.filter(slug="lateinamerika").update(slug="other")

    with pytest.raises(CommandError, match=r"run “manage\.py seed” first"):
        call_command("demo")
