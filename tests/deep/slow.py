"""900 visitors who never finish asking, and 200 who send a form byte by byte.

Through the nginx of `deploy/` nobody else notices. The control asks gunicorn itself,
with a tenth of them, and must not be answered.
"""

import http.client
import socket
import statistics
import tempfile
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests import proxy, server

HEADERS, BODIES = 900, 200
PINGS = 100
MOST_MILLISECONDS = 100
HALF = b"GET /de/ HTTP/1.1\r\nHost: example.org\r\nX-Half: "
HALF_BODY = (
    b"POST /de/anmeldung/link/ HTTP/1.1\r\nHost: example.org\r\nContent-Type: "
    b"application/x-www-form-urlencoded\r\nContent-Length: 20000\r\n\r\na="
)


class Slow:
    """Connections that are open, with half of what was to be sent."""

    def __init__(self, port: int, headers: int, bodies: int, context=None):
        self.open = []
        for number in range(headers + bodies):
            address = f"127.0.1.{number % 200 + 1}"
            self.open.append(self.connect(port, context, address))
            self.open[-1].sendall(HALF if number < headers else HALF_BODY)
        self.bodies = self.open[headers:]
        self.done = threading.Event()
        threading.Thread(target=self.drip, daemon=True).start()

    @staticmethod
    def connect(port, context, address="127.0.0.1"):
        """From one of many addresses: of one alone nginx takes no more than 100."""
        raw = socket.create_connection(("127.0.0.1", port), 30, (address, 0))
        if context is None:
            return raw
        return context.wrap_socket(raw, server_hostname=proxy.NAME)

    def drip(self):
        while not self.done.wait(2):
            for one in self.bodies:
                try:
                    one.send(b"x")
                except OSError:
                    continue

    def still_open(self) -> int:
        """How many the other end has not hung up on."""
        count = 0
        for one in self.open:
            one.settimeout(0)
            try:
                count += bool(one.recv(1))
            except (BlockingIOError, OSError) as error:
                count += (
                    isinstance(error, BlockingIOError) or "want" in repr(error).lower()
                )
        return count

    def hang_up(self):
        self.done.set()
        for one in self.open:
            one.close()


def ping(port: int, context=None, timeout: float = 5) -> float:
    """Milliseconds until the home page is there, on a connection of its own."""
    began = time.perf_counter()
    connection = Slow.connect(port, context)
    connection.settimeout(timeout)
    connection.sendall(
        b"GET /de/ HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n"
    )
    answer = http.client.HTTPResponse(connection)
    answer.begin()
    body = answer.read()
    connection.close()
    assert answer.status == 200, answer.status
    assert b"</html>" in body or answer.getheader("Content-Encoding")
    return (time.perf_counter() - began) * 1000


@dataclass
class Result:
    alone: float
    milliseconds: float
    held: int

    @property
    def is_right(self) -> bool:
        enough = 0.95 * (HEADERS + BODIES)
        return self.milliseconds <= MOST_MILLISECONDS and self.held >= enough


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def through_nginx() -> Result:
    with ExitStack() as stack:
        port = site(stack)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nginx-")))
        upstream = [f"127.0.0.1:{port}"]
        _http, https = stack.enter_context(proxy.nginx(folder, upstream))
        context = proxy.trust(folder)
        alone = p95([paced(https, context) for _number in range(PINGS)])
        slow = Slow(https, HEADERS, BODIES, context)
        times = [paced(https, context) for _number in range(PINGS)]
        held = slow.still_open()
        slow.hang_up()
    return Result(alone, p95(times), held)


def paced(port: int, context) -> float:
    """No more at a time than one visitor is allowed."""
    taken = ping(port, context)
    time.sleep(0.02)
    return taken


def without_nginx() -> str:
    """How gunicorn alone answers a tenth of them."""
    with ExitStack() as stack:
        port = site(stack)
        ping(port)
        slow = Slow(port, HEADERS // 10, 0)
        try:
            return f"{ping(port):.0f} ms"
        except OSError:
            return "no answer within 5 s"
        finally:
            slow.hang_up()


def site(stack: ExitStack) -> int:
    environment = stack.enter_context(server.database("slow"))
    environment["ALLOWED_HOSTS"] = proxy.NAME
    server.manage(environment, "migrate", "-v0")
    port, _leader = stack.enter_context(server.gunicorn(environment))
    return port


def report() -> bool:
    if proxy.is_missing():
        print("!!! SKIPPED: slow visitors, because no nginx was found.", flush=True)
        return True
    result = through_nginx()
    print(
        f"{HEADERS} half-open headers and {BODIES} slow bodies through nginx, "
        f"{result.held} held: ping p95 {result.milliseconds:.0f} ms (alone "
        f"{result.alone:.0f} ms, {MOST_MILLISECONDS} allowed) -> "
        f"{'right' if result.is_right else 'WRONG'}",
        flush=True,
    )
    control = without_nginx()
    failed = control.startswith("no answer")
    verdict = "right" if failed else "WRONG: the test proves nothing"
    print(f"... a tenth of them without nginx: {control} -> {verdict}", flush=True)
    return result.is_right and failed
