"""Nobody is led to another site, whatever stands in the address that leads on."""

import re
from urllib.parse import quote, urlsplit

import pytest
from django.urls import reverse

from tests.access.addresses import addresses
from tests.access.asked import asked, taken
from tests.signing_in import PASSWORD, StaffClient, app_of, code_of

INDEX = reverse("admin:index")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("kept_files"),
]

ELSEWHERE = {
    "two slashes": "//evil.example",
    "three slashes": "///evil.example",
    "slash and backslash": "/\\evil.example",
    "backslashes": "\\\\evil.example",
    "scheme without slashes": "https:evil.example",
    "scheme with one slash": "https:/evil.example",
    "script": "javascript:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "tab before": "\t//evil.example",
    "tab inside": "/\t/evil.example",
    "line break inside": "/\n/evil.example",
    "sign that is not seen": "\x01//evil.example",
    "another host": "https://evil.example/admin/",
    "another scheme": "ftp://testserver/",
    "our name before": "https://testserver@evil.example/",
    "our name below": "https://testserver.evil.example/",
}
# Where libraries and other sites look for an address that leads on.
WORDS = ("next", "to", "url", "redirect", "return_to", "back", "_changelist_filters")


def is_ours(location: str) -> bool:
    """As a browser reads it: without signs below the space, backslashes as slashes."""
    read = re.sub(r"[\x00-\x20]", "", location).replace("\\", "/")
    parts = urlsplit(read)
    if parts.scheme or read.startswith("//"):
        return parts.scheme in ("http", "https") and parts.netloc == "testserver"
    return True


@pytest.mark.parametrize("where", ELSEWHERE.values(), ids=ELSEWHERE)
def test_the_look_knows_what_leads_elsewhere(where):
    assert not is_ours(where)


def locations(page, method: str, where: str) -> list[str]:
    """Where the query and the body of a request lead."""
    query = "&".join(f"{word}={quote(where)}" for word in WORDS)
    path = page.path + ("&" if "?" in page.path else "?") + query
    form = dict.fromkeys(WORDS, where)
    got = page.client.get(path) if method == "get" else page.client.post(path, form)
    taken(got)
    return [got.headers["Location"]] if "Location" in got.headers else []


@pytest.mark.parametrize("name", addresses())
def test_no_address_leads_elsewhere(world, name):
    """All that is tried once leads on; only where it does, the rest is tried."""
    page = asked(world, name)  # the same, also where it deletes what it is about

    for method in ("get", "post"):
        for where in ELSEWHERE.values():
            found = locations(page, method, where)
            if not found:
                break
            assert is_ours(found[0]), (method, where, found)
            assert "evil" not in urlsplit(found[0]).netloc


@pytest.mark.parametrize("where", ELSEWHERE.values(), ids=ELSEWHERE)
def test_who_signs_in_stays_here_to_the_end(django_user_model, where):
    user = django_user_model.objects.create_user(
        "eva", password=PASSWORD, is_staff=True, is_superuser=True
    )
    client, app = StaffClient(), app_of(user)
    typed = {"username": "eva", "password": PASSWORD, "next": where}

    first = client.post(f"{reverse('admin:login')}?next={quote(where)}", typed)
    [*_ways, (step, _status)] = client.get(first.url, follow=True).redirect_chain
    last = client.post(step, {"code": code_of(app), "next": where})

    assert (first.url, step.partition("?")[0]) == (
        INDEX,
        reverse("admin:second_factor"),
    )
    assert (last.status_code, last.url) == (302, INDEX)


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "//evil.example/",
        "/\\evil.example",
        "/%5Cevil.example",
        "/%2F%2Fevil.example",
        "/%09/evil.example",
        "/de//evil.example",
        "/admin//evil.example",
        "/admin/r//evil.example/",
        "/admin/conferences//evil.example",
    ],
)
def test_a_path_that_names_another_host_leads_nowhere_else(admin_client, path):
    for asks in (admin_client, StaffClient()):
        answer = asks.get(path)

        assert is_ours(answer.headers.get("Location", "/")), answer.headers["Location"]
        assert answer.status_code in (301, 302, 404)
