import pytest
import time_machine

from tests.conferences.pages import NOW


@pytest.fixture
def in_november():
    """The public pages show what is open, coming or over: it is always NOW."""
    with time_machine.travel(NOW, tick=False):
        yield
