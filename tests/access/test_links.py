"""A personal link opens the pages of whose it is, and nobody else's."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.access import rows
from tests.access.delegations import UNKNOWN
from tests.access.table_links import BEHALF, BUTTON, LINKED
from tests.access.who import CHIEF, GERMAN, PARTNER, PERSON

pytestmark = pytest.mark.django_db
BUTTONS = [name for name in LINKED if LINKED[name].get == BUTTON]
SEVERAL = [name for name in LINKED if LINKED[name].about]


def person_of(row, stage, who):
    return stage.on_behalf if row.about == BEHALF else stage.people[who]


def address(world, name, token, person=None, who=GERMAN):
    row = LINKED[name]
    if not row.about:
        return reverse(name, args=[token])
    stage = world.stages[row.stage]
    return reverse(name, args=[token, person or person_of(row, stage, who)])


def strangers(world, row):
    """Each link that does not open the page: of the others, and the dead ones."""
    stage = world.stages[row.stage]
    for who in (GERMAN, PARTNER, PERSON):
        if who not in row.whose:
            yield who, stage.links[who]
        for how, token in stage.dead[who].items():
            yield f"{who}, {how}", token


def others(world, row, who):
    """People whom this link must not reach: of the other side, and of strangers."""
    stage = world.stages[row.stage]
    stranger = world.stages["draft" if row.stage != "draft" else "approved"]
    mine = person_of(row, stage, who)
    other = PARTNER if who == GERMAN else GERMAN
    found = {*stage.people.values(), stranger.people[who], stranger.on_behalf}
    reaches = {mine} | ({stage.on_behalf} if who == PARTNER else set())
    assert stage.people[other] in found - reaches or row.about == BEHALF
    return sorted(found - reaches)


@pytest.mark.parametrize("name", LINKED)
def test_the_link_of_whose_it_is_opens_the_page_again_and_again(world, name, unchanged):
    """As a scanner of mails does: opening changes nothing, however often."""
    row = LINKED[name]
    links = world.stages[row.stage].links

    with unchanged():
        for who in row.whose:
            found = address(world, name, links[who], who=who)
            got = [Client().get(found).status_code for _time in range(3)]
            assert got == [row.get] * 3, who


@pytest.mark.parametrize("name", LINKED)
def test_no_other_link_opens_the_page_or_changes_anything(world, name, unchanged):
    """And each says where there is a new one."""
    row = LINKED[name]

    with unchanged():
        for who, token in strangers(world, row):
            found = address(world, name, token)
            got = Client().get(found), Client().post(found)
            assert [one.status_code for one in got] == [404, 404], who
            assert reverse("registrations:link") in got[0].content.decode(), who


@pytest.mark.parametrize("name", SEVERAL)
def test_nobody_reaches_other_people_by_the_own_link(world, name, unchanged):
    row = LINKED[name]

    with unchanged():
        for who in row.whose:
            token = world.stages[row.stage].links[who]
            for person in others(world, row, who):
                found = address(world, name, token, person)
                got = Client().get(found), Client().post(found)
                codes = [one.status_code for one in got]
                assert codes == [404, row.post_about_others], (who, person)


@pytest.mark.parametrize("name", LINKED)
def test_to_be_of_the_staff_opens_no_link(world, name, unchanged):
    """Not even who may do everything in the admin, and so nobody of them."""
    found = address(world, name, world.stages["draft"].dead[GERMAN][UNKNOWN])
    chief = world.clients[CHIEF]

    with unchanged():
        got = chief.get(found), chief.post(found)

    assert [one.status_code for one in got] == [404, 404]


@pytest.mark.parametrize("name", BUTTONS)
def test_a_button_that_is_pressed_twice_is_pressed_once(world, name):
    row = LINKED[name]
    for who in row.whose:
        found = address(world, name, world.stages[row.stage].links[who], who=who)

        first, once = Client().post(found), rows.standing()
        second = Client().post(found)

        assert first.status_code in (200, 302), who
        assert second.status_code in (200, 302), who
        assert rows.written(once, rows.standing()) == {}, who
