"""Lighthouse gives each page at least 98 of 100, as the site is really served.

A telephone on a slow line, as Lighthouse imitates it by default. Its figure for speed
moves with the load of this machine, so the best of three runs counts; the other
categories come from the same run. On localhost, plain HTTP counts as safe.
"""

import json
import os
import subprocess

import pytest

from tests import server
from tests.browser import chromium
from tests.deep import fetched

# The last major version that runs on Node 20.
VERSION = "12.8.2"
LEAST, RUNS = 98, 3
CATEGORIES = {"performance", "accessibility", "best-practices", "seo"}
FLAGS = ["--headless", "--disable-quic", *chromium.ARGUMENTS]
FIND = """
from conferences.models import Edition
from django.utils import translation
translation.activate("de")
print(Edition.objects.get(is_demonstration=True).get_absolute_url())
"""
PAGES = {
    "home": "/de/",
    "edition": "{demonstration}",
    "programme": "{demonstration}programm/",
    "directory as a list": "/de/partnerschaften/",
    "directory as a map": "/de/partnerschaften/?view=map",
}


@pytest.fixture(scope="module")
def site():
    """The running site; its files are those that `make` has hashed and compressed."""
    with server.database("lighthouse") as environment:
        for command in ("migrate", "seed", "demo"):
            server.manage(environment, command, "-v0")
        demonstration = server.manage(environment, "shell", "-v0", "-c", FIND).strip()
        with server.gunicorn(environment) as (port, _leader):
            yield f"http://localhost:{port}", demonstration


def scores(address: str) -> dict[str, int]:
    browser = chromium.path()
    if browser is None:
        pytest.skip("NOT TRIED: lighthouse needs Chromium, which is not installed")
    package = fetched.package("lighthouse", VERSION, needs=("node",))
    command = ["node", str(package / "cli" / "index.js"), address, "--quiet"]
    command += ["--output=json", f"--chrome-flags={' '.join(FLAGS)}"]
    environment = {**os.environ, "CHROME_PATH": browser}
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-1000:]
    found = json.loads(done.stdout)["categories"]
    return {name: round(100 * one["score"]) for name, one in found.items()}


def best_of(runs: int, address: str) -> dict[str, int]:
    """The first run in which every figure is high enough, else the fastest one."""
    tried: list[dict[str, int]] = []
    while len(tried) < runs and not (tried and min(tried[-1].values()) >= LEAST):
        tried.append(scores(address))
    return max(tried, key=lambda one: (min(one.values()) >= LEAST, one["performance"]))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_at_least_98_of_100(site, capsys, name):
    address, demonstration = site
    path = PAGES[name].format(demonstration=demonstration)

    found = best_of(RUNS, address + path)

    with capsys.disabled():
        print(f"\nLighthouse, {name}: {found}", end="")
    assert set(found) == CATEGORIES
    assert min(found.values()) >= LEAST, found


def test_a_poor_page_would_be_seen(site):
    """The control: the search is no page that search engines are to show."""
    address, _demonstration = site

    found = scores(f"{address}/de/suche/")

    assert found["seo"] < LEAST
