"""All pages in Chromium, with markup in every column: nothing of it comes alive.

Of each column three of twelve kinds of markup are shown; each text of several lines
shows all of them.
"""

import pytest
from django.template import engines

from tests.access import world as worlds
from tests.access.who import CHIEF
from tests.browser.conftest import note_error
from tests.texts import pages, payloads

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TURNS = (0, 5, 10)
ALIVE = """mark => [...document.querySelectorAll("*")].filter(
    one => one.getAttributeNames().some(
        name => name === mark || name.startsWith("on") || name === "srcdoc")
    || /^\\s*javascript:/i.test(one.getAttribute("href") || "")
).map(one => one.outerHTML.slice(0, 200))"""
# What the button above a list does, for the row that is looked at.
CHOOSE = """chosen => {
    const form = document.querySelector("#changelist-form");
    const rows = [...form.querySelectorAll("[name=_selected_action]")];
    const row = rows.find(one => one.value == chosen._selected_action);
    if (!row) return false;
    row.checked = true;
    form.querySelector("[name=action]").value = chosen.action;
    form.querySelector("[name=index]")?.click();
    return true;
}"""


class Watch:
    """Opens pages and writes down what must not happen on any of them."""

    def __init__(self, browser, live_server, client):
        self.context = browser.new_context(base_url=live_server.url)
        if "sessionid" in client.cookies:
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
            self.context.add_cookies([{**cookie, "url": live_server.url}])
        self.page = self.context.new_page()
        self.found: list[str] = []
        self.seen = 0
        self.page.on("dialog", self._dialog)
        self.page.on("console", lambda message: note_error(self.found, message))
        self.page.on("pageerror", lambda error: self.found.append(f"script: {error}"))

    def _dialog(self, dialog):
        self.found.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open(self, path):
        try:
            self.page.goto(path)
        except Exception as error:
            if "Download is starting" in str(error) or "ERR_ABORTED" in str(error):
                return  # a file, which no browser shows
            raise
        self.look()

    def look(self):
        self.seen += 1
        living = self.page.evaluate(ALIVE, payloads.MARK)
        self.found += [f"{self.page.url}: {one}" for one in living]


@pytest.mark.parametrize("turn", TURNS)
def test_no_page_in_a_browser_is_changed_by_what_it_shows(browser, live_server, turn):
    world = worlds.made()
    payloads.fill(turn)
    visitor = Watch(browser, live_server, world.clients["anonymous"])
    staff = Watch(browser, live_server, world.clients[CHIEF])

    for path in pages.public(world, payloads.PAYLOADS[turn]):
        visitor.open(path)
    for path in pages.of_staff(world):
        staff.open(path)
    for path, chosen in pages.deletions(world):
        staff.page.goto(path)
        with staff.page.expect_navigation():
            assert staff.page.evaluate(CHOOSE, chosen), path
        staff.look()

    assert (visitor.found, staff.found) == ([], [])
    assert visitor.seen > 80
    assert staff.seen > 150


def test_markup_that_is_not_escaped_comes_alive(browser, live_server, monkeypatch):
    """The control: without the escape the same walk finds the markup."""
    world = worlds.made()
    payloads.fill()
    monkeypatch.setattr(engines["django"].engine, "autoescape", False)
    staff = Watch(browser, live_server, world.clients[CHIEF])

    staff.open(pages.usual_address(world, "registrations.side", "change"))

    assert any(payloads.MARK in one for one in staff.found)
    assert any("Content Security Policy" in one for one in staff.found)
