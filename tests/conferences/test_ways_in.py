"""Every field that takes a file: what it is called and what it pretends to be.

The fields are found in the forms of the admin, so that a new one has to be added here.
"""

import warnings
from dataclasses import dataclass

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.test import RequestFactory
from django.urls import reverse

from conferences import documents, files, upkeep
from conferences.admin.uploads import DocumentField, PicturesField
from conferences.models import Picture, PublicationFile
from config.urls import urlpatterns
from partnerships.forms import PageForm
from tests import multipart
from tests.conferences.sessions import SpeakerFactory
from tests.conferences.test_media import PDF, got
from tests.conferences.test_picture_admin import a_publication
from tests.factories import EditionFactory
from tests.hostile import SVG, archive, commented
from tests.pictures import as_bytes, drawn

pytestmark = pytest.mark.django_db

JPEG, PNG = as_bytes(drawn()), as_bytes(drawn(), "PNG")
PAGE = b"<!doctype html><html><script>alert(1)</script></html>"


@dataclass(frozen=True)
class Way:
    """Where a file is sent, in which field, with what else, and what it becomes."""

    field: str
    takes: type[forms.FileField]
    right: bytes
    row: type[models.Model]

    def address_and_values(self) -> tuple[str, dict[str, object]]:
        return MAKE[self.field]()


def to_a_gallery():
    return reverse("admin:conferences_picture_add"), {
        "edition": EditionFactory().pk,
        "alt_de": "Vier Menschen",
        "photographer": "Eva",
        "consent": "nobody",
        "order": 3,
    }


def as_a_portrait():
    page = reverse("admin:conferences_speaker_change", args=[SpeakerFactory().pk])
    return page, {
        "name": "Paula Muster",
        "portrait-TOTAL_FORMS": 1,
        "portrait-INITIAL_FORMS": 0,
        "portrait-0-consent": "nobody",
    }


def as_a_document():
    publication = a_publication()
    page = reverse("admin:conferences_publication_change", args=[publication.pk])
    return page, {
        "edition": publication.edition_id,
        "series": publication.series,
        "number": publication.number,
        "files-TOTAL_FORMS": 1,
        "files-INITIAL_FORMS": 0,
        "files-0-language": "de",
    }


MAKE = {
    "upload": to_a_gallery,
    "portrait-0-upload": as_a_portrait,
    "files-0-upload": as_a_document,
}
# By the page of the admin and the rows on it.
WAYS = {
    ("Picture", "Picture"): Way("upload", PicturesField, JPEG, Picture),
    ("Speaker", "Picture"): Way("portrait-0-upload", PicturesField, JPEG, Picture),
    ("Publication", "PublicationFile"): Way(
        "files-0-upload", DocumentField, PDF, PublicationFile
    ),
}
# Each is refused as a picture, and as a document unless it is one.
POLYGLOTS = {
    "GIF that is a script": b"GIF89a=1;/*" + b"\0" * 900 + b"*/alert(1)//;",
    "picture with an archive behind it": JPEG + archive(),
    "picture that is a document": commented(b"%PDF-1.4\n1 0 obj") + b"\n%%EOF\n",
    "picture that is a page": commented(PAGE),
    "SVG with a script": SVG,
    "page called a picture": PAGE,
    "page with the beginning of a picture": JPEG[:20] + PAGE,
    "program": b"MZ" + b"\0" * 900,
    "script for a server": b"<?php system($_GET['x']);",
}
NAMES = {
    "upwards": b"../../../../x.jpg",
    "upwards in signs of HTML": b"&#46;&#46;&#47;x.jpg",
    "upwards in percent signs": b"..%2f..%2fx.jpg",
    "absolute": b"/tmp/x-was-here.jpg",
    "of Windows": b"C:\\Windows\\system32\\x.jpg",
    "network of Windows": b"\\\\host\\share\\x.jpg",
    "NUL": b"x.html\0.jpg",
    "line breaks": b"x\r\nX-Evil: 1\r\n.jpg",
    "4,000 signs": b"x" * 4000 + b".jpg",
    "device": b"CON",
    "device with an ending": b"NUL.jpg",
    "stream": b"x.jpg::$DATA",
    "bad UTF-8": b"\xff\xfe.jpg",
    "other direction": "x\u202egpj.exe".encode(),
    "two endings": b"x.php.jpg",
    "ending of a page": b"x.jpg.html",
    "a tag": b"<img src=x onerror=alert(1)>.jpg",
    "hidden": b".htaccess",
}


