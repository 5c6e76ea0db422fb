"""Search engines find words of ours for each page that they may show."""

import pytest

from tests.browser import tour

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_public_page_is_described(client, demonstrated, language):
    silent = []

    for stop in tour.public_stops(language):
        response = client.get(stop.path)
        head = response.content.decode().partition("</head>")[0]
        hidden = "noindex" in head + response.headers.get("X-Robots-Tag", "")
        is_shown = response.status_code == 200 and not hidden
        if is_shown and '<meta name="description" content="' not in head:
            silent.append(stop.name)

    assert silent == []
