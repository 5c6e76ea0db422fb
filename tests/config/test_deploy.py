"""What lies in `deploy/` fits the code, and the programs that read it accept it."""

import json
import re
import shutil
import socket
import subprocess
import threading
from http.client import HTTPConnection, HTTPSConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from tests import proxy
from tests.server import ROOT

DEPLOY = ROOT / "deploy"
READ = re.compile(r'(?:env\.\w+|os\.environ\.get)\(\s*"([A-Z_]+)"')
TOKEN = "Quetzalina_" + "x1Y2" * 5 + "z"
needs_nginx = pytest.mark.skipif(proxy.is_missing(), reason="nginx was not found")
ONLY_IN_DEVELOPMENT = {"THROTTLE_TIMES"}


def test_every_variable_stands_in_the_example_and_no_other():
    read = {
        name
        for file in (ROOT / "config").glob("*.py")
        for name in READ.findall(file.read_text())
    }
    named = re.findall(
        r"^([A-Z_]+)=", (DEPLOY / "environment.example").read_text(), re.M
    )

    assert "FIELD_KEYS" in read
    assert sorted(named) == sorted(read - ONLY_IN_DEVELOPMENT)


def test_each_variable_is_explained():
    blocks = (DEPLOY / "environment.example").read_text().split("\n\n")[1:]

    for block in blocks:
        assert block.startswith("#"), block


def test_the_proxy_knows_the_words_before_a_token_in_every_language():
    text = (DEPLOY / "nginx.conf").read_text()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            before, person = gettext("registration/"), gettext("person/<str:token>/")

        assert re.search(rf"[(|:]{before[:-1]}[|)]", text), language
        assert re.search(rf"[(|:]{person.split('/')[0]}[|)]", text), language


def test_the_page_of_an_outage_may_load_its_styles_and_finds_them():
    page = (DEPLOY / "unavailable.html").read_text()
    told = (DEPLOY / "nginx.conf").read_text()
    policy = re.search(r'/unavailable\.html "(default-src .+?)"', told)[1]
    sheets = re.findall(r'rel="stylesheet" href="/static/(.+?)"', page)

    assert "style-src 'self'; font-src 'self'" in policy
    assert "unsafe" not in policy
    assert sheets.pop() == "css/site.css"  # joined from static/css/site/
    assert [sheet for sheet in sheets if not (ROOT / "static" / sheet).is_file()] == []


def test_the_guide_names_only_what_is_here():
    guide = (DEPLOY / "README.md").read_text()
    files = set(re.findall(r"\bdeploy/([\w.-]+)", guide))
    enabled = re.search(r"^systemctl enable --now (.+)$", guide, re.M)

    assert {"install", "manage", "nginx.conf", "environment.example"} <= files
    assert [name for name in files if not (DEPLOY / name).exists()] == []
    assert enabled
    for unit in enabled[1].split():
        name = re.sub(r"@\d$", "@", unit)
        file = name if name.endswith(".timer") else f"{name}.service"
        assert (DEPLOY / file).exists(), unit


@needs_nginx
def test_nginx_accepts_its_configuration(tmp_path):
    file = proxy.configured(tmp_path, ["127.0.0.1:9"], 8081, 8444)

    done = subprocess.run(
        proxy.command(file, "-t"), capture_output=True, text=True, check=False
    )

    assert (done.returncode, "warn" in done.stderr) == (0, False), done.stderr


