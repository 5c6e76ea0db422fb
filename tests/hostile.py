"""Files that nobody should be able to upload as a picture, made here byte by byte."""

import io
import struct
import zipfile
import zlib

from PIL import Image

from tests.pictures import as_bytes, drawn

NOISE = Image.effect_noise((1200, 900), 90).convert("RGB")


def chunk(kind: bytes, content: bytes) -> bytes:
    length, checksum = len(content), zlib.crc32(kind + content)
    return struct.pack(">I", length) + kind + content + struct.pack(">I", checksum)


def png(width: int, height: int, data: bytes, *more: bytes, colour=2) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    signature = b"\x89PNG\r\n\x1a\n"
    parts = [chunk(b"IHDR", header), *more, chunk(b"IDAT", data), chunk(b"IEND", b"")]
    return signature + b"".join(parts)


def zeros(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    packed = [packer.compress(b"\0" * 2**20) for _ in range(megabytes)]
    return b"".join([*packed, packer.flush()])


def jpeg_that_says(width: int, height: int) -> bytes:
    """A small JPEG whose header claims another size."""
    content = bytearray(as_bytes(drawn()))
    at = content.index(b"\xff\xc0") + 5
    content[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(content)


def jpeg_of_many_scans() -> bytes:
    """Its last scan repeated: each makes the decoder go over the whole picture."""
    content = as_bytes(drawn(5000, 4800), progressive=True)
    scan = content[content.rindex(b"\xff\xda") : -2]
    return content[:-2] + scan * 3000 + b"\xff\xd9"


def webp_that_says(width: int, height: int) -> bytes:
    content = bytearray(as_bytes(drawn(), "WEBP", lossless=False))
    at = content.index(b"\x9d\x01\x2a") + 3
    content[at : at + 4] = struct.pack("<HH", width, height)
    return bytes(content)


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as opened:
        opened.writestr("page.html", "<script>alert(1)</script>")
    return file.getvalue()


def moving(kind: str) -> bytes:
    frames = [drawn(colour=(shade, 0, 0)) for shade in (0, 100, 200)]
    return as_bytes(frames[0], kind, save_all=True, append_images=frames[1:])


def halved(content: bytes) -> bytes:
    return content[: len(content) // 2]


def commented(comment: bytes) -> bytes:
    """A JPEG that begins with a comment for another program."""
    content = as_bytes(drawn())
    marker = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment
    return content[:2] + marker + content[2:]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n{1 pop} loop\n"

# What each is, how it is made, and why it is refused.
HOSTILE = {
    "PNG of 2.5 billion pixels": (lambda: png(50_000, 50_000, zeros(20)), "pixels"),
    "PNG bomb a little over the limit": (
        lambda: png(5_001, 5_000, zeros(72)),
        "pixels",
    ),
    "PNG whose profile is a bomb": (
        lambda: png(
            400, 300, zeros(1), chunk(b"iCCP", b"profile\0\0" + zeros(200)), colour=2
        ),
        "broken",
    ),
    "PNG whose comment is a bomb": (
        lambda: png(400, 300, zeros(1), chunk(b"zTXt", b"Comment\0\0" + zeros(200))),
        "broken",
    ),
    "PNG with too little data": (lambda: png(4000, 4000, zeros(1)), "broken"),
    "PNG that was changed on its way": (
        lambda: as_bytes(NOISE, "PNG").replace(b"IDAT", b"IDAT\0", 1),
        "broken",
    ),
    "PNG that is cut off": (lambda: halved(as_bytes(NOISE, "PNG")), "broken"),
    "PNG that is wide and flat": (lambda: png(1_000_000, 1, zeros(3)), "small"),
    "JPEG that claims 65,000 by 65,000": (
        lambda: jpeg_that_says(65_000, 65_000),
        "pixels",
    ),
    "JPEG that claims more than it holds": (
        lambda: jpeg_that_says(7_000, 7_000),
        "broken",
    ),
    "JPEG that is cut off": (lambda: halved(as_bytes(NOISE)), "broken"),
    "JPEG of 3,000 scans": (jpeg_of_many_scans, "time"),
    "JPEG that keeps 300 MB until its last scan": (
        lambda: as_bytes(drawn(8_600, 5_800), progressive=True, subsampling=0),
        "broken",
    ),
    "JPEG with an archive behind it": (lambda: as_bytes(drawn()) + archive(), "masked"),
    "JPEG that is a PDF as well": (lambda: commented(b"%PDF-1.4\n1 0 obj"), "masked"),
    "JPEG that is a page as well": (
        lambda: commented(b"<html><script>alert(1)</script>"),
        "masked",
    ),
    "WebP of 268 million pixels": (lambda: webp_that_says(16_383, 16_383), "broken"),
    "WebP over its limit": (lambda: as_bytes(drawn(4_000, 3_001), "WEBP"), "pixels"),
    "WebP that is cut off": (lambda: halved(as_bytes(NOISE, "WEBP")), "broken"),
    "WebP that moves": (lambda: moving("WEBP"), "frames"),
    "PNG that moves": (lambda: moving("PNG"), "frames"),
    "GIF called a JPEG": (lambda: as_bytes(drawn(), "GIF"), "format"),
    "TIFF called a JPEG": (lambda: as_bytes(drawn(), "TIFF"), "format"),
    "SVG with a script": (lambda: SVG, "masked"),
    "EPS that never ends": (lambda: EPS, "format"),
    "nothing": (lambda: b"", "format"),
}
