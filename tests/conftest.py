import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from django.utils import translation
from playwright.sync_api import sync_playwright

from partnerships import page_cache, remembered
from tests import postbox as mail_server
from tests.browser.chromium import launch
from tests.signing_in import StaffClient


@receiver(connection_created)
def _in_no_order(connection, **kwargs):
    """SQLite hands rows that nobody ordered over backwards.

    PostgreSQL may do so on any day, once rows of earlier tests have left gaps: what
    takes the first row that comes then fails once in many runs, and nobody knows why.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA reverse_unordered_selects = ON")


@pytest.fixture(autouse=True)
def _on_its_own_database(request):
    """What only PostgreSQL can show is skipped elsewhere, and says so."""
    needs_postgresql = request.node.get_closest_marker("postgresql")
    if needs_postgresql and connection.vendor != "postgresql":
        pytest.skip("only true on PostgreSQL")


@pytest.fixture(autouse=True)
def _plain_storages(settings, tmp_path):
    """No hashed file names, no real folders: tests read pages, not manifests."""
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ERASURES_ROOT = tmp_path / "erasures"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch):
    """Each test has content of its own, and content versions that come again."""
    monkeypatch.setattr(remembered, "_known", (-1, {}))
    monkeypatch.setattr(page_cache, "PAGES", page_cache.Pages(page_cache.MOST_BYTES))


@pytest.fixture(autouse=True)
def _english():
    """Messages of models read as in the code; a page has its own language."""
    with translation.override("en"):
        yield


@pytest.fixture
def client():
    """A browser in which `force_login` signs somebody in wholly, as staff are."""
    return StaffClient()


@pytest.fixture
def admin_client(admin_user):
    signed_in = StaffClient()
    signed_in.force_login(admin_user)
    return signed_in


@pytest.fixture(scope="module")
def facts(django_db_setup, django_db_blocker):
    """The same for all tests of a module, which only read: loaded once."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def demonstrated(facts, django_db_blocker):
    """The facts and the demonstration, for tests that only read them."""
    with django_db_blocker.unblock():
        call_command("demo", verbosity=0)


@pytest.fixture
def seeded(db):
    """The facts as `manage.py seed` loads them."""
    call_command("seed", verbosity=0)


@pytest.fixture
def postbox(settings):
    """A mail server that takes what the worker sends."""
    with mail_server.listening(settings) as box:
        yield box


@pytest.fixture(scope="session")
def browser():
    """Chromium, started once; each test opens a context of its own."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()
