"""What everybody may read, and what only staff see before the public does."""

import pytest
from django.urls import reverse

from tests.access.table_public import PUBLIC, READ
from tests.access.who import NOBODY, OUTSIDE, STAFF

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_files")]


def status(response) -> int:
    """Read to its end, as a browser does: what the answer holds open is closed."""
    response.getvalue()
    return response.status_code


def address(world, name, words):
    return reverse(name, args=world.arguments(words))


@pytest.mark.parametrize("name", PUBLIC)
def test_everybody_reads_it(world, name, unchanged):
    row = PUBLIC[name]
    found = address(world, name, row.of)

    with unchanged():
        got = {who: status(one.get(found)) for who, one in world.clients.items()}

    assert got == dict.fromkeys(world.clients, row.get)


@pytest.mark.parametrize("name", PUBLIC)
def test_an_empty_form_from_a_stranger_writes_nothing(world, name, unchanged):
    row = PUBLIC[name]

    with unchanged():
        got = world.clients[NOBODY].post(address(world, name, row.of))

    assert status(got) == row.post


@pytest.mark.parametrize("name", [one for one in PUBLIC if PUBLIC[one].post == READ])
def test_nothing_that_is_only_read_answers_another_method(world, name):
    found = address(world, name, PUBLIC[name].of)

    for method in ("post", "put", "patch", "delete", "trace"):
        got = getattr(world.clients[NOBODY], method)(found)
        assert got.status_code == READ, method
        assert "<h1>" in got.text


@pytest.mark.parametrize("name", [name for name in PUBLIC if PUBLIC[name].not_of])
def test_nobody_finds_there_what_is_none_of_it(world, name, unchanged):
    with unchanged():
        for words in PUBLIC[name].not_of:
            found = address(world, name, words)
            got = {who: status(one.get(found)) for who, one in world.clients.items()}
            assert got == dict.fromkeys(world.clients, 404), words


@pytest.mark.parametrize("name", [name for name in PUBLIC if PUBLIC[name].hidden])
def test_what_is_hidden_only_its_staff_see(world, name, unchanged):
    row = PUBLIC[name]
    found = address(world, name, row.hidden)

    with unchanged():
        got = {who: status(one.get(found)) for who, one in world.clients.items()}

    may = {who: 200 if who in row.seen_by else 404 for who in STAFF}
    assert got == {**may, **dict.fromkeys(OUTSIDE, 404)}
