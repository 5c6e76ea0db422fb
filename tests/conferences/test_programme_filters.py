"""What a programme is narrowed down to, and what there is to choose from."""

import pytest

from partnerships.models import Goal
from tests.conferences.pages import html
from tests.conferences.sessions import (
    SessionFactory,
    at,
    let_out,
    path,
    released,
)
from tests.factories import EditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return EditionFactory()


def titles(client, edition, query=""):
    response = client.get(path("programme", edition) + query)
    days = response.context["days"]
    return [item.texts.title_en for _day, items in days for item in items]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?day=2100-09-07", ["Trip"]),
        ("?kind=excursion", ["Trip"]),
        ("?kind=workshop", ["Water"]),
        ("?language=es", ["Water"]),
        ("?language=fr", ["Trip"]),
        ("?goal=6", ["Water"]),
        ("?kind=excursion&language=es", []),
        ("?day=never&kind=&goal=99&language=%00&view=x", ["Water", "Trip"]),
    ],
)
def test_the_programme_is_narrowed_down(client, edition, query, found):
    water = SessionFactory(edition=edition, title_en="Water", languages="de es")
    water.goals.add(Goal.objects.create(number=6, name_en="Water"))
    trip = SessionFactory(
        edition=edition,
        title_en="Trip",
        kind="excursion",
        starts_at=at(edition, 9, 1),
        languages="de",
        interpretation="fr",
    )
    trip.goals.add(Goal.objects.create(number=15, name_en="Land"))
    let_out(edition)

    assert titles(client, edition, query) == found


def test_days_to_choose_from_stand_in_order(client, edition):
    for day in (3, 0, 4, 1, 2, 5, 6):
        SessionFactory(edition=edition, starts_at=at(edition, 9, day))
    let_out(edition)

    response = client.get(path("programme", edition))

    days = [day for day, _label in response.context["filters"].choices["day"]]
    assert days == [f"2100-09-{number:02}" for number in range(6, 13)]


def test_the_other_view_keeps_what_was_chosen(client, edition):
    released(edition)
    programme = path("programme", edition)

    by_day = html(client, f"{programme}?kind=workshop&x=y")
    by_room = html(client, f"{programme}?kind=workshop&view=grid")

    assert 'href="?kind=workshop&amp;view=grid"' in by_day
    assert 'href="?kind=workshop"' in by_room


def test_a_filter_with_nothing_to_choose_between_is_left_out(client, edition):
    released(edition, languages="de es")

    response = client.get(path("programme", edition))

    assert list(response.context["filters"].form.fields) == ["language"]
