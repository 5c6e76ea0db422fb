"""Whatever is uploaded, to refuse it takes at most 2 s and 256 MB.

Each file is read by the decoder as the site starts it, in a process of its own that is
measured; the controls show that the guards do it.
"""

import json
import subprocess
import sys
from operator import itemgetter

import pytest
from PIL import Image

from conferences import decoding
from tests.hostile import HOSTILE, png, zeros
from tests.pictures import as_bytes

SECONDS, MEGABYTES = 2, 256
SECONDS_TO_RENDER = 5
# Starts a program and says what it answered, how long it took and how much memory.
MEASURE = """
import json, resource, subprocess, sys, time
began = time.monotonic()
done = subprocess.run(sys.argv[1:], capture_output=True, env={})
took = time.monotonic() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(json.dumps([done.stdout.decode(), took, used]))
"""
# As if no limit were there: any number of pixels, decoded in full.
UNGUARDED = """
import sys
from PIL import Image
Image.MAX_IMAGE_PIXELS = None
Image.open(sys.argv[1]).load()
"""
# As if renditions were made without our haste: all pixels, and the largest as well.
UNHURRIED = """
import sys
from PIL import Image
picture = Image.open(sys.argv[1])
for width in (1920, 6000):
    size = width, width * picture.height // picture.width
    for kind, how in (("webp", {"method": 6}), ("jpeg", {})):
        picture.resize(size, Image.Resampling.LANCZOS).save("/dev/null", kind, **how)
"""


def measured(*command) -> tuple[str, float, float]:
    """What a program answered, its seconds and its megabytes."""
    whole = [sys.executable, "-c", MEASURE, *map(str, command)]
    done = subprocess.run(whole, capture_output=True, check=True)
    return json.loads(done.stdout)


def decoder(*words) -> tuple[str, float, float]:
    """The quickest of three: whatever else the machine does is not the file's fault."""
    command = (sys.executable, "-I", decoding.__file__, *words)
    return min((measured(*command) for _ in range(3)), key=itemgetter(1))


@pytest.fixture
def photograph(tmp_path):
    """24 megapixels with the grain of a camera: about 10 MB."""
    size = (6000, 4000)
    coarse = Image.effect_noise((1500, 1000), 60).resize(size)
    parts = (Image.linear_gradient("L").resize(size), coarse)
    picture = Image.merge("RGB", (*parts, Image.effect_noise(size, 20)))
    path = tmp_path / "photograph"
    path.write_bytes(as_bytes(picture, quality=90))
    return path


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_picture_is_refused_soon_and_in_little_memory(name, tmp_path):
    make, why = HOSTILE[name]
    path = tmp_path / "upload"
    path.write_bytes(make())

    answer, seconds, megabytes = decoder("check", path)

    print(f"{name}: {why}, {seconds:.2f} s, {megabytes:.0f} MB")
    # Who uses up its time is ended without an answer.
    assert answer == ("" if why == "time" else json.dumps({"refused": why}))
    assert seconds <= SECONDS
    assert megabytes <= MEGABYTES


def test_there_are_at_least_twenty():
    assert len(HOSTILE) >= 20


def test_without_the_guard_a_bomb_takes_more_memory(tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(png(12_000, 12_000, zeros(412)))

    _answer, _seconds, megabytes = measured(sys.executable, "-c", UNGUARDED, path)

    assert megabytes > MEGABYTES


def test_a_large_photograph_is_prepared_soon(photograph, tmp_path):
    folder = tmp_path / "renditions"
    folder.mkdir()

    _answer, seconds, megabytes = decoder("render", photograph, folder)

    print(f"24 megapixels: {seconds:.2f} s, {megabytes:.0f} MB")
    assert {path.name for path in folder.iterdir()} == {
        f"{width}.{ending}"
        for width in (320, 640, 1280, 1920)
        for ending in ("webp", "jpg")
    }
    assert seconds < SECONDS_TO_RENDER
    assert megabytes <= MEGABYTES


def test_without_our_haste_it_takes_longer(photograph):
    _answer, seconds, _megabytes = measured(sys.executable, "-c", UNHURRIED, photograph)

    print(f"24 megapixels, unhurried: {seconds:.2f} s")
    assert seconds > SECONDS_TO_RENDER
