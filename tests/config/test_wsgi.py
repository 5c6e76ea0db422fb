"""What reaches the site before any of its pages."""

from urllib.parse import quote

import pytest
from django.test import RequestFactory

from config.wsgi import application

# A request ends connections that are too old: no transaction may be open around it.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    "charset",
    ["zlib", "idna", "undefined", "utf-16", 'zlib"', "*=utf-8''zlib", "=zlib; x=y"],
)
def test_a_page_is_read_as_utf_8_whatever_charset_is_named(charset):
    environ = RequestFactory().get("/de/partnerschaften/").environ
    environ["QUERY_STRING"] = f"q={quote('Gießen')}"
    separator = "" if "=" in charset else "="
    environ["CONTENT_TYPE"] = f"text/plain; charset{separator}{charset}"
    answers = []

    body = application(environ, lambda status, headers: answers.append(status))

    assert answers == ["200 OK"]
    assert "Gießen" in b"".join(body).decode()
