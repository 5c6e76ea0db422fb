"""What is decoded at all, and what becomes of a picture that is."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from conferences import decoding, files, pictures
from tests.hostile import HOSTILE, NOISE
from tests.pictures import RED, as_bytes, drawn, upload

# The others take a while to be made: tests/deep tries them all.
QUICK = [
    "PNG of 2.5 billion pixels",
    "PNG that was changed on its way",
    "PNG that is wide and flat",
    "JPEG that claims more than it holds",
    "JPEG that is cut off",
    "JPEG with an archive behind it",
    "WebP over its limit",
    "PNG that moves",
    "GIF called a JPEG",
    "SVG with a script",
    "nothing",
]
ORIENTATION, COPYRIGHT = 0x0112, 0x8298


def rendered(content: bytes) -> dict[str, Image.Image]:
    digest, _facts = pictures.keep(upload(content))
    pictures.render(digest)
    found: dict[str, Image.Image] = {}
    for path in files.public(digest).iterdir():
        found[path.name] = Image.open(io.BytesIO(path.read_bytes()))
    return found


def near(colour, other=RED) -> bool:
    return all(abs(one - two) < 12 for one, two in zip(colour, other, strict=True))


@pytest.mark.parametrize("name", QUICK)
def test_a_hostile_file_is_refused(name, settings):
    make, why = HOSTILE[name]

    with pytest.raises(pictures.Refused) as refused:
        pictures.keep(upload(make()))

    assert refused.value.why == why
    assert list(files.private_folder().iterdir()) == []


def test_who_uses_up_the_time_is_ended(monkeypatch, tmp_path):
    slow = tmp_path / "slow.py"
    slow.write_text(
        "import signal\nsignal.setitimer(signal.ITIMER_PROF, 0.1)\nwhile True: pass\n"
    )
    monkeypatch.setattr(decoding, "__file__", str(slow))

    with pytest.raises(pictures.Refused) as refused:
        pictures.keep(upload())

    assert refused.value.why == "time"


def test_a_picture_of_too_many_bytes_is_refused_unread(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_BYTES", 100)

    with pytest.raises(pictures.Refused) as refused:
        pictures.keep(upload())

    assert refused.value.why == "bytes"


def test_the_decoder_sees_nothing_of_our_environment(monkeypatch, tmp_path):
    curious = tmp_path / "curious.py"
    curious.write_text("import os, json\nprint(json.dumps(dict(os.environ)))\n")
    monkeypatch.setattr(decoding, "__file__", str(curious))
    monkeypatch.setenv("SECRET_KEY", "secret")

    _digest, seen = pictures.keep(upload())

    assert "SECRET_KEY" not in seen


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_format_is_offered_as_webp_and_jpeg(kind):
    found = rendered(as_bytes(drawn(1500, 1000), kind))

    assert {name: (one.format, one.size) for name, one in found.items()} == {
        "320.webp": ("WEBP", (320, 213)),
        "320.jpg": ("JPEG", (320, 213)),
        "640.webp": ("WEBP", (640, 427)),
        "640.jpg": ("JPEG", (640, 427)),
        "1280.webp": ("WEBP", (1280, 853)),
        "1280.jpg": ("JPEG", (1280, 853)),
        "1500.webp": ("WEBP", (1500, 1000)),
        "1500.jpg": ("JPEG", (1500, 1000)),
    }


def test_nothing_is_made_wider_than_it_was():
    assert set(rendered(as_bytes(drawn(250, 200)))) == {"250.webp", "250.jpg"}


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (319, [319]),
        (320, [320]),
        (321, [320, 321]),
        (1919, [320, 640, 1280, 1919]),
        (8000, [320, 640, 1280, 1920]),
    ],
)
def test_widths(width, expected):
    assert decoding.widths(width) == expected


def test_a_picture_that_was_held_sideways_is_shown_upright():
    turned = drawn(400, 300, "white")
    turned.paste(RED, (0, 0, 400, 150))  # the upper half, which belongs to the right
    exif = Image.Exif()
    exif[ORIENTATION] = 6

    digest, facts = pictures.keep(upload(as_bytes(turned, exif=exif)))
    pictures.render(digest)

    assert facts == {"width": 300, "height": 400}
    shown = Image.open(io.BytesIO((files.public(digest) / "300.jpg").read_bytes()))
    assert shown.size == (300, 400)
    assert near(shown.getpixel((280, 200)))
    assert near(shown.getpixel((20, 200)), (255, 255, 255))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_of_what_came_with_the_pixels_is_published(kind):
    exif = Image.Exif()
    exif[COPYRIGHT] = "Erika Muster, Musterweg 3"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    more = {"comment": b"Musterweg 3"} if kind == "JPEG" else {}
    content = as_bytes(drawn(), kind, exif=exif, icc_profile=profile, **more)
    assert b"Musterweg" in content

    digest, _facts = pictures.keep(upload(content))
    pictures.render(digest)

    for path in files.public(digest).iterdir():
        rendition = path.read_bytes()
        assert b"Musterweg" not in rendition
        known = set(Image.open(io.BytesIO(rendition)).info)
        assert not {"exif", "icc_profile", "comment"} & known


def test_a_comment_is_not_published():
    """It would be written again, unlike the rest; colours without a profile keep it."""
    digest, _facts = pictures.keep(upload(as_bytes(drawn(), comment=b"Musterweg 3")))

    pictures.render(digest)

    for path in files.public(digest).iterdir():
        assert b"Musterweg" not in path.read_bytes()


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("L", "PNG"), ("P", "PNG"), ("RGBA", "PNG"), ("CMYK", "JPEG"), ("1", "PNG")],
)
def test_pictures_of_other_modes_keep_their_colours(mode, kind):
    light = drawn(colour=(255, 255, 255))

    found = rendered(as_bytes(light.convert(mode), kind))

    assert near(found["320.jpg"].convert("RGB").getpixel((9, 9)), (255, 255, 255))


def test_greys_of_sixteen_bits_are_not_blown_out():
    grey = Image.new("I;16", (400, 300), 0x8000)

    found = rendered(as_bytes(grey, "PNG"))

    assert near(found["320.jpg"].convert("RGB").getpixel((9, 9)), (128, 128, 128))


@pytest.mark.parametrize("mode", ["P", "I;16", "LA"])
def test_large_pictures_of_few_colours_fit_into_the_memory(mode):
    content = as_bytes(Image.new(mode, (5000, 5000)), "PNG", transparency=None)

    assert pictures.keep(upload(content))[1] == {"width": 5000, "height": 5000}


def test_what_is_clear_becomes_white():
    found = rendered(as_bytes(Image.new("RGBA", (400, 300), (0, 0, 0, 0)), "PNG"))

    assert near(found["320.jpg"].getpixel((9, 9)), (255, 255, 255))


def test_other_colours_than_those_of_screens_are_converted():
    """A profile by which red is blue and blue is red."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red, blue = b"rXYZ", b"bXYZ"
    swapped = profile.replace(red, b"????").replace(blue, red).replace(b"????", blue)

    found = rendered(as_bytes(drawn(), icc_profile=swapped))

    assert near(found["320.jpg"].getpixel((9, 9)), (30, 30, 200))


