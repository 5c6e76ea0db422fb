"""A database that is away is said in words, with a time to come back."""

import sqlite3

import pytest
from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    connection,
    connections,
)
from django.db.utils import ConnectionHandler

from config.failure import is_away, let_go

LANGUAGES = {
    "de": "Bitte versuchen Sie es gleich noch einmal",
    "en": "Please try again in a moment",
    "fr": "Veuillez réessayer dans un instant",
    "es": "Por favor, inténtelo de nuevo en un momento",
    "uk": "Будь ласка, спробуйте ще раз за хвилину",
}


@pytest.fixture
def away(monkeypatch, client):
    """The database breaks off with the error that is given."""

    def breaks_off(error):
        def ask(*args, **kwargs):
            raise error

        monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", ask)
        monkeypatch.setattr(connections["default"], "ensure_connection", ask)

    client.raise_request_exception = False
    return breaks_off


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "heading"), LANGUAGES.items())
@pytest.mark.parametrize(
    "error",
    [
        OperationalError("server closed the connection"),
        InterfaceError("connection already closed"),
        DatabaseError("lost synchronization with server"),
    ],
)
def test_a_page_says_in_the_readers_language_when_to_come_again(
    client, away, language, heading, error
):
    away(error)

    answer = client.get(f"/{language}/")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert answer.headers["Cache-Control"] == "no-store"
    text = answer.content.decode()
    assert f'<html lang="{language}">' in text
    assert f"<h1>{heading}</h1>" in text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_the_admin_says_so_too(client, away):
    client.cookies["sessionid"] = "x" * 32
    away(OperationalError("away"))

    assert client.get("/admin/").status_code == 503


@pytest.mark.django_db
def test_another_error_stays_an_error(client, monkeypatch):
    def broken(request):
        raise RuntimeError("ours")

    client.raise_request_exception = False
    monkeypatch.setattr("config.health.disk", lambda: broken(None))

    assert client.get("/readyz").status_code == 500


@pytest.mark.django_db
def test_a_table_that_is_missing_is_our_fault():
    with pytest.raises(DatabaseError) as caught, connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM nowhere")

    assert not is_away(caught.value)


def test_a_full_disk_is_no_fault_of_the_request(tmp_path):
    file = sqlite3.connect(tmp_path / "small.sqlite3")
    file.execute("CREATE TABLE text (words)")
    file.execute("PRAGMA max_page_count = 2")
    with pytest.raises(sqlite3.OperationalError) as caught:
        file.execute("INSERT INTO text VALUES (?)", ["x" * 100_000])
    file.close()
    error = OperationalError("full")
    error.__cause__ = caught.value

    assert caught.value.sqlite_errorname == "SQLITE_FULL"
    assert is_away(error)


@pytest.mark.django_db
def test_a_database_that_could_not_be_written_can_once_there_is_room(tmp_path):
    file = {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "site.sqlite3"}
    used = ConnectionHandler({"default": {**file, "CONN_MAX_AGE": None}})["default"]
    with used.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (line TEXT)")
        cursor.execute("PRAGMA query_only = 1")  # as if the disk had taken nothing
        with pytest.raises(OperationalError) as refused:
            cursor.execute("INSERT INTO kept VALUES ('lost')")

    let_go(refused.value, used)

    with used.cursor() as cursor:
        cursor.execute("INSERT INTO kept VALUES ('kept')")
        assert cursor.execute("SELECT line FROM kept").fetchall() == [("kept",)]
    used.close()
