"""Requests that no browser sends, byte by byte, to gunicorn and through nginx."""

import re
import select
import socket
import ssl
from collections.abc import Iterable
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import proxy, server

PIECE = 2**16
LENGTH = re.compile(rb"\r\nContent-Length: (\d+)", re.IGNORECASE)
CLOSED = 0  # the status of a connection that was ended without an answer
TOKEN = "t" * 32  # that a form comes with, in the cookie and beside it
# Of one address alone nginx takes no more than 100 requests at once.
ADDRESSES = 200


@dataclass(frozen=True)
class Request:
    """What is sent: the first line, the headers, and the body piece by piece."""

    path: bytes
    headers: tuple[bytes, ...] = ()
    body: Iterable[bytes] = (b"",)
    method: bytes = b"POST"
    host: tuple[bytes, ...] = (proxy.NAME.encode(),)
    hangs_up: bool = False  # after half of what was announced

    def head(self, cookies: str, origin: str) -> bytes:
        """As somebody whose form was shown a moment ago, and who may send it."""
        known = f"csrftoken={TOKEN}; {cookies}".encode()
        lines = [self.method + b" " + self.path + b" HTTP/1.1"]
        lines += [b"Host: " + one for one in self.host]
        lines += [b"X-CSRFToken: " + TOKEN.encode(), b"Origin: " + origin.encode()]
        lines += [b"Cookie: " + known, b"Connection: close", *self.headers]
        return b"\r\n".join(lines) + b"\r\n\r\n"


@dataclass
class Door:
    """A way to the site; each request comes from another of many addresses."""

    name: str
    port: int
    context: ssl.SSLContext | None = None
    sent: int = field(default=0)

    def ask(self, request: Request, cookies: str = "") -> tuple[int, bytes]:
        """The status, and the answer with its headers."""
        scheme = "https" if self.context else "http"
        head = request.head(cookies, f"{scheme}://{proxy.NAME}")
        with self.connected() as connection:
            answer = _received(connection, _send(connection, head, request))
        status = answer[9:12]
        return (int(status) if status.isdigit() else CLOSED), answer

    @contextmanager
    def connected(self):
        self.sent += 1
        address = f"127.0.1.{self.sent % ADDRESSES + 1}"
        raw = socket.create_connection(("127.0.0.1", self.port), 30, (address, 0))
        with raw:
            if self.context is None:
                yield raw
                return
            with self.context.wrap_socket(raw, server_hostname=proxy.NAME) as wrapped:
                yield wrapped


def _send(connection, head: bytes, request: Request) -> bytes:
    """Until all is sent, or until the other end has answered or hung up."""
    with suppress(OSError):
        connection.sendall(head)
        for piece in request.body:
            for start in range(0, len(piece), PIECE):
                if answer := _early(connection):
                    return answer
                connection.sendall(piece[start : start + PIECE])
        if request.hangs_up:
            connection.shutdown(socket.SHUT_WR)
    return b""


def _early(connection) -> bytes:
    """What is answered before all was sent; what TLS says of itself is not."""
    if not select.select([connection], [], [], 0)[0]:
        return b""
    connection.settimeout(0)
    try:
        return connection.recv(PIECE)
    except (BlockingIOError, ssl.SSLWantReadError):
        return b""
    finally:
        connection.settimeout(30)


def _received(connection, answer: bytes) -> bytes:
    """Until it is whole, or until the other end has hung up."""
    with suppress(OSError):
        while not _is_whole(answer) and (piece := connection.recv(PIECE)):
            answer += piece
    return answer


def _is_whole(answer: bytes) -> bool:
    head, end, body = answer.partition(b"\r\n\r\n")
    announced = LENGTH.search(head)
    if not end or announced is None:
        return False
    return len(body) >= int(announced[1])


@contextmanager
def site(environment, application: str = "config.wsgi", names: str = proxy.NAME):
    """One worker: yields its process, and the doors to it: itself, and nginx."""
    with ExitStack() as stack:
        environment = {**environment, "ALLOWED_HOSTS": names}
        environment["TRUSTED_PROXIES"] = "127.0.0.1"
        port, leader = stack.enter_context(
            server.gunicorn(environment, application, workers=1)
        )
        doors = [Door("gunicorn", port)]
        if not proxy.is_missing():
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="nginx-")))
            (folder / "static").symlink_to(server.ROOT / "var" / "static")
            running = proxy.nginx(folder, [f"127.0.0.1:{port}"])
            _http, https = stack.enter_context(running)
            doors.append(Door("nginx", https, proxy.trust(folder)))
        yield leader, doors
