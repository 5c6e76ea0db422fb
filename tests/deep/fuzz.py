"""What is sent to every address: too much of everything, and nothing that is right."""

import json
from collections.abc import Callable, Iterator
from functools import partial

from tests.deep.raw import Request
from tests.multipart import BOUNDARY, FORM

PLAIN = b"application/x-www-form-urlencoded"
MEGABYTE = 2**20
KILOBYTE = b"x" * 1024


def repeated(piece: bytes, times: int, before: bytes = b"") -> Iterator[bytes]:
    """Made while it is sent: the memory that is measured is the site's."""
    yield before
    for _time in range(times):
        yield piece


def sent(path: bytes, body: bytes, kind: bytes = PLAIN, **more) -> Request:
    length = more.pop("length", str(len(body)).encode())
    headers = (b"Content-Type: " + kind, b"Content-Length: " + length)
    return Request(path, headers + more.pop("headers", ()), (body,), **more)


def long(path: bytes, piece: bytes, times: int, before=b"", kind=PLAIN) -> Request:
    length = str(len(before) + len(piece) * times).encode()
    headers = (b"Content-Type: " + kind, b"Content-Length: " + length)
    return Request(path, headers, repeated(piece, times, before))


def chunked(path: bytes, chunks: tuple[bytes, ...]) -> Request:
    whole = b"".join(b"%x\r\n%s\r\n" % (len(one), one) for one in chunks)
    headers = (b"Content-Type: " + PLAIN, b"Transfer-Encoding: chunked")
    return Request(path, headers, (whole,))


def in_parts(path: bytes, body: bytes, kind: str = FORM) -> Request:
    return sent(path, body, kind.encode())


def headed(path: bytes, headers: tuple[bytes, ...]) -> Request:
    return sent(path, b"a=b", headers=headers)


def asked(path: bytes, more: bytes) -> Request:
    return sent(path + more, b"a=b")


START = f"--{BOUNDARY}\r\n".encode()
END = f"\r\n--{BOUNDARY}--\r\n".encode()
A_FIELD = b'Content-Disposition: form-data; name="a"\r\n'
A_FILE = A_FIELD[:-2] + b'; filename="a.jpg"\r\n'
SURROGATE = json.dumps({"a": "\ud800", "\udfff": "b"}).encode()

