"""What is no page of ours is not there, whoever asks for it and however."""

import pytest
from django.urls import reverse

from tests.access.table_public import PUBLIC

pytestmark = pytest.mark.django_db

# What strangers try: our source, secrets, copies, lists of files, programs of others.
NO_PAGES = [
    "/.git/config",
    "/.git/HEAD",
    "/.env",
    "/.htaccess",
    "/.well-known/../manage.py",
    "/manage.py",
    "/pyproject.toml",
    "/Makefile",
    "/config/settings.py",
    "/requirements/base.txt",
    "/var/site.sqlite3",
    "/var/field-key.txt",
    "/site.sqlite3",
    "/backup.sql",
    "/dump.zip",
    "/deploy/environment.example",
    "/static/",
    "/static/../manage.py",
    "/static/..%2f..%2fmanage.py",
    "/static/%2e%2e/manage.py",
    "/static/....//manage.py",
    "/static../manage.py",
    "/static/css/",
    "/static/css/site/",
    "/static/../../../../etc/passwd",
    "/media/",
    "/media/../manage.py",
    "/media/%2e%2e/%2e%2e/etc/passwd",
    f"/media/{'0' * 32}/",
    f"/media/{'0' * 32}/../../site.sqlite3",
    "/templates/base.html",
    "/locale/de/LC_MESSAGES/django.po",
    "/__debug__/",
    "/server-status",
    "/metrics",
    "/phpinfo.php",
    "/wp-login.php",
    "/wp-admin/",
    "/api/",
    "/cgi-bin/test",
    "/de/%00",
]
PLAIN = [name for name, row in PUBLIC.items() if not row.of]


@pytest.mark.parametrize("path", NO_PAGES)
def test_what_is_no_page_is_not_found_and_kept_nowhere(client, path):
    answer = client.get(path)

    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Traceback" not in answer.content.decode()


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PUT", "DELETE", "PROPFIND"])
def test_no_page_answers_to_what_no_browser_sends(client, method):
    for name in PLAIN:
        answer = client.generic(method, reverse(name), "t7ped", headers={"x-own": "t7"})

        assert answer.status_code == 405, name
        assert b"t7" not in answer.content, name
