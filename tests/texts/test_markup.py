"""Whatever stands in the columns: no page makes an element of it, nor an attribute."""

import html5lib
import pytest
from django.template import engines
from django.test import Client

from tests.access.who import CHIEF
from tests.texts import pages, payloads

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

HTML = "text/html"


def alive(response) -> list[str]:
    """What a browser would make of the marks; a page that is none has no markup."""
    if not response.headers.get("Content-Type", "").startswith(HTML):
        return []
    tree = html5lib.parse(response.content, namespaceHTMLElements=False)
    return [
        f"{response.request['PATH_INFO']}: <{element.tag} {name}={value[:40]!r}>"
        for element in tree.iter()
        for name, value in element.attrib.items()
        if is_alive(str(name), value)
    ]


def is_alive(name: str, value: str) -> bool:
    is_script = name in ("href", "src", "action") and value.strip().startswith("java")
    return name in (payloads.MARK, "srcdoc") or name.startswith("on") or is_script


@pytest.fixture
def filled(world):
    assert payloads.fill() > 500


def test_no_public_page_is_changed_by_what_it_shows(world, filled):
    found = []
    for path in pages.public(world, payloads.PAYLOADS[0]):
        response = Client().get(path, follow=True)
        assert response.status_code < 500 or "readyz" in path, path
        found += alive(response)

    assert found == []


def test_no_page_of_staff_is_changed_by_what_it_shows(world, filled):
    client, found = world.clients[CHIEF], []
    for path in pages.of_staff(world):
        response = client.get(path, follow=True)
        assert response.status_code < 500, path
        found += alive(response)
    for path, chosen in pages.deletions(world):
        found += alive(client.post(path, chosen))

    assert found == []


def test_markup_that_is_not_escaped_would_be_found(world, filled, monkeypatch):
    monkeypatch.setattr(engines["django"].engine, "autoescape", False)
    path = pages.usual_address(world, "registrations.side", "change")

    assert alive(world.clients[CHIEF].get(path))
