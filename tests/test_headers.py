"""What every answer carries, from the home page to an error of the admin."""

import pytest
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

from tests.factories import EditionFactory

pytestmark = pytest.mark.django_db


def paths():
    edition = EditionFactory()
    slugs = [edition.series.slug, edition.slug]
    return {
        "home": reverse("conferences:home"),
        "edition": edition.get_absolute_url(),
        "partnerships": reverse("partnerships:list"),
        "start": reverse("registrations:start", args=slugs),
        "first form": reverse("registrations:begin", args=slugs),
        "dead link": reverse("registrations:delegation", args=["no-such-token"]),
        "news": reverse("conferences:news"),
        "feed": reverse("conferences:feed"),
        "robots": reverse("robots"),
        "sitemaps": reverse("sitemap-index"),
        "sitemap": reverse("sitemap", args=["pages"]),
        "not found": "/de/gibt-es-nicht/",
        "admin": reverse("admin:index"),
        "sign-in": reverse("admin:login"),
        "root": "/",
    }


def test_every_answer_carries_the_strict_policy(client):
    for name, path in paths().items():
        policy = client.get(path).headers["Content-Security-Policy"]

        assert "default-src 'none'" in policy, name
        assert "unsafe" not in policy, name
        assert "frame-ancestors 'none'" in policy, name


def test_no_other_site_puts_an_answer_into_its_own(client):
    files = {"style": static("css/site.css"), "picture": "/media/none/320.jpg"}
    for name, path in (paths() | files).items():
        policy = client.get(path).headers["Cross-Origin-Resource-Policy"]

        assert policy == "same-origin", name


def test_answers_to_staff_carry_the_strict_policy(admin_client):
    answer = admin_client.get(reverse("admin:index"))

    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_public_pages_set_no_cookie(client):
    public = ("home", "edition", "partnerships", "start", "not found", "root")
    for name in (*public, "news", "feed", "robots", "sitemaps", "sitemap"):
        answer = client.get(paths()[name])

        assert not answer.cookies, name


def test_a_form_sets_the_csrf_cookie_only(client):
    answer = client.get(paths()["first form"])

    assert set(answer.cookies) == {settings.CSRF_COOKIE_NAME}


@pytest.mark.parametrize(
    ("accepts", "leads_to"),
    [
        ("de", "/de/"),
        ("en-GB,en;q=0.9", "/en/"),
        ("fr-CI", "/fr/"),
        ("ja", "/de/"),
        ("x" * 5000, "/de/"),
    ],
)
def test_the_root_leads_by_the_language_that_the_browser_asks_for(
    client, accepts, leads_to
):
    answer = client.get("/", headers={"accept-language": accepts})

    assert (answer.status_code, answer.headers["Location"]) == (302, leads_to)
    assert "Accept-Language" in answer.headers["Vary"]


def test_the_admin_speaks_german_whatever_the_browser_asks_for(client):
    answer = client.get(reverse("admin:login"), headers={"accept-language": "en"})

    assert '<html lang="de"' in answer.content.decode()
