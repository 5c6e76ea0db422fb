"""2,000 steps of the waiting list; `make deep` runs it on both databases."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.waiting_list import WaitingList

STEPS = 2000
LARGE = settings(
    max_examples=60,
    stateful_step_count=50,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.django_db
def test_two_thousand_steps_of_the_waiting_list_break_no_promise(capsys):
    WaitingList.steps = WaitingList.asked = 0

    while WaitingList.steps < STEPS:
        run_state_machine_as_test(WaitingList, settings=LARGE)

    with capsys.disabled():
        print(
            f"\nwaiting list on {connection.vendor}: {WaitingList.steps} steps, "
            f"{WaitingList.asked} offers, no counterexample -> right"
        )
