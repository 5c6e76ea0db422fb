"""What reaches the site before any of its pages."""

import io
import socket
from urllib.parse import quote

import pytest
from django.test import RequestFactory
from gunicorn.http.errors import InvalidChunkSize

from config.wsgi import application, take_rest

# A request ends connections that are too old: no transaction may be open around it.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    "charset",
    ["zlib", "idna", "undefined", "utf-16", 'zlib"', "*=utf-8''zlib", "=zlib; x=y"],
)
def test_a_page_is_read_as_utf_8_whatever_charset_is_named(charset):
    environ = RequestFactory().get("/de/partnerschaften/").environ
    environ["wsgi.input"] = io.BytesIO()
    environ["QUERY_STRING"] = f"q={quote('Gießen')}"
    separator = "" if "=" in charset else "="
    environ["CONTENT_TYPE"] = f"text/plain; charset{separator}{charset}"
    answers = []

    body = application(environ, lambda status, headers: answers.append(status))

    assert answers == ["200 OK"]
    assert "Gießen" in b"".join(body).decode()


class Broken(io.BytesIO):
    """A body that breaks off, as gunicorn says it of one in chunks."""

    def read(self, size=-1):
        raise InvalidChunkSize(b"x")


@pytest.mark.parametrize("body", [io.BytesIO(b"a=1&" * 5000), Broken()])
def test_what_a_refusal_leaves_unread_is_read_before_it_hangs_up(body):
    environ = RequestFactory().put("/de/", content_type="text/plain").environ
    environ |= {"wsgi.input": body, "CONTENT_LENGTH": "20000"}
    answers = []

    application(environ, lambda status, headers: answers.append(status))

    assert answers == ["405 Method Not Allowed"]
    assert io.BytesIO.read(body) == b""


def test_nobody_is_waited_for_who_sends_half_of_what_was_announced():
    ours, theirs = socket.socketpair()
    with ours, theirs, ours.makefile("rb") as body:
        theirs.sendall(b"half")

        take_rest(body, ours)

        assert ours.gettimeout() is None
