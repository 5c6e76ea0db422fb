"""Checks the pictures that staff upload, and makes of them what the public sees."""

import json
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from conferences import decoding, files

MOST_BYTES = 25 * 2**20
# Decoders end themselves much sooner, by the time of the processor that they used.
PATIENCE_SECONDS = 60


class Refused(Exception):
    """The picture is not taken, or could not be prepared; a word says why."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


def keep(upload) -> tuple[str, dict[str, int]]:
    """Keep an uploaded picture that can be read; its digest, its width and height."""
    if upload.size > MOST_BYTES:
        raise Refused("bytes")
    try:
        return files.keep(upload, lambda path: _decoded("check", path))
    except OSError:
        raise Refused("disk") from None


def render(digest: str) -> None:
    """Make what the public sees of a picture: every width in every format."""
    try:
        with tempfile.TemporaryDirectory(prefix=".", dir=files.public_folder()) as new:
            _decoded("render", files.private(digest), Path(new))
            folder = files.public(digest)
            folder.mkdir(exist_ok=True)
            for rendition in Path(new).iterdir():
                rendition.replace(folder / rendition.name)
    except OSError:
        raise Refused("disk") from None


def _decoded(verb: str, *paths: Path) -> dict[str, int]:
    """What the decoder answers; it knows nothing of us, not even our environment."""
    command = [sys.executable, "-I", decoding.__file__, verb, *map(str, paths)]
    try:
        done = subprocess.run(  # noqa: S603 our own program, and paths of our own
            command, capture_output=True, check=False, env={}, timeout=PATIENCE_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise Refused("time") from None
    except OSError:  # the machine starts no process
        raise Refused("memory") from None
    if done.returncode == -signal.SIGPROF:
        raise Refused("time")
    if done.returncode:
        raise Refused("broken")
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise Refused(answer["refused"])
    return answer