def test_a_profile_that_makes_no_sense_is_left_aside():
    found = rendered(as_bytes(drawn(), icc_profile=b"x" * 300))

    assert near(found["320.jpg"].getpixel((9, 9)))


def test_a_telephone_packs_a_second_picture_behind_the_first():
    pair = as_bytes(drawn(), "MPO", save_all=True, append_images=[drawn(300, 300)])

    assert {one.size for one in rendered(pair).values()} == {(320, 240), (400, 300)}


def test_where_no_folder_can_be_made_a_picture_is_refused_in_words(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "file"
    settings.MEDIA_ROOT.write_text("not a folder")

    with pytest.raises(pictures.Refused) as refused:
        pictures.keep(upload())

    assert refused.value.why == "disk"


def test_a_disk_that_is_full_leaves_nothing_half_written(monkeypatch, tmp_path):
    digest, _facts = pictures.keep(upload(as_bytes(NOISE)))
    full = tmp_path / "full.py"
    source = Path(decoding.__file__).read_text()
    limit = "\n    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
    limit += "    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    full.write_text(source.replace('__main__":\n', f'__main__":{limit}', 1))
    monkeypatch.setattr(decoding, "__file__", str(full))

    with pytest.raises(pictures.Refused) as refused:
        pictures.render(digest)

    assert refused.value.why == "disk"
    assert list(files.public_folder().iterdir()) == []
