"""Every page is valid HTML: for a parser, and for the checker of the W3C.

The parser (html5lib) sees what it has to correct; the Nu Html Checker sees also what a
name or an attribute must not be. Its warnings count like its errors.
"""

import json
import subprocess
from urllib.parse import urlsplit

import html5lib
import pytest
from django.core.management import call_command

from tests.browser import tour
from tests.deep import fetched

CHECKER = "26.9.27"


def corrections(markup: str) -> list[str]:
    parser = html5lib.HTMLParser()
    parser.parse(markup)
    return [f"line {line}: {code} {about}" for (line, _), code, about in parser.errors]


def objections(folder) -> dict[str, list[str]]:
    """What the Nu Html Checker has against the pages of a folder, by their names."""
    checker = fetched.package("vnu-jar", CHECKER, needs=("java",))
    jar = checker / "build" / "dist" / "vnu.jar"
    command = ["java", "-Xss4m", "-jar", str(jar), "--exit-zero-always"]
    command += ["--format", "json", "--stdout", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, list[str]] = {}
    for message in json.loads(done.stdout)["messages"]:
        name = urlsplit(message["url"]).path.rpartition("/")[2]
        line, says = message.get("lastLine"), message["message"]
        part = message.get("extract", "").strip()
        found.setdefault(name, []).append(f"line {line}: {says} {part}")
    return found


def pressed(client, path, markup):
    """The page that comes when its last form is sent as it is, but without words."""
    document = html5lib.parse(markup, namespaceHTMLElements=False)
    form = document.findall(".//main//form[@method='post']")[-1]
    values = {
        field.get("name"): field.get("value", "")
        for field in form.iterfind(".//input[@type='hidden']")
    }
    return client.post(form.get("action") or path, values).content.decode()


@pytest.fixture(params=["de", "en"])
def pages(request, client, seeded, tmp_path):
    """Every page of the tour in a language, written into a folder."""
    call_command("demo", verbosity=0)
    folder = tmp_path / "pages"  # beside the media of the demonstration
    folder.mkdir()
    for stop in tour.stops(request.param):
        markup = client.get(stop.path).content.decode()
        if stop.press:
            markup = pressed(client, stop.path, markup)
        assert markup, stop.name
        (folder / f"{stop.name}.html").write_text(markup)
    return folder


def test_every_page_is_correct_for_a_parser(pages):
    found = {}
    for page in pages.iterdir():
        if wrong := corrections(page.read_text()):
            found[page.stem] = wrong

    assert found == {}


def test_the_checker_of_the_w3c_objects_to_no_page(pages, capsys):
    found = objections(pages)

    with capsys.disabled():
        print(f"\nNu Html Checker: {len(list(pages.iterdir()))} pages", end="")
    assert found == {}


def test_a_wrong_page_would_be_seen():
    assert corrections("<!doctype html><title>A</title><p><div></p>") != []


def test_a_wrong_page_would_be_seen_by_the_checker(tmp_path):
    page = '<!doctype html><html lang="en"><title>A</title><p role="nothing">Hello</p>'
    (tmp_path / "wrong.html").write_text(page)

    assert corrections(page) == []
    assert list(objections(tmp_path)) == ["wrong.html"]
