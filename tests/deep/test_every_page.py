"""The whole matrix of languages and widths; two of them run in `make test`."""

import pytest

from tests.browser.test_accessibility import walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("language", ["de", "en", "fr", "es", "uk"])
def test_every_page_keeps_its_promises(browser, live_server, language, width):
    assert walk(browser, live_server.url, language, width) == []
