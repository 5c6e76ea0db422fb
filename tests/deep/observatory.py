"""Mozilla's HTTP Observatory gives each kind of answer at least 130 of its points.

It asks the nginx of `deploy/` over TLS, with the settings of an installation; of other
machines it asks nothing. The controls take headers out, and must be judged worse.
"""

import json
import os
import subprocess
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import proxy, server
from tests.deep import fetched

PACKAGE, VERSION = "@mdn/mdn-http-observatory", "1.4.8"
LEAST = 130
# Each is worth points; without any single one the score must be too low.
HEADERS = [
    "Content-Security-Policy",
    "Cross-Origin-Resource-Policy",
    "Referrer-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
]
PROGRAM = Path(__file__).with_suffix(".mjs")

PREPARE = """
import json
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse
from django.utils import translation
from conferences import documents
from conferences.models import Publication, PublicationFile
from tests.conferences.test_media import PDF
from tests.factories import EditionFactory
from tests.pictures import prepared, upload
from tests.signing_in import PASSWORD, StaffClient, app_of, code_of
translation.activate("de")
edition = EditionFactory()
publication = Publication.objects.create(edition=edition, series="Material", number=85)
digest, size = documents.keep(upload(PDF))
file = PublicationFile.objects.create(
    publication=publication, language="en", digest=digest, size=size)
make = get_user_model().objects
def signed_in(user):
    client = StaffClient(headers={"host": "example.org"})
    known = {"username": user.username, "password": PASSWORD}
    client.post(reverse("admin:login"), known, secure=True)
    code = {"code": code_of(app_of(user))}
    answer = client.post(reverse("admin:second_factor"), code, secure=True)
    return answer.cookies["sessionid"].OutputString()
print(json.dumps({
    "edition": edition.get_absolute_url(),
    "picture": prepared(edition=edition).largest,
    "document": file.get_absolute_url(),
    "style": staticfiles_storage.url("css/site.css"),
    "plain style": "/static/css/site.css",
    "picture of the design": staticfiles_storage.url("img/favicon.svg"),
    "staff": signed_in(make.create_superuser("erika", password=PASSWORD)),
    "nobody": signed_in(make.create_user("otto", password=PASSWORD, is_staff=True)),
}))
"""


@dataclass(frozen=True)
class Page:
    """An address, the status that it must have, and who asks."""

    path: str
    status: int = 200
    session: str = ""

    def told(self) -> dict:
        cookie = self.session.split(";")[0]
        sets = [self.session] if self.session else []
        return {"path": self.path, "cookie": cookie, "sets": sets}


def pages(facts: dict) -> dict[str, Page]:
    form = f"{facts['edition']}anmeldung/beginnen/"
    too_many = "&".join(f"f={number}" for number in range(1001))
    no_field = "/admin/conferences/edition/?_to_field=nonsense"
    return {
        "home": Page("/de/"),
        "registration form": Page(form),
        "sign-in of staff": Page("/admin/login/"),
        "page of staff": Page("/admin/", session=facts["staff"]),
        "picture": Page(facts["picture"]),
        "document": Page(facts["document"]),
        "style": Page(facts["style"]),
        "style without a hash": Page(facts["plain style"]),
        "picture of the design": Page(facts["picture of the design"]),
        "not found": Page("/de/nirgends/", 404),
        "no such file": Page("/media/" + "0" * 32 + "/320.jpg", 404),
        "no such static file": Page("/static/nothing.css", 404),
        "not allowed": Page("/admin/conferences/edition/add/", 403, facts["nobody"]),
        "no sense": Page(no_field, 400, facts["staff"]),
        "too much": Page(f"/de/suche/?{too_many}", 413),
    }


@dataclass
class Judged:
    """What the observatory said of one page."""

    status: int
    score: int
    grade: str
    failed: list[str]
    points: dict[str, int]

    def is_right(self, status: int) -> bool:
        return self.status == status and self.score >= LEAST and not self.failed

    def __str__(self):
        failed = f", failed {self.failed}" if self.failed else ""
        return f"{self.status}, {self.score} points, {self.grade}{failed}"


