"""Who of the staff is offered which action, and what it does sent by others."""

import pytest
from django.urls import reverse

from tests.access.addresses import model_admins, usual_pages
from tests.access.table_staff import ACTIONS, ROWS
from tests.access.who import STAFF

pytestmark = pytest.mark.django_db


def parts(action):
    """The model, its row's list, and the name of the action."""
    model, name = action.rsplit(".", 1)
    return model, reverse(usual_pages(model)["changelist"]), name


def offered(page) -> set[str]:
    form = page.context["action_form"]
    return {name for name, _words in form.fields["action"].choices} if form else set()


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_is_offered_to_who_may_do_it(world, action):
    model, found, name = parts(action)

    got = {
        who
        for who in ROWS[model].see
        if name in offered(world.clients[who].get(found, {"q": ""}))
    }

    assert got == ACTIONS[action]


@pytest.mark.parametrize("action", ACTIONS)
def test_sent_by_others_an_action_does_nothing(world, unwritten, action):
    model, found, name = parts(action)
    sent = {
        "action": name,
        "_selected_action": [world.row(model_admins()[model].model)],
        "confirmed": "yes",
    }

    for who, client in world.clients.items():
        if who in ACTIONS[action]:
            continue
        with unwritten():
            got = client.post(found, sent)
        if who in ROWS[model].see:  # the list once more, or the way back to it
            assert got.status_code == 302 or "cl" in got.context, who
        else:
            assert got.status_code == (403 if who in STAFF else 302), who


@pytest.mark.parametrize("model", ROWS)
def test_only_who_may_delete_is_offered_to_delete_many(world, model):
    found = reverse(usual_pages(model)["changelist"])

    got = set()
    for who in ROWS[model].see:
        page = world.clients[who].get(found)
        if page.status_code == 200 and "cl" in page.context:
            got |= {who} if "delete_selected" in offered(page) else set()

    assert got <= ROWS[model].delete
