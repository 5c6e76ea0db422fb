"""What a first visit and each further page weigh, as the site is really served."""

import pytest

from tests import server

pytestmark = pytest.mark.browser

FIND = """
from conferences.models import Edition
from django.utils import translation
translation.activate("de")
print(Edition.objects.get(is_demonstration=True).get_absolute_url())
"""
FIRST_VISIT = 100_000
FURTHER_PAGE = 15_000
REQUESTS = 8


@pytest.fixture(scope="module")
def site():
    """The running site with seed and demonstration, its files hashed and compressed."""
    with server.database("weight") as environment:
        for command in ("migrate", "seed", "demo"):
            server.manage(environment, command, "-v0")
        demonstration = server.manage(environment, "shell", "-v0", "-c", FIND).strip()
        with server.gunicorn(environment) as (port, _leader):
            yield f"http://localhost:{port}", demonstration


class Visit:
    """A browser with an empty cache that writes down what it fetched."""

    def __init__(self, browser):
        self.context = browser.new_context(locale="de-DE")
        self.page = self.context.new_page()
        self.fetched: dict[str, int] = {}
        self.addresses: dict[str, str] = {}
        self.network = self.context.new_cdp_session(self.page)
        self.network.send("Network.enable")
        self.network.on("Network.requestWillBeSent", self._sent)
        self.network.on("Network.loadingFinished", self._finished)

    def _sent(self, event):
        self.addresses[event["requestId"]] = event["request"]["url"]

    def _finished(self, event):
        address = self.addresses[event["requestId"]]
        if not address.startswith("data:"):
            self.fetched[address] = int(event["encodedDataLength"])

    def open(self, address) -> dict[str, int]:
        self.fetched.clear()
        self.page.goto(address, wait_until="networkidle")
        return dict(self.fetched)


@pytest.fixture
def visit(browser):
    visit = Visit(browser)
    yield visit
    visit.context.close()


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("what", ["home", "edition", "first form page"])
def test_a_first_visit_is_light(site, visit, what, language):
    address, demonstration = site
    path = {
        "home": "/de/",
        "edition": demonstration,
        "first form page": f"{demonstration}anmeldung/beginnen/",
    }[what]
    if language == "en":
        path = path.replace("/de/konferenzen/", "/en/conferences/")
        path = path.replace("anmeldung/beginnen", "registration/begin")
        path = path.replace("/de/", "/en/")

    fetched = visit.open(address + path)

    assert all(url.startswith(address) for url in fetched)
    assert len(fetched) <= REQUESTS, fetched
    assert sum(fetched.values()) <= FIRST_VISIT, fetched
    cookies = {cookie["name"] for cookie in visit.context.cookies()}
    assert cookies == ({"csrftoken"} if what == "first form page" else set())


@pytest.mark.parametrize(
    "path",
    [
        "/de/konferenzen/",
        "/de/konferenzen/afrika/",
        "/de/konferenzen/afrika/2025/",
        "/de/partnerschaften/",
        "/de/partnerschaften/?view=map",
        "/de/partnerschaften/laender/ua/",
        "/de/konferenzen/lateinamerika/demonstration/programm/",
        "/de/suche/?q=Afrika",
        "/de/neuigkeiten/",
        "/de/neuigkeiten/demonstration-registration/",
        "/de/datenschutz/",
        "/de/leichte-sprache/",
    ],
)
def test_each_further_page_is_light(site, visit, path):
    address, _demonstration = site
    visit.open(f"{address}/de/")

    fetched = visit.open(address + path)

    assert sum(fetched.values()) <= FURTHER_PAGE, fetched


def test_hashed_files_are_kept_for_a_year(site, visit):
    address, _demonstration = site
    visit.open(f"{address}/de/")
    styles = [url for url in visit.fetched if url.endswith(".css")]

    answers = [visit.context.request.get(url) for url in styles]

    assert answers
    for answer in answers:
        assert "max-age=31536000" in answer.headers["cache-control"]
        assert answer.headers["content-encoding"] in {"br", "gzip"}
