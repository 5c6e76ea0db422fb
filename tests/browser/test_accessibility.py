"""Every page in every state: axe, width, language, policy, other hosts, cookies."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from tests.browser import tour

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEIGHT = 900
RULES = {
    "runOnly": {
        "type": "tag",
        "values": [
            "wcag2a",
            "wcag2aa",
            "wcag21a",
            "wcag21aa",
            "wcag22aa",
            "best-practice",
        ],
    },
    "resultTypes": ["violations"],
}
FRAME = """[
    document.documentElement.scrollWidth,
    document.documentElement.lang,
    document.querySelectorAll("h1").length,
]"""

REFUSAL = re.compile(r"status of (404|405) ")


class Walk:
    """Opens stop after stop and writes down everything that is not as promised."""

    def __init__(self, browser, address: str, language: str, width: int):
        self.address, self.language, self.width = address, language, width
        context = browser.new_context(viewport={"width": width, "height": HEIGHT})
        self.page = context.new_page()
        self.findings: list[str] = []
        self.at = ""
        self.page.on("console", self._console)
        self.page.on("request", self._request)
        self.page.on("pageerror", lambda error: self._found(f"script: {error}"))

    def _found(self, what: str) -> None:
        self.findings.append(f"{self.at}: {what}")

    def _console(self, message) -> None:
        # Chromium reports the status of a page in words as an error of its own.
        if message.type == "error" and not REFUSAL.search(message.text):
            self._found(f"console: {message.text}")

    def _request(self, request) -> None:
        if not request.url.startswith((self.address, "data:")):
            self._found(f"asks another host: {request.url}")

    def visit(self, stop: tour.Stop) -> None:
        self.at = f"{stop.name} ({self.language}, {self.width})"
        tour.open_stop(self.page, self.address, stop)
        self._check_frame()
        for violation in Axe().run(self.page, options=RULES).response["violations"]:
            nodes = [node["html"][:160] for node in violation["nodes"]]
            self._found(f"axe {violation['id']}: {nodes}")

    def _check_frame(self) -> None:
        width, language, titles = self.page.evaluate(FRAME)
        if width > self.width:
            self._found(f"scrolls sideways: {width} px")
        if language != self.language:
            self._found("the language of the page is wrong")
        if titles != 1:
            self._found("not exactly one h1")


@pytest.mark.parametrize(("language", "width"), [("de", 320), ("en", 1280)])
def test_every_page_keeps_its_promises(browser, live_server, language, width):
    assert walk(browser, live_server.url, language, width) == []


def walk(browser, address: str, language: str, width: int) -> list[str]:
    call_command("seed", verbosity=0)
    call_command("demo", verbosity=0)
    walker = Walk(browser, address, language, width)
    for stop in tour.stops(language):
        walker.visit(stop)
    walker.page.context.close()
    return walker.findings
