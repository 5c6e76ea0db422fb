"""Requests that give the site another name, to gunicorn and through nginx.

They are refused, or the answer does not know the name: also one by which the site is
reached as well. The control is a site that believes what stands in X-Forwarded-Host.
"""

from collections.abc import Callable
from dataclasses import replace

from tests import server
from tests.deep import raw
from tests.deep.raw import Request

EVIL = b"evil.example"
OURS = b"example.org"
SECOND = b"allowed-too." + EVIL
PATHS = (
    b"/de/",
    b"/admin/login/",
    b"/sitemap.xml",
    b"/sitemap-pages.xml",
    b"/robots.txt",
    b"/de/aktuelles/feed/",
    b"/",
    b"/x",
)
REFUSED = {raw.CLOSED, 400, 404, 421, 444}


def headed(*headers: bytes) -> Callable[[Request], Request]:
    return lambda request: replace(request, headers=headers)


NAMED: dict[str, Callable[[Request], Request]] = {
    "another name": lambda request: replace(request, host=(EVIL,)),
    "ours, then another": lambda request: replace(request, host=(OURS, EVIL)),
    "another, then ours": lambda request: replace(request, host=(EVIL, OURS)),
    "a whole address": lambda request: replace(
        request, path=b"http://" + EVIL + request.path
    ),
    "a whole address of ours, and another": lambda request: replace(
        request, path=b"http://" + OURS + request.path, host=(EVIL,)
    ),
    "another that is allowed": lambda request: replace(request, host=(SECOND,)),
    "another below ours": lambda request: replace(request, host=(OURS + b"." + EVIL,)),
    "ours as a user": lambda request: replace(request, host=(OURS + b"@" + EVIL,)),
    "another as a port": lambda request: replace(request, host=(OURS + b":" + EVIL,)),
    "none": lambda request: replace(request, host=()),
    "forwarded": headed(b"X-Forwarded-Host: " + EVIL),
    "forwarded by a standard": headed(b"Forwarded: host=" + EVIL + b";proto=http"),
    "forwarded scheme": headed(b"X-Forwarded-Proto: " + EVIL),
    "rewritten": headed(b"X-Original-URL: //" + EVIL, b"X-Rewrite-URL: //" + EVIL),
}


def believed(door: raw.Door) -> list[str]:
    """Where an answer that is none of the refusals knows the other name."""
    found = []
    for name, changed in NAMED.items():
        for path in PATHS:
            status, answer = door.ask(changed(Request(path, method=b"GET")))
            words = answer.replace(b"Host: ", b"")
            if status not in REFUSED and (EVIL in words or status >= 500):
                found.append(f"{door.name}: {name}, {path.decode()}: {status}")
    return found


def run(application: str) -> list[str]:
    with server.database("hosts") as environment:
        server.manage(environment, "migrate", "--verbosity", "0")
        server.manage(environment, "seed", "--verbosity", "0")
        names = f"{OURS.decode()},{SECOND.decode()}"
        with raw.site(environment, application, names) as (_leader, doors):
            return [line for door in doors for line in believed(door)]


def report() -> bool:
    found = run("config.wsgi")
    print(
        f"{len(NAMED)} ways to give the site another name, {len(PATHS)} addresses, "
        f"gunicorn and nginx: believed {len(found)} times -> "
        f"{'WRONG' if found else 'right'}",
        flush=True,
    )
    for line in found:
        print(f"  {line}", flush=True)
    control = run("tests.deep.trusting_wsgi")
    verdict = "right" if control else "WRONG: the test proves nothing"
    print(f"... by a site that trusts: {len(control)} times -> {verdict}", flush=True)
    return not found and bool(control)
