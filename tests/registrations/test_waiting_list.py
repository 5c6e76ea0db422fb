"""The property test of the waiting list, small enough for every run."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.waiting_list import WaitingList

SMALL = settings(
    max_examples=16,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.django_db
def test_many_steps_of_the_waiting_list_break_no_promise():
    WaitingList.steps = WaitingList.asked = 0

    run_state_machine_as_test(WaitingList, settings=SMALL)

    assert WaitingList.steps > 150
    assert WaitingList.asked > 10
