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
# How Chromium says that an address is a file to keep, or has no page.
NO_PAGE = ("Download is starting", "ERR_ABORTED", "ERR_HTTP_RESPONSE_CODE_FAILURE")
# What the button above a list does, for the row that is looked at.
CHOOSE = """chosen => {
    const form = document.querySelector("#changelist-form");
    const row = form.querySelector(
        `[name=_selected_action][value="${chosen._selected_action}"]`);
    const option = form.querySelector(`[name=action] [value=${chosen.action}]`);
    if (!row || !option) return false;
    row.checked = option.selected = true;
    setTimeout(() => form.querySelector("[name=index]").click());
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
        self.said: list[str] = []
        self.page.on("console", lambda message: note_error(self.said, message))
        self.page.on("pageerror", lambda error: self.found.append(f"script: {error}"))

    def _dialog(self, dialog):
        self.found.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open(self, path):
        try:
            self.page.goto(path)
        except Exception as error:
            if not any(words in str(error) for words in NO_PAGE):
                raise
            return
        self.look()

    def look(self):
        said, self.said[:] = list(self.said), []
        if self.page.evaluate("document.contentType") != "text/html":
            return  # Chromium shows it by a page of its own, which our policy stops
        self.seen += 1
        self.found += [f"{self.page.url}: {one}" for one in said]
        living = self.page.evaluate(ALIVE, payloads.MARK)
        self.found += [f"{self.page.url}: {one}" for one in living]


@pytest.fixture
def watch(browser, live_server):
    """Opens browsers, and closes them before the database is emptied."""
    opened: list[Watch] = []

    def begin(client):
        opened.append(Watch(browser, live_server, client))
        return opened[-1]

    yield begin
    for one in opened:
        one.context.close()


@pytest.mark.parametrize("turn", TURNS)
def test_no_page_in_a_browser_is_changed_by_what_it_shows(watch, turn):
    world = worlds.made()
    payloads.fill(turn)
    visitor = watch(world.clients["anonymous"])
    staff = watch(world.clients[CHIEF])

    asked: list[str] = []

    for path in pages.public(world, payloads.PAYLOADS[turn]):
        visitor.open(path)
    for path in pages.of_staff(world):
        staff.open(path)
    for path, chosen in pages.deletions(world):
        staff.open(path)
        if staff.page.evaluate(CHOOSE, chosen):
            staff.page.locator("body.delete-confirmation").wait_for()
            staff.look()
            asked.append(path)

    assert (visitor.found, staff.found) == ([], [])
    assert len(asked) > 8
    assert visitor.seen > 80
    assert staff.seen > 150


def test_markup_that_is_not_escaped_comes_alive(watch, monkeypatch):
    """The control: without the escape the same walk finds the markup."""
    world = worlds.made()
    payloads.fill()
    monkeypatch.setattr(engines["django"].engine, "autoescape", False)
    staff = watch(world.clients[CHIEF])

    staff.open(pages.usual_address(world, "registrations.side", "change"))

    assert any(payloads.MARK in one for one in staff.found)
    assert any("Content Security Policy" in one for one in staff.found)
