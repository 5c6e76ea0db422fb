"""Pictures: drawn here, uploaded, and rows of them with and without files."""

import io

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image

from conferences import pictures, upkeep
from conferences.models import Picture
from tests.factories import EditionFactory

RED = (200, 30, 30)


def drawn(width=400, height=300, colour=RED) -> Image.Image:
    return Image.new("RGB", (width, height), colour)


def as_bytes(picture: Image.Image, kind="JPEG", **options) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def upload(content: bytes | None = None, name="picture.jpg") -> SimpleUploadedFile:
    if content is None:
        content = as_bytes(drawn())
    return SimpleUploadedFile(name, content, "image/jpeg")


class PictureFactory(DjangoModelFactory):
    """A picture of a published edition that may be shown; its files are not there."""

    class Meta:
        model = Picture

    edition = factory.SubFactory(EditionFactory)
    digest = factory.Sequence(lambda number: f"{number:032x}")
    width = 1600
    height = 1200
    alt_de = "Vier Menschen pflanzen einen Baum"
    alt_en = "Four people plant a tree"
    consent: str = Picture.Consent.NOBODY
    prepared_at = factory.LazyFunction(timezone.now)


def kept(content: bytes | None = None, **values) -> Picture:
    """A picture whose file was uploaded, and which the worker has not seen yet."""
    digest, facts = pictures.keep(upload(content))
    return PictureFactory(digest=digest, prepared_at=None, **{**facts, **values})


def prepared(content: bytes | None = None, **values) -> Picture:
    picture = kept(content, **values)
    upkeep.prepare_due()
    picture.refresh_from_db()
    return picture