# These no page may take; the others may be answered with the page of a form.
TOO_MUCH: dict[str, Callable[[bytes], Request]] = {
    "100 MB": partial(long, piece=KILOBYTE * 64, times=1600, before=b"a="),
    "100 MB of a part": partial(
        long,
        piece=KILOBYTE * 64,
        times=1600,
        before=START + A_FIELD + b"\r\n",
        kind=FORM.encode(),
    ),
    "name of 10 MB": partial(long, piece=KILOBYTE * 64, times=160),
    "100,000 fields": partial(long, piece=b"a=1&" * 1000, times=100),
    "1,001 fields": partial(sent, body=b"&".join([b"a=1"] * 1001)),
    "100,000 parts": partial(
        long,
        piece=(START + A_FIELD + b"\r\n1\r\n") * 1000,
        times=100,
        kind=FORM.encode(),
    ),
    "21 files": partial(
        in_parts, body=b"".join([START + A_FILE + b"\r\n1\r\n"] * 21) + END
    ),
    "header of 64 kB": partial(headed, headers=(b"X-Long: " + KILOBYTE * 64,)),
    "cookie of 64 kB": partial(headed, headers=(b"Cookie: a=" + KILOBYTE * 64,)),
    "address of 1 MB": partial(asked, more=b"?q=" + KILOBYTE * 1024),
    "length that is no number": partial(sent, body=b"a=b", length=b"abc"),
    "negative length": partial(sent, body=b"a=b", length=b"-1"),
    "length of 30 digits": partial(sent, body=b"a=b", length=b"9" * 30),
    "two lengths": partial(sent, body=b"a=b", headers=(b"Content-Length: 5",)),
    "length and chunks": partial(
        sent, body=b"0\r\n\r\n", headers=(b"Transfer-Encoding: chunked",)
    ),
    "NUL in a header": partial(headed, headers=(b"X-Nul: a\0b",)),
}
STRANGE: dict[str, Callable[[bytes], Request]] = {
    "NUL": partial(sent, body=b"a=%00&%00=b&a\0=\0"),
    "bad UTF-8": partial(sent, body=b"a=%ff%fe&\xff=\xfe&b=%C3"),
    "surrogates": partial(sent, body=b"a=%ED%A0%80&%ED%BF%BF=b"),
    "bad UTF-8 in the query": partial(asked, more=b"?q=%ff%fe&page=%C3"),
    "raw bytes in the query": partial(asked, more=b"?q=\xff\xfe&\xff=\xfe"),
    "NUL in the query": partial(asked, more=b"?q=%00&page=%00&%00=a"),
    "surrogate in the query": partial(asked, more=b"?q=%ED%A0%80&next=%ED%A0%80"),
    "bad UTF-8 in the path": partial(asked, more=b"%ff%fe/"),
    "raw bytes in the path": partial(asked, more=b"\xff\xfe/"),
    "NUL in the path": partial(asked, more=b"%00/"),
    "surrogate in the path": partial(asked, more=b"%ED%A0%80/"),
    "bad UTF-8 in a cookie": partial(
        headed,
        headers=(b"Cookie: sessionid=\xff; csrftoken=\xfe; django_language=\xff",),
    ),
    "cookie without an end": partial(headed, headers=(b'Cookie: a="\\;;;=,b=\x7f',)),
    "64 kB of headers": partial(headed, headers=(b"X-Many: " + KILOBYTE * 6,) * 11),
    "JSON with a surrogate": partial(sent, body=SURROGATE, kind=b"application/json"),
    "another kind": partial(sent, body=b"<a/>", kind=b"text/xml"),
    "no kind": partial(sent, body=b"a=b", kind=b""),
    "kind of 2 kB": partial(sent, body=b"a=b", kind=b"a/" + KILOBYTE * 2),
    "charset that is none": lambda path: sent(
        path + b"?q=Gie%C3%9Fen", b"a", b"text/plain; charset=zlib"
    ),
    "charset of two bytes": partial(
        sent, body=b"a=b", kind=PLAIN + b"; charset=utf-16"
    ),
    "parts without a boundary": partial(
        in_parts, body=b"a", kind="multipart/form-data"
    ),
    "boundary of 4 kB": partial(
        in_parts, body=b"a", kind="multipart/form-data; boundary=" + "b" * 4096
    ),
    "parts that never begin": partial(in_parts, body=KILOBYTE * 512),
    "part that never ends": partial(in_parts, body=START + A_FIELD + b"\r\n" + b"x"),
    "part with endless headers": partial(
        in_parts, body=START + A_FIELD + b"X-Long: x\r\n" * 50_000
    ),
    "part with a charset that is none": partial(
        in_parts,
        body=START + A_FIELD + b"Content-Type: text/plain; charset=zlib\r\n\r\nx" + END,
    ),
    "part in Base64 that is none": partial(
        in_parts,
        body=START + A_FIELD + b"Content-Transfer-Encoding: base64\r\n\r\n=x=" + END,
    ),
    "part without a name": partial(
        in_parts, body=START + b"Content-Disposition: form-data\r\n\r\nx" + END
    ),
    "file that begins": partial(in_parts, body=START + A_FILE + b"\r\n" + b"x" * 99),
    "in chunks": partial(chunked, chunks=(b"a=", b"b", b"")),
    "chunk that is no number": lambda path: Request(
        path, (b"Transfer-Encoding: chunked",), (b"zz\r\nab\r\n0\r\n\r\n",)
    ),
    "in chunks that break off": lambda path: Request(
        path, (b"Transfer-Encoding: chunked",), (b"5\r\nab",), hangs_up=True
    ),
    "less than was announced": partial(
        sent, body=b"a=b", length=b"3000", hangs_up=True
    ),
    "more than was announced": partial(sent, body=b"a=b" * 900, length=b"3"),
    "nothing": partial(sent, body=b""),
    "method that is none": lambda path: Request(path, method=b"BREW"),
    "old version": lambda path: Request(path + b" HTTP/0.9\r\nX: "),
}
