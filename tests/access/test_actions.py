"""Who of the staff is offered which action, and what it does sent by whom."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from tests.access import rows
from tests.access.acted_on import ACTED
from tests.access.addresses import model_admins, usual_pages
from tests.access.table_staff import ACTIONS, ROWS
from tests.access.who import CHIEF, STAFF

pytestmark = pytest.mark.django_db


def parts(action):
    """The model, its row's list, and the name of the action."""
    model, name = action.rsplit(".", 1)
    return model, reverse(usual_pages(model)["changelist"]), name


def offered(page) -> set[str]:
    form = page.context["action_form"]
    return {name for name, _words in form.fields["action"].choices} if form else set()


def carry_out(client, action, row):
    """As the list sends it; and the page of a decision, to which some lead on."""
    model, found, name = parts(action)
    chosen = {"action": name, "_selected_action": row.pk, "confirmed": "yes"}
    answers = [client.post(found + ACTED[action].query, chosen)]
    try:
        page = reverse(f"admin:{model.replace('.', '_')}_{name}")
    except NoReverseMatch:
        return answers
    return [*answers, client.post(page, {"chosen": row.pk, "reason": "Weil."})]


@contextmanager
def taken_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_for_each_action_there_is_a_row():
    assert sorted(ACTED) == sorted(ACTIONS)


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_is_offered_to_who_may_do_it(world, action):
    model, found, name = parts(action)

    got = {
        who
        for who in ROWS[model].see
        if name in offered(world.clients[who].get(found, {"q": ""}))
    }

    assert got == ACTIONS[action]


@pytest.mark.parametrize("action", ACTED)
def test_who_may_acts_on_the_chosen_row_and_on_no_other(world, action):
    row, _other = ACTED[action].rows()
    before = rows.standing()

    for who in ACTIONS[action]:
        with taken_back():
            carry_out(world.clients[who], action, row)
            got = rows.written(before, rows.standing())
        assert set(got) == ACTED[action].writes, who
        assert got.get(row._meta.db_table, {row.pk}) == {row.pk}, who


@pytest.mark.parametrize("action", ACTED)
def test_sent_by_others_an_action_changes_nothing(world, action):
    model, _found, _name = parts(action)
    row, _other = ACTED[action].rows()
    before = rows.standing()

    for who, client in world.clients.items():
        if who in ACTIONS[action]:
            continue
        first, *decided = carry_out(client, action, row)
        if who in ROWS[model].see:  # the list once more, or the way back to it
            assert first.status_code == 302 or "cl" in first.context, who
        else:
            assert first.status_code == (403 if who in STAFF else 302), who
        refused = 403 if who in STAFF else 302
        assert [one.status_code for one in decided] in ([], [refused]), who

    assert rows.written(before, rows.standing()) == {}


@pytest.mark.parametrize("action", ACTED)
def test_an_action_leaves_alone_what_it_is_not_for(world, action):
    _row, other = ACTED[action].rows()
    if other is None:
        return
    before = rows.standing()

    for who in ACTIONS[action]:
        carry_out(world.clients[who], action, other)

    assert rows.written(before, rows.standing()) == {}


def delete_many(client, model, row):
    chosen = {"action": "delete_selected", "_selected_action": row, "post": "yes"}
    return client.post(reverse(usual_pages(model)["changelist"]), chosen)


@pytest.mark.parametrize("model", ROWS)
def test_only_who_may_delete_is_offered_to_delete_many(world, model):
    found = reverse(usual_pages(model)["changelist"])

    got = set()
    for who in ROWS[model].see:
        page = world.clients[who].get(found)
        if page.status_code == 200 and "cl" in page.context:
            got |= {who} if "delete_selected" in offered(page) else set()

    assert got <= ROWS[model].delete


@pytest.mark.parametrize("model", ROWS)
def test_who_may_not_delete_deletes_not_many_either(world, unchanged, model):
    row = world.row(model_admins()[model].model)

    with unchanged():
        for who, client in world.clients.items():
            if who not in ROWS[model].delete:
                delete_many(client, model, row)


def test_who_may_delete_deletes_many(world, at_first):
    goal = world.row(model_admins()["partnerships.goal"].model)

    delete_many(world.clients[CHIEF], "partnerships.goal", goal)

    got = rows.written(at_first, rows.standing())
    assert got["partnerships_goal"] == {goal}
