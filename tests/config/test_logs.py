import io
import json
import logging
import secrets

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import connection

from config import logs
from config.logs import WithoutTokens
from tests.factories import EditionFactory

# Nobody has such a name: where it stands in the output, something was let through.
CANARY = "Quetzalina-Musterfrau"
E_MAIL = "quetzalina@musterfrau.example"
ADDRESS = "203.0.113.77"
TOKEN = "Quetzalina_" + secrets.token_urlsafe(24)[11:]
CANARIES = ("quetzalina", "musterfrau", "203.0.113", TOKEN.lower())


def line(message, *arguments):
    record = logging.LogRecord("django.request", 40, "", 0, message, arguments, None)
    assert WithoutTokens().filter(record) is True
    return record.getMessage()


@pytest.mark.parametrize("end", ["", "/", "/personen/"])
def test_a_personal_link_is_taken_out_of_a_line(end):
    token = secrets.token_urlsafe(24)

    written = line("Internal Server Error: %s", f"/de/anmeldung/{token}{end}")

    assert written == f"Internal Server Error: /de/anmeldung/…{end}"


def test_other_addresses_stay_as_they_are():
    address = "/de/partnerschaften/giessen--swakopmund-na/"

    assert line("Not Found: %s", address) == f"Not Found: {address}"


@pytest.fixture
def written(monkeypatch, request):
    """What the site writes, as outside development; or plain, as in it."""
    [handler] = [one for one in logging.getLogger().handlers if one.name == "lines"]
    if getattr(request, "param", "json") == "json":
        monkeypatch.setattr(handler, "formatter", logs.Json())
        monkeypatch.setattr(handler, "filters", [])
    output = io.StringIO()
    monkeypatch.setattr(handler, "stream", output)
    return output


def lines(output):
    return [json.loads(one) for one in output.getvalue().splitlines()]


def break_the_page(monkeypatch, error):
    def broken(self, *args, **kwargs):
        typed = CANARY  # a local value, as a form has many
        raise error(f"{typed} {E_MAIL} does not fit")

    monkeypatch.setattr("registrations.views.DelegationView.dispatch", broken)


@pytest.mark.parametrize("written", ["plain"], indirect=True)
def test_in_development_an_error_is_told_in_full_without_the_link(
    client, monkeypatch, written
):
    token = secrets.token_urlsafe(24)
    break_the_page(monkeypatch, RuntimeError)
    client.raise_request_exception = False

    response = client.get(f"/de/anmeldung/{token}/")

    assert response.status_code == 500
    told = written.getvalue()
    assert "ERROR django.request: Internal Server Error: /de/anmeldung/…/" in told
    assert "RuntimeError: Quetzalina" in told
    assert token not in told


def test_a_strange_host_is_one_line_without_the_host(client, written):
    response = client.get("/de/", headers={"host": "musterfrau.example"})

    assert response.status_code == 400
    [line] = lines(written)
    assert (line["path"], line["status"]) == ("/de/", 400)
    assert "musterfrau" not in written.getvalue()


@pytest.mark.django_db
def test_a_request_is_one_line(client, written):
    number = "0123456789abcdef" * 2

    client.get("/robots.txt?q=x", headers={"X-Request-ID": number})

    [line] = lines(written)
    assert line.pop("time").endswith("+00:00")
    assert line.pop("ms") >= 0
    assert line.pop("message").startswith("GET /robots.txt 200 in ")
    assert line == {
        "level": "info",
        "logger": "config.middleware",
        "request": number,
        "method": "GET",
        "path": "/robots.txt",
        "status": 200,
    }


def test_an_error_says_where_it_was_raised_and_of_which_kind(
    client, monkeypatch, written
):
    break_the_page(monkeypatch, LookupError)
    client.raise_request_exception = False

    client.get(f"/de/anmeldung/{TOKEN}/")

    error, request = lines(written)
    assert error["level"] == "error"
    assert error["message"] == "Internal Server Error: /de/anmeldung/…/"
    assert error["error"]["type"] == "builtins.LookupError"
    assert error["error"]["at"][-1].startswith("tests/config/test_logs.py:")
    assert error["error"]["at"][-1].endswith(" broken")
    assert error["request"] == request["request"]
    assert request["status"] == 500


def test_an_error_of_the_database_keeps_its_code(written, db):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT quetzalina FROM musterfrau")
    except Exception:
        logging.getLogger("config").exception("broken")

    [line] = lines(written)
    code = "SQLITE_ERROR" if connection.vendor == "sqlite" else "42P01"
    assert line["error"]["because"]["code"] == code
    assert "quetzalina" not in written.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("error", [None, RuntimeError, SuspiciousOperation])
def test_nothing_that_somebody_types_is_written(client, monkeypatch, written, error):
    client.raise_request_exception = False
    edition = EditionFactory()
    begin = f"/de/konferenzen/{edition.series.slug}/{edition.slug}/anmeldung/beginnen/"
    if error:
        break_the_page(monkeypatch, error)
        monkeypatch.setattr("registrations.views.BeginView.post", broken_form)
    sent = {"contact_name": CANARY, "contact_email": E_MAIL, CANARY: CANARY}
    headers = {
        "referer": f"https://{E_MAIL}/?{CANARY}",
        "user-agent": CANARY,
        "x-request-id": CANARY,
        "x-forwarded-for": ADDRESS,
        "accept-language": CANARY,
    }
    for path in (
        begin,
        f"/de/suche/?q={CANARY}",
        f"/de/anmeldung/{TOKEN}/",
        f"/de/anmeldung/{TOKEN}x/{CANARY}/",
        f"/de/anmeldung/person/{TOKEN}/",
        f"/{E_MAIL}/{CANARY}",
        f"/admin/login/?next={CANARY}",
    ):
        asked = {"headers": headers, "REMOTE_ADDR": ADDRESS}
        client.get(path, **asked)
        client.post(path, sent, **asked)
    client.generic("QUETZALINA", begin, headers=headers)
    client.cookies["sessionid"] = CANARY
    client.get("/admin/", headers={"host": f"{CANARY}.example"})

    told = written.getvalue().lower()
    assert len(lines(written)) >= 16
    assert [canary for canary in CANARIES if canary in told] == []


def broken_form(self, request, *args, **kwargs):
    raise ValueError(f"invalid literal: {request.POST}")


@pytest.mark.parametrize(
    ("message", "left"),
    [
        (f"Invalid request from ip={ADDRESS}: Header '{CANARY}'", "Invalid request"),
        (f"Error handling request GET /{TOKEN}?{CANARY}", "Error handling request"),
        (f"no letter to {E_MAIL} for now", "no letter to … for now"),
        (f"{ADDRESS}: slow", "…: slow"),
        ("2001:db8::12:77 is slow", "… is slow"),
        (f"called /de/suche/?q={CANARY}", "called /de/suche/?…"),
        ("WORKER TIMEOUT (pid:12)", "WORKER TIMEOUT (pid:12)"),
        ("at 12:30:59", "at 12:30:59"),
    ],
)
def test_lines_of_others_lose_what_was_typed(written, message, left):
    logging.getLogger("gunicorn.error").propagate = True
    logging.getLogger("gunicorn.error").warning(message)

    assert [line["message"] for line in lines(written)] == [left]


def test_a_line_break_makes_no_second_line(written):
    logging.getLogger("config").info('one\n{"level": "forged"}')

    assert len(lines(written)) == 1


def test_probes_write_nothing_while_all_is_well(client, written):
    client.get("/healthz")

    assert written.getvalue() == ""
