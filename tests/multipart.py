"""Forms with files as no browser sends them: byte by byte, names as they are."""

BOUNDARY = "----a-boundary-of-ours"
FORM = f"multipart/form-data; boundary={BOUNDARY}"


def field(name: str, value: object) -> bytes:
    return part(f'form-data; name="{name}"'.encode(), str(value).encode())


def file(
    name: str, called: bytes, content: bytes, kind: bytes = b"image/jpeg"
) -> bytes:
    about = f'form-data; name="{name}"; filename="'.encode() + called + b'"'
    return part(about + b"\r\nContent-Type: " + kind, content)


def part(about: bytes, content: bytes) -> bytes:
    head = f"--{BOUNDARY}\r\nContent-Disposition: ".encode()
    return head + about + b"\r\n\r\n" + content + b"\r\n"


def form(*parts: bytes) -> bytes:
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
