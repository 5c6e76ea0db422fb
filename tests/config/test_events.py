"""What matters for safety is one line that says what and when, and not who it was."""

import io
import json
import logging
from datetime import datetime

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from config import logs
from tests.factories import DelegationFactory, staff
from tests.signing_in import PASSWORD, app_of, code_of, wrong_code

pytestmark = pytest.mark.django_db
CODE = reverse("admin:second_factor")
DELEGATIONS = reverse("admin:registrations_delegation_changelist")
ACCOUNTS = reverse("admin:auth_user_changelist")


@pytest.fixture
def told(monkeypatch):
    """The lines of now on that tell an event, as they are written in service."""
    [handler] = [one for one in logging.getLogger().handlers if one.name == "lines"]
    monkeypatch.setattr(handler, "formatter", logs.Json())
    monkeypatch.setattr(handler, "filters", [])
    output = io.StringIO()
    monkeypatch.setattr(handler, "stream", output)

    def read():
        assert "anna" not in output.getvalue()
        lines = [json.loads(line) for line in output.getvalue().splitlines()]
        for line in lines:
            assert datetime.fromisoformat(line["time"]).utcoffset().seconds == 0
        return [line["event"] for line in lines if "event" in line]

    return read


@pytest.fixture
def anna():
    return get_user_model().objects.create_user(
        "anna", password=PASSWORD, is_staff=True, is_superuser=True
    )


def test_signing_in_is_told_step_by_step(client, anna, told):
    app = app_of(anna)

    client.send_password(anna, "falsch")
    client.send_password(anna)
    client.post(CODE, {"code": wrong_code(app)})
    app.throttle_reset()
    client.post(CODE, {"code": code_of(app)})

    assert told() == [
        "password wrong",
        "password right",
        "code wrong",
        "signed in",
    ]


def test_who_is_locked_out_is_told(client, anna, told):
    for _time in range(6):
        client.send_password(anna, "falsch")

    assert told() == ["password wrong"] * 4 + ["locked out"] * 2


def test_a_name_with_line_breaks_makes_one_line_without_it(client, told, capsys):
    typed = 'anna\r\n{"event": "signed in", "staff": 1}\u2028'

    client.post(reverse("admin:login"), {"username": typed, "password": "falsch"})

    assert told() == ["password wrong"]


def test_a_page_that_is_refused_is_told(client, told):
    member = staff()
    client.force_login(member)

    client.get(DELEGATIONS)

    assert told() == ["refused"]


def test_a_table_that_is_taken_is_told(client, anna, told):
    client.force_login(anna)
    row = DelegationFactory(state="approved")
    chosen = {"action": "export_participants", "_selected_action": row.pk}

    client.post(DELEGATIONS, chosen)

    assert told() == ["downloaded"]


def test_a_second_factor_that_is_reset_is_told(client, anna, told):
    client.force_login(anna)
    chosen = {"action": "reset_second_factor", "_selected_action": staff().pk}

    client.post(ACCOUNTS, {**chosen, "confirmed": "1"})

    assert told() == ["second factor reset"]
