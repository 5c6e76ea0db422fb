from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from conferences.models import Edition, Series
from registrations import demonstration
from registrations.models import Delegation, HistoryEntry, Letter, Participant
from tests.factories import berlin

pytestmark = pytest.mark.django_db


@pytest.fixture
def series(facts, db):
    return Series.objects.get(slug="lateinamerika")


def test_the_demonstration_is_marked(series):
    demonstration.load(series)

    edition = series.editions.get(slug="demonstration")
    assert (edition.is_demonstration, edition.number) == (True, None)
    assert edition.is_published
    assert edition.title_de.startswith("Demonstration")
    assert edition.title_en.startswith("Demonstration")


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


def test_registration_is_open_on_the_day_of_loading(series):
    demonstration.load(series)

    assert series.editions.get(slug="demonstration").is_open()


def test_delegations_are_in_different_states(series):
    demonstration.load(series)

    states = Delegation.objects.values_list("partnership__german__name", "state")
    assert dict(states) == {
        "Köln": "approved",
        "Essen": "submitted",
        "Wuppertal": "submitted",
        "Hamburg": "declined",
        "Nürnberg": "approved",
        "Wolfsburg": "withdrawn",
        "Sankt Augustin": "submitted",
        "Schweinfurt": "draft",
    }


def test_one_has_waited_while_nobody_waits_now(series):
    demonstration.load(series)

    waited = Delegation.objects.get(partnership__german__slug="nuernberg")
    entries = HistoryEntry.objects.filter(delegation=waited).order_by("pk")
    states = [entry.changes.get("state") for entry in entries]
    assert [state for state in states if state] == [
        "waiting",
        "offered",
        "submitted",
        "approved",
    ]
    assert not Delegation.objects.waiting().exists()


def test_places_held_are_those_of_the_delegations_that_hold(series):
    demonstration.load(series)

    held = {
        delegation.partnership.german.slug: (
            delegation.german_side.held,
            delegation.partner_side.held,
        )
        for delegation in Delegation.objects.holding()
    }
    assert held == {
        "koeln": (2, 2),
        "essen": (3, 2),
        "wuppertal": (2, 1),
        "nuernberg": (2, 2),
        "sankt-augustin": (4, 3),
    }
    assert series.editions.get(slug="demonstration").capacity_people == 60


def test_nobody_is_mailed(series):
    demonstration.load(series)

    assert Letter.objects.count() == 0
    addresses = {
        address
        for delegation in Delegation.objects.with_all()
        for side in (delegation.german_side, delegation.partner_side)
        for address in (side.contact_email, *(row.email for row in side.people))
    }
    assert {address.split("@")[1] for address in addresses} == {"example.org"}
    assert all(address.isascii() for address in addresses)


def test_nobody_can_sign_in_as_demo(series):
    demonstration.load(series)

    user = get_user_model().objects.get(username="demo")
    assert (user.is_active, user.is_staff, user.has_usable_password()) == (
        False,
        False,
        False,
    )


def test_a_second_run_changes_nothing(series, capsys):
    demonstration.load(series)
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
