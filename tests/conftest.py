import pytest
from django.core.management import call_command


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
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def seeded(db):
    """The facts as `manage.py seed` loads them."""
    call_command("seed", verbosity=0)
