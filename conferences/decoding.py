"""Reads pictures that others made; a process of its own, which `pictures` starts.

    python -I decoding.py check FILE
    python -I decoding.py render FILE FOLDER

It answers with one line of JSON: what the picture is, or why it is refused. Memory and
time are bounded before the first byte is read, so that whatever a file does to a
decoder, it does it to this process alone. It imports nothing of ours.
"""

import io
import json
import re
import resource
import signal
import sys
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps

# The formats that are decoded, and how many pixels of each fit into the memory: a
# JPEG is decoded at a fraction of its size, of a WebP the decoder keeps three copies.
MOST_PIXELS = {"JPEG": 50_000_000, "PNG": 25_000_000, "WEBP": 12_000_000}
LEAST_SIDE = 200
# No JPEG says more with a byte; what claims to holds less than its header says.
MOST_PIXELS_A_BYTE = 400
MOST_MEMORY = 256 * 2**20
SECONDS = {"check": 1.0, "render": 20.0}

WIDTHS = (320, 640, 1280, 1920)
# How each rendition is written. Both are read by browsers; the first is the smaller.
ENDINGS: dict[str, dict[str, Any]] = {
    "webp": {"format": "WEBP", "quality": 78, "method": 4},
    "jpg": {"format": "JPEG", "quality": 80, "optimize": True, "progressive": True},
}
ORIENTATION = 0x0112
TURNED = (5, 6, 7, 8)  # values of it that exchange width and height

# What makes other programs take a picture for something else: an archive begins to
# be read at its end, a document or a page at its beginning.
AT_THE_END = re.compile(rb"PK\x05\x06")
AT_THE_BEGINNING = re.compile(
    rb"%PDF-|<!doctype|<html|<script|<svg|<\?php", re.IGNORECASE
)


class Refused(Exception):
    """The picture is not taken; the word says why (`pictures.WHY`)."""


def widths(width: int) -> list[int]:
    """Those in which a picture is offered: never wider than it is."""
    return sorted({min(one, width) for one in WIDTHS})


def bound(seconds: float) -> None:
    """Whoever uses more of the processor is ended by the signal, without an answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.setitimer(signal.ITIMER_PROF, seconds)


def opened(path: Path) -> Image.Image:
    """The picture by its header alone: not a pixel is decoded yet."""
    refuse_if_masked(path)
    Image.MAX_IMAGE_PIXELS = None  # we ask ourselves, by format
    try:
        picture = Image.open(path, formats=list(MOST_PIXELS))
    except Image.UnidentifiedImageError:
        raise Refused("format") from None
    # Telephones pack a second picture behind the first (MPO); the first is meant.
    is_pair = picture.format == "MPO"
    kind = "JPEG" if is_pair else str(picture.format)
    pixels = picture.width * picture.height
    if pixels > MOST_PIXELS[kind]:
        raise Refused("pixels")
    if kind == "JPEG" and pixels > MOST_PIXELS_A_BYTE * path.stat().st_size:
        raise Refused("broken")
    if min(picture.size) < LEAST_SIDE:
        raise Refused("small")
    if not is_pair and getattr(picture, "n_frames", 1) > 1:
        raise Refused("frames")
    return picture


def refuse_if_masked(path: Path) -> None:
    with path.open("rb") as file:
        beginning = file.read(1024)
        file.seek(-min(path.stat().st_size, 2**16 + 22), io.SEEK_END)
        end = file.read()
    if AT_THE_BEGINNING.search(beginning) or AT_THE_END.search(end):
        raise Refused("masked")


def check(path: Path) -> dict[str, int]:
    """Width and height as it is shown, once all of it was decoded as for rendering."""
    (width, height), _picture = plain(path)
    return {"width": width, "height": height}


def shown_size(picture: Image.Image) -> tuple[int, int]:
    width, height = picture.size
    return (height, width) if orientation(picture) in TURNED else (width, height)


def orientation(picture: Image.Image) -> int:
    """How it was held; 1, upright, where that is not said or makes no sense.

    A PNG may say so behind its pixels. They are decoded out here: a fault in them is
    one of the picture.
    """
    if picture.format == "PNG":
        picture.load()
    try:
        return picture.getexif().get(ORIENTATION, 1)
    except (SyntaxError, ValueError, OSError, KeyError, TypeError):
        return 1


def render(path: Path, folder: Path) -> dict[str, int]:
    """Write each width in each format, the widest first, the others from it."""
    shown, picture = plain(path)
    width, height = picture.size
    for one in reversed(widths(width)):
        size = (one, max(1, round(height * one / width)))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
        for ending, how in ENDINGS.items():
            try:
                picture.save(folder / f"{one}.{ending}", **how)
            except OSError:
                raise Refused("disk") from None
    return {"width": shown[0], "height": shown[1]}


def plain(path: Path) -> tuple[tuple[int, int], Image.Image]:
    """Its size as it is shown; and upright, in sRGB, on white, nothing but pixels.

    These are hardly more than needed. Nobody else holds the picture while it changes:
    two copies of it at a time would not fit.
    """
    picture = opened(path)
    shown = shown_size(picture)
    larger = max(1, shown[0] // WIDTHS[-1])
    width, height = picture.size
    picture.draft(None, (width // larger, height // larger))
    turn, profile = orientation(picture), picture.info.get("icc_profile")
    picture.load()
    if picture.mode.startswith("I"):  # 16 bits for each grey
        picture = picture.point(lambda grey: grey / 256).convert("L")
    if picture.mode in ("P", "PA", "LA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
    if (still_larger := larger * picture.width // width) > 1:
        picture = picture.reduce(still_larger)
    if picture.mode == "RGBA":
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture)
        picture = ground
    picture = upright(in_srgb(picture, profile), turn)
    picture.info.clear()  # comments and profiles would be written again
    return shown, picture


def in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """In the colours of screens; a profile that makes no sense is left aside."""
    if profile:
        try:
            return ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            ) or picture.convert("RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return picture.convert("RGB")


def upright(picture: Image.Image, turn: int) -> Image.Image:
    clean = picture.convert("RGB")
    clean.getexif().clear()
    clean.getexif()[ORIENTATION] = turn
    return ImageOps.exif_transpose(clean)


def answer(verb: str, *paths: Path) -> dict:
    try:
        return render(*paths) if verb == "render" else check(*paths)
    except Refused as reason:
        return {"refused": str(reason)}
    except MemoryError:
        return {"refused": "memory"}
    except Exception:  # decoders raise what they like; each means the same
        return {"refused": "broken"}


if __name__ == "__main__":
    verb = sys.argv[1]
    bound(SECONDS[verb])
    sys.stdout.write(json.dumps(answer(verb, *map(Path, sys.argv[2:]))))