class Told(BaseHTTPRequestHandler):
    """A site that answers with the headers it was asked with."""

    def do_GET(self):
        body = json.dumps(dict(self.headers)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Frame-Options", "SAMEORIGIN")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


def asked(folder: Path, port: int, path: str, headers=None):
    """The answer of that nginx, and its body."""
    context = proxy.trust(folder)
    connection = HTTPSConnection("127.0.0.1", port, context=context)
    raw = socket.create_connection(("127.0.0.1", port))
    connection.sock = context.wrap_socket(raw, server_hostname=proxy.NAME)
    connection.request("GET", path, headers={"Host": proxy.NAME} | (headers or {}))
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


@pytest.fixture
def behind_nginx(tmp_path):
    """Asks the shipped nginx; what it passes on comes back as JSON."""
    site = HTTPServer(("127.0.0.1", 0), Told)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    with proxy.nginx(tmp_path, [f"127.0.0.1:{site.server_port}"]) as (_http, https):
        yield lambda path, headers=None: asked(tmp_path, https, path, headers)
    site.shutdown()
    site.server_close()


@needs_nginx
def test_what_a_visitor_says_of_the_way_is_not_passed_on(behind_nginx):
    lies = {
        "X-Forwarded-For": "203.0.113.77",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Host": "evil.example",
        "X_Forwarded_For": "203.0.113.77",
        "Forwarded": "for=203.0.113.77",
        "X-Real-IP": "203.0.113.77",
        "X-Request-ID": "f" * 32,
    }

    _answer, body = behind_nginx("/de/", lies)

    told = json.loads(body)
    assert "203.0.113.77" not in body.decode()
    assert "evil.example" not in body.decode()
    assert told["X-Forwarded-For"] == "127.0.0.1"
    assert told["X-Forwarded-Proto"] == "https"
    assert told["X-Request-ID"] != "f" * 32


@needs_nginx
def test_the_log_of_nginx_holds_no_token_and_nothing_typed(behind_nginx, tmp_path):
    words = [
        ("/de/anmeldung/", ""),
        ("/fr/inscription/", "personne/"),
        ("/uk/reiestratsiia/", "osoba/"),
    ]
    for before, person in words:
        for path in (TOKEN, f"{person}{TOKEN}", f"{TOKEN}x/Quetzalina", TOKEN[:20]):
            behind_nginx(f"{before}{path}/?q=quetzalina")
    behind_nginx(f"/de/anmeldun%67/{TOKEN}/")
    behind_nginx(f"/elsewhere/{TOKEN}/people/", {"Referer": f"https://x/{TOKEN}"})
    behind_nginx("/quetzalina@musterfrau.example")
    behind_nginx("/de/konferenzen/afrika/2027/")

    lines = proxy.access_log(tmp_path, 16)
    paths = [json.loads(line)["path"] for line in lines.splitlines()]
    assert "quetzalina" not in lines.lower()
    assert TOKEN[11:20] not in lines
    assert "127.0.0.1" not in lines
    assert paths.count("/de/anmeldung/*/") > 1
    assert "/fr/inscription/personne/*/" in paths
    assert "/de/konferenzen/afrika/2027/" in paths
    assert (tmp_path / "error.log").read_text() == ""


@needs_nginx
@pytest.mark.parametrize(
    ("accepted", "sent"), [("gzip, br", "br"), ("gzip", "gzip"), ("identity", None)]
)
def test_static_files_are_served_as_compressed_before(
    behind_nginx, tmp_path, accepted, sent
):
    if sent == "br" and not proxy.BROTLI.exists():
        pytest.skip("libnginx-mod-http-brotli-static was not found")
    (tmp_path / "static").mkdir()
    for ending, content in {"": None, ".gz": "gzip", ".br": "br"}.items():
        file = tmp_path / "static" / f"site.0123456789ab.css{ending}"
        file.write_text(str(content))

    answer, body = behind_nginx(
        "/static/site.0123456789ab.css", {"Accept-Encoding": accepted}
    )

    assert (answer.headers["Content-Encoding"], body.decode()) == (sent, str(sent))
    assert "immutable" in answer.headers["Cache-Control"]
    if sent:
        assert answer.headers["Vary"] == "Accept-Encoding"


@needs_nginx
def test_a_certificate_is_renewed_while_the_site_runs(tmp_path):
    """What certbot lays down is served without TLS, and nothing else is."""
    proof = tmp_path / "proofs" / ".well-known" / "acme-challenge" / "token"
    proof.parent.mkdir(parents=True)
    proof.write_text("proof")

    with proxy.nginx(tmp_path, ["127.0.0.1:9"]) as (http, https):
        connection = HTTPConnection("127.0.0.1", http)
        connection.request("GET", "/.well-known/acme-challenge/token")
        proved = connection.getresponse().read()
        connection.request("GET", "/de/")
        answer = connection.getresponse()
        connection.close()

    assert proved == b"proof"
    assert answer.status == 301
    assert answer.headers["Location"] == f"https://example.org:{https}/de/"


@needs_nginx
def test_a_site_that_is_away_is_said_in_words(tmp_path, behind_nginx):
    with proxy.nginx(_made(tmp_path / "away"), ["127.0.0.1:9"]) as (_http, https):
        context = proxy.trust(tmp_path / "away")
        raw = socket.create_connection(("127.0.0.1", https))
        with context.wrap_socket(raw, server_hostname=proxy.NAME) as asked:
            asked.sendall(b"GET /de/ HTTP/1.1\r\nHost: example.org\r\n\r\n")
            answer = asked.recv(65536).decode()

    assert answer.startswith("HTTP/1.1 503 ")
    assert "Retry-After: 10" in answer
    assert "Bitte versuchen Sie es gleich noch einmal" in answer


STRICT = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@needs_nginx
@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/static/nothing.css", {}, 404),
        ("/static/nothing.0123456789ab.css", {}, 404),
        ("/de/?" + "q" * 9000, {}, 414),
        ("/de/", {"Cookie": "a" * 40_000}, 400),
        ("/admin/", {"Content-Length": str(2**40)}, 413),
    ],
)
def test_what_nginx_answers_itself_is_as_strict(behind_nginx, path, headers, status):
    answer, _body = behind_nginx(path, headers)

    assert answer.status == status
    assert {name: answer.getheader(name) for name in STRICT} == STRICT
    assert answer.getheader("Cache-Control") is None


