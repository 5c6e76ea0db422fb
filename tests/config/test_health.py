from collections import namedtuple
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from config.models import NightlyRun
from config.nightly import run
from registrations.models import Letter
from tests.factories import DelegationFactory

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def running(db, monkeypatch, settings, tmp_path):
    """A site on which all is well."""
    settings.VAR_DIR = tmp_path
    NightlyRun.objects.finish({})
    plenty = Usage(0, 0, 10**12)
    monkeypatch.setattr("config.health.shutil.disk_usage", lambda folder: plenty)


def failing(client):
    answer = client.get("/readyz")
    facts = answer.json()
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert (answer.status_code == 200) == facts["ready"]
    return {name for name, check in facts["checks"].items() if not check["ok"]}


def test_alive_without_a_database(client):
    answer = client.get("/healthz")  # pytest lets no test without a mark ask it

    assert (answer.status_code, answer.json()) == (200, {"alive": True})
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_ready_when_all_is_well(client, running):
    assert failing(client) == set()


def test_five_queries(client, running, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        client.get("/readyz")


def test_not_ready_without_a_database(client, running, monkeypatch):
    def refuse(*args):
        raise OperationalError("password of user erika is wrong")

    with monkeypatch.context() as broken:
        broken.setattr(connections["default"], "cursor", refuse)
        found, told = failing(client), client.get("/readyz").content.decode()

    assert found == {"database"}
    assert "erika" not in told


def test_not_ready_before_the_migrations_are_applied(client, running):
    MigrationRecorder(connection).record_unapplied("config", "0001_nightly_runs")

    assert failing(client) == {"migrations"}


def test_not_ready_on_a_full_disk(client, running, monkeypatch):
    full = Usage(0, 0, 499 * 2**20)
    monkeypatch.setattr("config.health.shutil.disk_usage", lambda folder: full)

    assert failing(client) == {"disk"}


def test_not_ready_where_nothing_can_be_written(client, running, monkeypatch):
    monkeypatch.setattr("config.health.os.access", lambda folder, mode: False)

    assert failing(client) == {"disk"}


@pytest.mark.parametrize(("minutes", "missing"), [(14, set()), (16, {"letters"})])
def test_a_letter_that_waits_too_long_is_seen(client, running, minutes, missing):
    side = DelegationFactory().german_side
    letter = Letter.objects.write(side, Letter.Kind.SUBMITTED)
    due_at = timezone.now() - timedelta(minutes=minutes)
    Letter.objects.filter(pk=letter.pk).update(due_at=due_at)

    assert failing(client) == missing


def test_a_letter_that_is_due_later_is_not_late(client, running):
    side = DelegationFactory().german_side
    letter = Letter.objects.write(side, Letter.Kind.SUBMITTED)
    written, due = (timezone.now() + timedelta(days=days) for days in (-1, 1))
    Letter.objects.filter(pk=letter.pk).update(written_at=written, due_at=due)

    assert failing(client) == set()


def test_a_letter_that_was_sent_is_not_late(client, running):
    side = DelegationFactory().german_side
    letter = Letter.objects.write(side, Letter.Kind.SUBMITTED)
    long_ago = timezone.now() - timedelta(days=9)
    Letter.objects.filter(pk=letter.pk).update(state="sent", due_at=long_ago)

    assert failing(client) == set()


@pytest.mark.parametrize(("hours", "missing"), [(25, set()), (27, {"nightly"})])
def test_a_night_without_a_run_is_seen(client, running, hours, missing):
    NightlyRun.objects.update(ended_at=timezone.now() - timedelta(hours=hours))

    assert failing(client) == missing


def test_a_site_that_never_had_a_nightly_run_is_not_ready(client, running):
    NightlyRun.objects.all().delete()

    assert failing(client) == {"nightly"}


def test_a_nightly_run_is_noted_with_its_figures(db):
    NightlyRun.objects.create(ended_at=timezone.now() - timedelta(days=401))

    figures = run()

    noted = NightlyRun.objects.get()
    assert noted.figures == figures
    assert figures["expired sessions"] == 0


def test_machines_beside_us_ask_without_a_certificate(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]

    assert client.get("/healthz").status_code == 200
    assert client.get("/de/").status_code == 301
