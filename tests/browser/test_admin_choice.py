"""The pages on which staff give places in workshops: for everybody, on any window."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from conferences.models import Session
from registrations.models import Seat
from tests.browser.test_admin_prepared import OURS, signed_in
from tests.conferences.sessions import let_out
from tests.registrations.workshops import close, coming, edition, wish, workshops

__all__ = ["signed_in"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
NAME = "admin:registrations_editionchoice"


@pytest.fixture
def here(transactional_db):
    """Two wish for the one place; another session will be cancelled."""
    here = edition()
    first, second = workshops(here)
    for person in coming(here, 2):
        wish(person, first, second)
    return here


def looked_at(page, address):
    """What axe finds, and whether the page is wider than its window."""
    page.goto(address)
    found = [] if page.evaluate(TOO_WIDE) is False else [(address, "too wide")]
    for violation in Axe().run(page, options=OURS).response["violations"]:
        nodes = [node["html"][:120] for node in violation["nodes"]]
        found.append((address, violation["id"], nodes))
    return found


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_the_choice_are_without_barriers(signed_in, here, width):
    signed_in.set_viewport_size({"width": width, "height": 900})
    home = reverse(f"{NAME}_change", args=[here.pk])
    steps = [looked_at(signed_in, home)]
    choice = close(here)
    steps.append(looked_at(signed_in, home))
    choice.draw()
    steps.append(looked_at(signed_in, home))
    choice.give_places(has_seen=choice.outlook().seen)
    steps.append(looked_at(signed_in, home))
    choice.tell_all()
    seat = Seat.objects.first()
    Session.objects.filter(pk=seat.session_id).update(is_cancelled=True)
    let_out(here)
    steps.append(looked_at(signed_in, home))
    for name, key in (("person", seat.participant_id), ("clear", seat.session_id)):
        address = reverse(f"{NAME}_{name}", args=[here.pk, key])
        steps.append(looked_at(signed_in, address))

    assert steps == [[]] * 7
