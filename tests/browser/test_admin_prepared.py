"""The board and the pages of decisions: readable by everybody, on any window."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from registrations import seeding
from tests.browser.test_accessibility import RULES
from tests.factories import EditionFactory, submitted
from tests.registrations.deciding import prepare

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OURS = {**RULES, "include": [["#content"]]}


@pytest.fixture
def signed_in(browser, client, admin_user, live_server):
    """Opens pages of the admin; the style of axe itself is let through."""
    client.force_login(admin_user)
    context = browser.new_context(base_url=live_server.url, bypass_csp=True)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    context.add_cookies([{**cookie, "url": live_server.url}])
    yield context.new_page()
    context.close()


@pytest.fixture
def delegation(transactional_db):
    """Prepared, and changed since; others can and cannot be sent."""
    seeding.load()
    edition = EditionFactory()
    changed = submitted(edition)
    prepare(changed, "decline", reason="Zu spät")
    prepare(submitted(edition, german__confirmed_at=None))
    prepare(submitted(edition))
    changed.german_side.change_planned(1, by=changed.german_side)
    return changed


def pages(delegation):
    chosen = f"?chosen={delegation.pk}"
    name = "admin:registrations_delegation"
    return [
        *(
            reverse(f"admin:registrations_{page}", args=[delegation.edition_id])
            for page in ("prepareddecision_edition", "editionplaces_board")
        ),
        reverse(f"{name}_prepare_refusal") + chosen,
        reverse(f"{name}_take_back") + chosen,
        reverse(f"{name}_change", args=[delegation.pk]),
    ]


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_decisions_are_without_barriers(signed_in, delegation, width):
    signed_in.set_viewport_size({"width": width, "height": 900})

    found = []
    for address in pages(delegation):
        signed_in.goto(address)
        assert signed_in.evaluate("document.documentElement.scrollWidth") == width
        if address == pages(delegation)[-1]:
            continue  # Django's own tables have headers without words
        answer = Axe().run(signed_in, options=OURS).response
        for violation in answer["violations"]:
            nodes = [node["html"][:120] for node in violation["nodes"]]
            found.append((address, violation["id"], nodes))

    assert found == []


def test_what_changed_is_ticked_off_by_the_keyboard(signed_in, delegation):
    signed_in.goto(pages(delegation)[-1])

    signed_in.get_by_role("button", name="Angesehen").focus()
    signed_in.keyboard.press("Enter")

    assert signed_in.locator(".messagelist").inner_text() == "1 Delegation abgehakt."
