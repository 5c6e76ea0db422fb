"""No public page makes more than eight queries, whatever the site holds."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.browser import tour

MOST = 8


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["de", "en", "fr", "es", "uk"])
def test_every_public_page_makes_few_queries(demonstrated, client, language):
    found = {}

    for stop in tour.public_stops(language):
        with CaptureQueriesContext(connection) as queries:
            client.get(stop.path)
        found[stop.name] = len(queries)

    assert {name: count for name, count in found.items() if count > MOST} == {}
    assert len(found) > 20