@needs_nginx
def test_the_headers_of_the_site_pass_as_they_are(behind_nginx):
    answer, _body = behind_nginx("/de/")

    assert answer.headers.get_all("X-Frame-Options") == ["SAMEORIGIN"]
    assert answer.getheader("Cache-Control") is None
    assert answer.getheader("Retry-After") is None


@needs_nginx
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("site.css", "public, max-age=60"),
        ("site.0123456789ab.css", "public, max-age=31536000, immutable"),
    ],
)
def test_how_long_a_static_file_is_kept(tmp_path, name, kept):
    (_made(tmp_path / "static") / name).write_text("a {}")

    with proxy.nginx(tmp_path, ["127.0.0.1:9"]) as (_http, https):
        answer, _body = asked(tmp_path, https, f"/static/{name}")

    assert answer.status == 200
    assert answer.headers.get_all("Cache-Control") == [kept]
    assert {name: answer.getheader(name) for name in STRICT} == STRICT


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd was not found")
def test_systemd_accepts_the_units(tmp_path):
    """With a program that is here, and not where the guide installs them."""
    folder = tmp_path / "units"
    shutil.copytree(DEPLOY, folder)
    (folder / "site-web@.service").rename(folder / "site-web@1.service")
    for file in folder.glob("*.service"):
        file.write_text(file.read_text().replace("/srv/site/.venv/bin/", "/bin/true "))
    units = [str(one) for one in folder.glob("site-*.*") if one.is_file()]

    done = subprocess.run(
        [str(shutil.which("systemd-analyze")), "verify", "--man=no", *units],
        env={"SYSTEMD_UNIT_PATH": f"{folder}:"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert len(units) == 6
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd was not found")
def test_the_units_allow_what_the_web_server_asks_of_the_kernel():
    """It gives its socket away as it starts; refused that, it ended without a word."""
    allowed: set[str] = set()
    text = (DEPLOY / "site-.service.d" / "hardening.conf").read_text()
    for words in re.findall(r"^SystemCallFilter=(.+)$", text, re.M):
        calls = set().union(*(_calls(word) for word in words.lstrip("~").split()))
        allowed = allowed - calls if words.startswith("~") else allowed | calls

    assert {"chown", "fchownat", "execve", "openat", "sendto"} <= allowed
    assert not allowed & {"mount", "setuid", "ptrace", "bpf", "setpriority"}


def _calls(name: str) -> set[str]:
    """Of a group of system calls those in it, and in the groups that it names."""
    if not name.startswith("@"):
        return {name}
    shown = subprocess.run(
        [str(shutil.which("systemd-analyze")), "syscall-filter", name],
        capture_output=True,
        text=True,
        check=True,
    )
    named = re.findall(r"^ +([@\w-]+)$", shown.stdout, re.M)
    return set().union(*map(_calls, named))


@pytest.mark.parametrize("script", ["install", "manage"])
def test_the_scripts_are_plain_shell_that_may_be_run(script):
    file = DEPLOY / script

    assert subprocess.run(["/bin/sh", "-n", file], check=False).returncode == 0
    assert file.stat().st_mode & 0o100
