"""Checks the documents that staff upload: PDF, which is given out as it was sent."""

from pathlib import Path

from conferences import files

MOST_BYTES = 50 * 2**20
BEGINNING, END = b"%PDF-", b"%%EOF"
END_WITHIN = 2048


class Refused(Exception):
    """The document is not taken; a word says why."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


def place(digest: str) -> Path:
    return files.public(digest) / "document.pdf"


def keep(upload) -> tuple[str, int]:
    """Keep an uploaded PDF; its digest and its size in bytes."""
    if upload.size > MOST_BYTES:
        raise Refused("bytes")
    try:
        return files.keep(upload, _check, place)
    except OSError:
        raise Refused("disk") from None


def _check(path: Path) -> int:
    size = path.stat().st_size
    with path.open("rb") as file:
        if not file.read(len(BEGINNING)) == BEGINNING:
            raise Refused("format")
        file.seek(max(0, size - END_WITHIN))
        if END not in file.read():
            raise Refused("broken")
    return size
