"""Whatever page breaks says so in plain words, and nothing about the code."""

import pytest
from django.urls import NoReverseMatch, reverse

from tests.access.addresses import usual_pages
from tests.access.table_links import LINKED
from tests.access.table_public import PUBLIC
from tests.access.table_staff import PAGES, ROWS, WAY_IN
from tests.access.test_links import address as linked
from tests.access.who import CHIEF
from tests.signing_in import StaffClient

pytestmark = pytest.mark.django_db
NUMBER = "0123456789abcdef" * 2
SECRET = "Quetzalina-Musterfrau"
BREAKS = "tests.access.test_errors.Breaks"


class Breaks:
    """A middleware that breaks each view before it begins."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, *args):
        raise RuntimeError(SECRET)


def every_address(world):
    for name, row in PUBLIC.items():
        yield reverse(name, args=world.arguments(row.of))
    for name, link in LINKED.items():
        stage = world.stages[link.stage]
        yield linked(world, name, stage.links[link.whose[0]], who=link.whose[0])
    for name, page in PAGES.items():
        try:
            yield reverse(name, args=world.arguments(page.of))
        except NoReverseMatch:
            continue  # the one that catches all that is none
    yield from map(reverse, WAY_IN)
    yield from (reverse(usual_pages(model)["changelist"]) for model in ROWS)


def test_an_error_tells_nothing_of_the_code(world, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, BREAKS]
    client = StaffClient(raise_request_exception=False)
    client.cookies = world.clients[CHIEF].cookies
    tried = told = 0

    for path in every_address(world):
        answer = client.get(path, headers={"X-Request-ID": NUMBER})
        page = answer.content.decode()
        assert answer.status_code == 500, path
        assert answer.headers["Cache-Control"] == "no-store", path
        assert NUMBER[:8] in page, path
        tried += 1
        told += any(word in page for word in (SECRET, "Error", "Traceback", ".py"))

    assert (told, tried > 150) == (0, True)
