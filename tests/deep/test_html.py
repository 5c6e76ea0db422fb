"""Every page is HTML that a parser reads without one correction."""

import html5lib
import pytest
from django.core.management import call_command

from tests.browser import tour


def corrections(markup: str) -> list[str]:
    parser = html5lib.HTMLParser()
    parser.parse(markup)
    return [f"line {line}: {code} {about}" for (line, _), code, about in parser.errors]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_page_is_correct_html(client, language):
    call_command("seed", verbosity=0)
    call_command("demo", verbosity=0)
    found = {}

    for stop in tour.stops(language):
        markup = client.get(stop.path).content.decode()
        assert markup, stop.name
        if wrong := corrections(markup):
            found[stop.name] = wrong

    assert found == {}


def test_a_wrong_page_would_be_seen():
    assert corrections("<!doctype html><title>A</title><p><div></p>") != []
