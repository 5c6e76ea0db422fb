"""No public page makes more than eight queries, whatever the site holds."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.browser import tour

MOST = 8
PERSONAL = (
    "step-",
    "unanswered-",
    "status-",
    "door-",
    "partner-",
    "begin",
    "link",
)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["de", "en", "fr", "es", "uk"])
def test_every_public_page_makes_few_queries(client, language):
    call_command("seed", verbosity=0)
    call_command("demo", verbosity=0)
    found = {}

    for stop in tour.stops(language):
        if stop.name.startswith(PERSONAL):
            continue
        with CaptureQueriesContext(connection) as queries:
            client.get(stop.path)
        found[stop.name] = len(queries)

    assert {name: count for name, count in found.items() if count > MOST} == {}
    assert len(found) > 20
