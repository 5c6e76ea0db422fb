import logging
import secrets
import sys

import pytest

from config.logs import WithoutTokens


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


def test_an_error_is_written_without_the_link(client, capsys, monkeypatch):
    token = secrets.token_urlsafe(24)

    def broken(self, *args, **kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr("registrations.views.DelegationView.dispatch", broken)
    client.raise_request_exception = False
    handler = logging.getLogger("django").handlers[0]
    monkeypatch.setattr(handler, "stream", sys.stderr)

    response = client.get(f"/de/anmeldung/{token}/")

    written = capsys.readouterr().err
    assert response.status_code == 500
    assert "Internal Server Error: /de/anmeldung/…/" in written
    assert token not in written


def test_a_strange_host_writes_no_line(client, capsys, monkeypatch):
    handler = logging.getLogger("django").handlers[0]
    monkeypatch.setattr(handler, "stream", sys.stderr)

    response = client.get("/de/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert capsys.readouterr().err == ""
