"""Invented pictures of the demonstration, drawn here: they show no place and nobody."""

import io

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from conferences import pictures
from conferences.models import Edition, Picture

WIDTH, HEIGHT = 1600, 1067
SKIES = ["#dbe8f4", "#fbeee8", "#e4f4f1"]
HILLS = [("#8fb3a4", "#3b6b14"), ("#d9a27f", "#a3411c"), ("#7fb5b0", "#00675f")]
TEXTS = {
    "alt_de": "Zeichnung: zwei Punkte auf Hügeln, durch einen Bogen verbunden",
    "alt_en": "Drawing: two dots on hills, joined by an arc",
    "caption_de": "Erfunden: eine Zeichnung statt einer Fotografie",
    "caption_en": "Invented: a drawing instead of a photograph",
}
PORTRAYED = "paula-muster"


def add_pictures(edition: Edition) -> None:
    """A gallery of three, and one portrait; the worker prepares them."""
    for order, (sky, hills) in enumerate(zip(SKIES, HILLS, strict=True), start=1):
        _add(landscape(sky, hills), edition=edition, order=order, **TEXTS)
    for speaker in edition.speakers.filter(slug=PORTRAYED):
        _add(face(), speaker=speaker)


def _add(drawing: Image.Image, **values) -> None:
    file = io.BytesIO()
    drawing.save(file, "PNG")
    digest, size = pictures.keep(ContentFile(file.getvalue()))
    picture = Picture(consent=Picture.Consent.NOBODY, **values)
    picture.receive(digest, **size)
    picture.save()


def landscape(sky: str, hills: tuple[str, str]) -> Image.Image:
    drawing = Image.new("RGB", (WIDTH, HEIGHT), sky)
    pen = ImageDraw.Draw(drawing)
    far, near = hills
    pen.ellipse((-500, 560, 1000, 1900), fill=far)
    pen.ellipse((700, 640, 2300, 1900), fill=near)
    pen.arc((330, 220, 1270, 1000), 180, 360, fill="#16222e", width=14)
    for x in (330, 1270):
        pen.ellipse((x - 45, 565, x + 45, 655), fill="#16222e")
    return drawing


def face() -> Image.Image:
    """A head and shoulders, without a face."""
    drawing = Image.new("RGB", (800, 800), SKIES[0])
    pen = ImageDraw.Draw(drawing)
    pen.ellipse((120, 520, 680, 1200), fill="#1b4b9b")
    pen.ellipse((260, 170, 540, 500), fill="#a3411c")
    return drawing
