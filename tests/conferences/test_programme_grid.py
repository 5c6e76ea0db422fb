"""A day of a programme as a table of rooms: nothing is lost, all in its order."""

import pytest

from tests.conferences.pages import html
from tests.conferences.sessions import (
    RoomFactory,
    SessionFactory,
    at,
    let_out,
    path,
)
from tests.factories import EditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return EditionFactory()


def test_the_grid_has_a_column_for_each_room_and_a_row_for_each_time(client, edition):
    hall, room = (
        RoomFactory(edition=edition, name_en=name, order=order)
        for order, name in enumerate(["Hall", "Room 1"])
    )
    SessionFactory(edition=edition, room=room, hour=9)
    until = at(edition, 11)
    SessionFactory(edition=edition, room=hall, hour=9, ends_at=until)
    SessionFactory(edition=edition, room=room, hour=10)
    SessionFactory(edition=edition, room=None, hour=12)
    let_out(edition)

    response = client.get(path("programme", edition) + "?view=grid")

    [grid] = response.context["grids"]
    shape = [
        [(len(cell.items), cell.rows, cell.columns) for cell in row.cells]
        for row in grid.rows
    ]
    assert [one.name_en for one in grid.rooms] == ["Hall", "Room 1"]
    assert shape == [[(1, 2, 1), (1, 1, 1)], [(1, 1, 1)], [(1, 1, 2)]]


def test_the_rooms_of_the_grid_stand_in_their_order(client, edition):
    names = {"Bus": 3, "Hall": 1, "Room 1": 2}
    for hour, (name, order) in enumerate(names.items(), 9):
        room = RoomFactory(edition=edition, name_en=name, order=order)
        SessionFactory(edition=edition, room=room, hour=hour)
    let_out(edition)

    [grid] = client.get(path("programme", edition) + "?view=grid").context["grids"]

    assert [room.name_en for room in grid.rooms] == ["Hall", "Room 1", "Bus"]


def test_a_cell_does_not_repeat_the_room_of_its_column(client, edition):
    room = RoomFactory(edition=edition, name_en="Room 1")
    SessionFactory(edition=edition, room=room)
    let_out(edition)

    grid = html(client, path("programme", edition) + "?view=grid")

    assert grid.count("Room 1") == 1
    assert "Room 1" in html(client, path("programme", edition))


def test_what_has_no_room_spans_all_at_its_time(client, edition):
    """Beside it in one block: a session of a room, which it must not push away."""
    hall = RoomFactory(edition=edition, name_en="Hall", order=1)
    RoomFactory(edition=edition, name_en="Room 1", order=2)
    room = edition.rooms.last()
    SessionFactory(edition=edition, room=hall, hour=9, ends_at=at(edition, 11))
    SessionFactory(edition=edition, room=None, hour=10, ends_at=at(edition, 12))
    SessionFactory(edition=edition, room=room, hour=11)
    SessionFactory(edition=edition, room=room, hour=14)
    let_out(edition)

    [grid] = client.get(path("programme", edition) + "?view=grid").context["grids"]

    shape = [[(len(one.items), one.columns) for one in row.cells] for row in grid.rows]
    assert shape == [[(1, 2)], [(1, 2)], [(1, 2)], [(0, 1), (1, 1)]]
    assert [row.begins for row in grid.rows] == ["09:00", "10:00", "11:00", "14:00"]


def test_no_session_is_lost_in_the_grid(client, edition):
    room = RoomFactory(edition=edition)
    for hour, last in ((9, 12), (10, 11), (10, 13), (11, 12), (14, 15)):
        SessionFactory(edition=edition, room=room, hour=hour, ends_at=at(edition, last))
    SessionFactory(edition=edition, hour=14)
    let_out(edition)

    page = html(client, path("programme", edition) + "?view=grid")

    assert page.count('class="session__title"') == 6
