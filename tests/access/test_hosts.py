"""A page is linked by the configured address, whatever name a request gives."""

import re

import pytest

from conferences.sitemaps import SECTIONS
from tests.access.addresses import addresses
from tests.access.asked import asked, taken
from tests.access.table_public import PUBLIC

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("kept_files"),
]

EVIL = "evil.example"
LIES = {
    "X-Forwarded-Host": EVIL,
    "X-Forwarded-Server": EVIL,
    "X-Forwarded-Port": "666",
    "X-Host": EVIL,
    "X-Original-URL": f"https://{EVIL}/",
    "X-Rewrite-URL": f"https://{EVIL}/",
    "Forwarded": f"host={EVIL}",
    "Referer": f"https://{EVIL}/",
    "Origin": f"https://{EVIL}",
}


@pytest.mark.parametrize(
    "host", [EVIL, f"testserver.{EVIL}", "testserver@evil", "", "a b"]
)
def test_another_name_is_refused_in_words(client, host):
    for method in ("get", "post"):
        answer = getattr(client, method)("/de/", headers={"host": host})

        assert answer.status_code == 400
        assert EVIL not in answer.text


@pytest.mark.parametrize("name", addresses())
def test_no_page_repeats_the_name_that_a_request_gives(world, name):
    page = asked(world, name)

    answer = page.client.get(page.path, headers=LIES)

    words = f"{answer.headers}{taken(answer)}"
    assert EVIL not in words
    assert ":666" not in words


@pytest.mark.parametrize("name", PUBLIC)
def test_no_public_page_names_the_host_that_was_asked(world, name, settings):
    """It may be one of several that the site is reached by."""
    settings.ALLOWED_HOSTS = ["other-name.example"]
    page = asked(world, name)

    answer = page.client.get(page.path, headers={"host": "other-name.example"})

    assert "other-name.example" not in taken(answer)


def test_no_sitemap_names_the_host_that_was_asked(world, client, settings):
    settings.ALLOWED_HOSTS = ["other-name.example"]
    settings.SITE_ADDRESS = "https://example.org"
    asks = {"headers": {"host": "other-name.example"}}

    parts = located(client.get("/sitemap.xml", **asks))

    assert len(parts) >= len(SECTIONS)
    for part in parts:
        assert part.startswith("https://example.org/sitemap-")
        answer = client.get(part.removeprefix("https://example.org"), **asks)
        assert "other-name.example" not in answer.text
        for page in located(answer):
            assert page.startswith("https://example.org/")


def located(answer) -> list[str]:
    assert answer.status_code == 200
    return re.findall("<loc>([^<]+)</loc>", answer.text)
