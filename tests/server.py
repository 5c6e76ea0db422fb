"""The site as it is really served: a database of its own, gunicorn, plain HTTP."""

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import brotli
import psycopg2

ROOT = Path(__file__).resolve().parent.parent
FORM = "application/x-www-form-urlencoded"
BOUNDARY = b"a-line-that-is-in-no-file"
# As in `deploy/`.
MALLOC = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "131072"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def database(name: str, postgresql_url: str | None = None):
    """The environment of a fresh database: a SQLite file, or one in PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="site-") as folder:
        # The files are those that `make` has hashed and compressed.
        (Path(folder) / "static").symlink_to(ROOT / "var" / "static")
        environment = {
            **os.environ,
            "DEVELOPMENT": "yes",
            "VAR_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/{name}.sqlite3",
            # All of a whole conference register from this machine.
            "THROTTLE_TIMES": "1000",
        }
        if postgresql_url is None:
            yield environment
            return
        with psycopg2.connect(postgresql_url) as connection:
            version = connection.server_version
        assert version >= 150000, "PostgreSQL 15 or newer"
        administer(postgresql_url, f'DROP DATABASE IF EXISTS "{name}"')
        administer(postgresql_url, f'CREATE DATABASE "{name}"')
        parts = urlsplit(postgresql_url)
        environment["DATABASE_URL"] = parts._replace(path=f"/{name}").geturl()
        try:
            yield environment
        finally:
            administer(postgresql_url, f'DROP DATABASE "{name}" WITH (FORCE)')


def administer(url: str, statement: str) -> None:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def manage(
    environment, *arguments: str, stdin: str | None = None, by: tuple[str, ...] = ()
) -> str:
    """What the command prints; `by`: the program that is to start it."""
    done = subprocess.run(
        [*by, sys.executable, "manage.py", *arguments],
        env=environment,
        cwd=ROOT,
        input=stdin,
        text=True,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {arguments[0]}:\n{done.stdout}{done.stderr}")
    return done.stdout


@contextmanager
def gunicorn(
    environment,
    application: str = "config.wsgi",
    workers: int = 2,
    by: tuple[str, ...] = (),
):
    """The running site; yields its port and the process that leads the workers."""
    port = free_port()
    command = [*by, sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py"]
    command += ["--workers", str(workers), "--bind", f"127.0.0.1:{port}", application]
    environment = {**environment, **MALLOC}
    log = Path(environment["VAR_DIR"]) / "gunicorn.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=output, stderr=output
        )
    try:
        wait_for(port, process, log)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(port: int, process, log: Path) -> None:
    for _try in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"gunicorn ended:\n{log.read_text()}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("gunicorn did not answer within 30 s")


def cpu_seconds(leader: int) -> float:
    """Processor time that the workers of a gunicorn have used until now.

    In nanoseconds of each thread, as the scheduler counts them: the ticks of
    /proc/PID/stat are samples, and off by a quarter for a few requests.
    """
    return sum(map(_nanoseconds, workers_of(leader))) / 1e9


def workers_of(leader: int) -> list[Path]:
    """Their folders below /proc."""
    children = Path(f"/proc/{leader}/task/{leader}/children").read_text()
    return [Path("/proc") / pid for pid in children.split()]


def _nanoseconds(process: Path) -> int:
    counts = (thread / "schedstat" for thread in (process / "task").iterdir())
    return sum(int(count.read_text().split()[0]) for count in counts)


@dataclass
class Answer:
    status: int
    location: str
    text: str
    size: int
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Client:
    """One visitor: keeps the connection and cookies, and fills in CSRF tokens."""

    port: int
    cookies: dict = field(default_factory=dict)
    token: str = ""
    requests: int = 0
    connection: http.client.HTTPConnection | None = None
    headers: dict = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        return self.send("GET", path)

    def post(self, path: str, values: dict | list) -> Answer:
        pairs = list(values.items()) if isinstance(values, dict) else values
        pairs = [("csrfmiddlewaretoken", self.token), *pairs]
        return self.send("POST", path, urlencode(pairs))

    def upload(self, path: str, values: dict, field: str, content: bytes) -> Answer:
        """A form with a file, as a browser sends it."""
        pairs = {"csrfmiddlewaretoken": self.token, **values}.items()
        parts = [(f'name="{name}"', str(value).encode()) for name, value in pairs]
        parts.append((f'name="{field}"; filename="file"', content))
        body = b"".join(
            b"--%b\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n"
            % (BOUNDARY, name.encode(), value)
            for name, value in parts
        )
        kind = f"multipart/form-data; boundary={BOUNDARY.decode()}"
        answer = self.send("POST", path, body + b"--%b--\r\n" % BOUNDARY, kind)
        self.hang_up()  # where the file was refused unread, the site does so too
        return answer

    def send(
        self, method: str, path: str, body: str | bytes | None = None, kind: str = FORM
    ) -> Answer:
        host = {"Host": f"localhost:{self.port}", "Accept-Language": "de"}
        headers = host | self.headers
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = kind
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, 60)
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        raw = page = response.read()
        if response.getheader("Content-Encoding") == "br":
            page = brotli.decompress(raw)
        self.requests += 1
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        text = page.decode(errors="replace")
        if found := TOKEN.search(text):
            self.token = found[1]
        location = response.getheader("Location", "")
        headers = dict(response.getheaders())
        return Answer(response.status, location, text, len(raw), headers)

    def hang_up(self) -> None:
        """End the connection, as a browser does while somebody reads."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None