@pytest.fixture
def upload_fields(admin_user, recwarn) -> dict[tuple[str, str], type]:
    """Each form of the admin that takes a file, and its field."""
    warnings.simplefilter("ignore")  # of fields that a page only shows
    request, found = RequestFactory().get("/admin/"), {}
    request.user = admin_user
    for model, page in admin.site._registry.items():
        may = page.has_add_permission(request), page.has_change_permission(request)
        if not any(may):
            continue
        inlines = [one(model, admin.site) for one in page.inlines]
        shown = [(page.model, page.get_form(request))]
        shown += [(one.model, one.get_formset(request).form) for one in inlines]
        for rows, form in shown:
            for field in form.base_fields.values():
                if isinstance(field, forms.FileField):
                    found[model.__name__, rows.__name__] = type(field)
    return found


def every_form(of=forms.BaseForm):
    for form in of.__subclasses__():
        yield form
        yield from every_form(form)


def send(client, way, called, content):
    page, values = way.address_and_values()
    parts = [multipart.field(name, value) for name, value in values.items()]
    body = multipart.form(*parts, multipart.file(way.field, called, content))
    return client.generic("POST", page, body, multipart.FORM)


def all_files(settings) -> set[str]:
    return {
        str(path.relative_to(settings.MEDIA_ROOT))
        for path in settings.MEDIA_ROOT.rglob("*")
        if path.is_file()
    }


def test_every_field_that_takes_files_stands_here(upload_fields):
    """`test_pictures` and tests/deep try the decoders that these fields ask."""
    assert upload_fields == {key: way.takes for key, way in WAYS.items()}


def test_no_other_form_of_ours_takes_files():
    assert urlpatterns  # all views are imported, and so all forms
    takes = {
        form.__name__
        for form in every_form()
        if form.__module__.partition(".")[0] in {"config", "registrations"}
        or issubclass(form, PageForm)
        if any(
            isinstance(field, forms.FileField)
            for field in getattr(form, "base_fields", {}).values()
        )
    }

    assert takes == set()


def test_no_row_names_a_file_by_itself():
    fields = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField)
    ]

    assert fields == []


@pytest.mark.parametrize("called", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("way", WAYS.values(), ids=MAKE)
def test_a_file_is_kept_under_our_name_whatever_it_was_called(
    admin_client, settings, way, called
):
    before = set(settings.MEDIA_ROOT.parent.iterdir())

    response = send(admin_client, way, called, way.right)

    assert response.status_code in (200, 302, 400)
    assert set(settings.MEDIA_ROOT.parent.iterdir()) - before <= {settings.MEDIA_ROOT}
    rows = way.row.objects.values_list("digest", flat=True)
    place = documents.place if way.row is PublicationFile else files.private
    ours = {str(place(one).relative_to(settings.MEDIA_ROOT)) for one in rows}
    assert all_files(settings) == ours
    assert len(ours) == (response.status_code == 302)


@pytest.mark.parametrize("name", POLYGLOTS)
@pytest.mark.parametrize("way", WAYS.values(), ids=MAKE)
def test_what_is_something_else_as_well_is_refused(admin_client, settings, way, name):
    response = send(admin_client, way, b"x.html.jpg", POLYGLOTS[name])

    assert response.status_code == 200
    assert all_files(settings) == set()
    assert not way.row.objects.exists()


def test_a_page_inside_a_document_is_loaded_and_never_opened(admin_client, client):
    """A PDF may hold anything: what it is taken for is for us to say."""
    way = WAYS["Publication", "PublicationFile"]
    both = PDF.replace(b"<<>>", PAGE, 1) + archive() + b"%%EOF"

    assert send(admin_client, way, b"x.html", both).status_code == 302

    given = got(client, PublicationFile.objects.get().get_absolute_url())
    assert given.body == both
    assert given.headers["Content-Type"] == "application/pdf"
    assert given.headers["Content-Disposition"].startswith("attachment;")
    assert_opens_nothing(given)


def test_a_picture_is_given_out_in_a_sandbox(admin_client, client):
    send(admin_client, WAYS["Picture", "Picture"], b"x.jpg", JPEG)
    upkeep.prepare_due()
    Picture.objects.update(alt_en="Four people")

    given = got(client, Picture.objects.get().address(320, "jpg"))

    assert given.headers["Content-Type"] == "image/jpeg"
    assert_opens_nothing(given)


def assert_opens_nothing(given):
    policy = given.headers["Content-Security-Policy"]
    assert "sandbox" in [part.strip() for part in policy.split(";")]
    assert "default-src 'none'" in policy
    assert given.headers["X-Content-Type-Options"] == "nosniff"