class Observatory:
    def __init__(self, folder: Path, http: int, https: int):
        self.package = fetched.package(PACKAGE, VERSION, needs=("node",))
        # Its list of names that browsers ask by TLS anyway; ours is in none.
        (self.package / "conf" / "hsts-preload.json").write_text("{}")
        self.ports = {"http": http, "https": https}
        self.certificate = str(folder / "cert.pem")

    def judge(self, asked: dict[str, Page]) -> dict[str, Judged]:
        told = [page.told() for page in asked.values()]
        asks = {"package": str(self.package), "name": proxy.NAME, "pages": told}
        command = ["node", str(PROGRAM)]
        done = subprocess.run(
            command,
            input=json.dumps(asks | self.ports),
            env={**os.environ, "NODE_EXTRA_CA_CERTS": self.certificate},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-1000:])
        found = [Judged(**one) for one in json.loads(done.stdout)]
        return dict(zip(asked, found, strict=True))


def as_installed(environment: dict) -> dict:
    """The settings of an installation."""
    environment = environment | {
        "DEVELOPMENT": "no",
        "SECRET_KEY": "only for one experiment, and known to everybody who reads it",
        "FIELD_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        "ALLOWED_HOSTS": proxy.NAME,
        "SITE_ADDRESS": f"https://{proxy.NAME}",
        "TRUSTED_PROXIES": "127.0.0.1",
    }
    del environment["THROTTLE_TIMES"]
    return environment


@contextmanager
def behind_nginx(upstream: str, without: str = ""):
    with tempfile.TemporaryDirectory(prefix="nginx-") as name:
        folder = Path(name)
        (folder / "static").symlink_to(server.ROOT / "var" / "static")
        with proxy.nginx(folder, [upstream], without) as (http, https):
            yield Observatory(folder, http, https)


@dataclass
class Result:
    asked: dict[str, Page]
    found: dict[str, Judged]
    # By the header that was taken out: what its best page was given then.
    without: dict[str, int]

    @property
    def is_right(self) -> bool:
        pages = self.asked.items()
        return (
            all(self.found[name].is_right(page.status) for name, page in pages)
            and max(self.without.values()) < LEAST
        )


def run() -> Result:
    with ExitStack() as stack:
        environment = as_installed(stack.enter_context(server.database("observatory")))
        server.manage(environment, "migrate", "-v0")
        prepared = server.manage(environment, "shell", "-v0", "-c", PREPARE)
        facts = prepared.splitlines()[-1]  # behind the lines of the log
        port, _leader = stack.enter_context(server.gunicorn(environment))
        site, asked = f"127.0.0.1:{port}", pages(json.loads(facts))
        with behind_nginx(site) as observatory:
            found = observatory.judge(asked)
        without = {}
        some = {name: asked[name] for name in ("home", "style", "not found")}
        for header in HEADERS:
            with behind_nginx(site, header) as observatory:
                worse = observatory.judge(some).values()
            without[header] = max(one.score for one in worse)
    with behind_nginx("127.0.0.1:9") as observatory:
        away = {"site is away": Page("/de/", 503)}
        found |= observatory.judge(away)
    return Result(asked | away, found, without)


def report() -> bool:
    if proxy.is_missing():
        print("!!! SKIPPED: the observatory, because no nginx was found.", flush=True)
        return True
    try:
        result = run()
    except pytest.skip.Exception as reason:
        print(f"!!! SKIPPED: the observatory. {reason}", flush=True)
        return True
    for name, judged in result.found.items():
        verdict = "right" if judged.is_right(result.asked[name].status) else "WRONG"
        print(f"Observatory, {name}: {judged} -> {verdict}", flush=True)
    for header, points in result.without.items():
        verdict = "right" if points < LEAST else "WRONG: the test proves nothing"
        print(f"... without {header}: {points} points -> {verdict}", flush=True)
    return result.is_right
