"""Files are given out only where a row that may be seen names them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from conferences import documents, files
from conferences.models import Edition, Picture, Publication, PublicationFile
from tests.conferences.sessions import SpeakerFactory
from tests.factories import EditionFactory
from tests.pictures import prepared

pytestmark = pytest.mark.django_db

HIDDEN: dict[str, dict] = {
    "consent is missing": {"consent": Picture.Consent.OPEN},
    "consent was withdrawn": {"consent": Picture.Consent.WITHDRAWN},
    "consent begins tomorrow": {
        "consent": Picture.Consent.GIVEN,
        "consent_on": timezone.localdate() + timedelta(days=1),
    },
    "nobody describes it": {"alt_de": "", "alt_en": ""},
    "the conference is not published": {},
    "it is not prepared": {},
}


def hidden(why) -> Picture:
    picture = prepared()
    for name, value in HIDDEN[why].items():
        setattr(picture, name, value)
    if why == "it is not prepared":
        picture.prepared_at = None
    picture.save()
    if why == "the conference is not published":
        Edition.objects.update(published_at=None)
    return picture


def address(picture, width=320, ending="jpg"):
    return reverse("picture", args=[picture.digest, width, ending])


def got(client, path, **how):
    """The answer, read to its end, which closes the file."""
    response = client.get(path, **how)
    if response.streaming:
        response.body = b"".join(response.streaming_content)
    return response


@pytest.mark.parametrize(("ending", "kind"), [("webp", "webp"), ("jpg", "jpeg")])
def test_a_rendition_may_be_kept_for_ever(client, ending, kind):
    picture = prepared()

    response = got(client, address(picture, ending=ending))

    path = files.public(picture.digest) / f"320.{ending}"
    assert response.body == path.read_bytes()
    assert response.headers["Content-Type"] == f"image/{kind}"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert int(response.headers["Content-Length"]) == path.stat().st_size


def test_a_file_varies_by_nothing(client):
    headers = {"accept-encoding": "gzip", "accept-language": "en"}

    response = got(client, address(prepared()), headers=headers)

    assert response.status_code == 200
    assert not {"Vary", "Content-Encoding", "Content-Language", "Set-Cookie"} & set(
        response.headers
    )


@pytest.mark.parametrize("why", HIDDEN)
def test_a_hidden_picture_cannot_be_reached(client, why):
    assert got(client, address(hidden(why))).status_code == 404


@pytest.mark.parametrize("why", [why for why in HIDDEN if "prepared" not in why])
def test_staff_see_a_hidden_picture_which_nobody_keeps(client, django_user_model, why):
    staff = django_user_model.objects.create_user("s", is_staff=True)
    staff.user_permissions.add(Permission.objects.get(codename="view_picture"))
    client.force_login(staff)

    response = got(client, address(hidden(why)))

    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert "immutable" not in response.headers["Cache-Control"]


def test_staff_without_the_permission_do_not_see_it(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("s", is_staff=True))

    assert got(client, address(hidden("consent is missing"))).status_code == 404


def test_a_portrait_is_given_out_with_consent_alone(client):
    portrait = prepared(edition=None, speaker=SpeakerFactory(), alt_de="", alt_en="")
    assert got(client, address(portrait)).status_code == 200

    Picture.objects.update(consent=Picture.Consent.WITHDRAWN)

    assert got(client, address(portrait)).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "{digest}/321.jpg",
        "{digest}/320.png",
        "{digest}/320.html",
        "{digest}/../{digest}/320.jpg",
        "{digest}/..%2F..%2Fprivate%2F{digest}",
        "../private/{digest}",
        "{digest}",
        "{digest}/",
        "{digest}/document.pdf",
        "0000/320.jpg",
        "%2e%2e/320.jpg",
        "",
    ],
)
def test_no_other_name_leads_anywhere(client, path):
    picture = prepared()

    response = got(client, "/media/" + path.format(digest=picture.digest))

    assert response.status_code == 404


def test_a_file_that_is_not_there_is_not_found(client):
    picture = prepared()
    (files.public(picture.digest) / "320.jpg").unlink()

    assert got(client, address(picture)).status_code == 404


def test_a_file_is_only_read(client):
    assert client.post(address(prepared())).status_code == 405


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def document(**values) -> PublicationFile:
    digest, size = documents.keep(ContentFile(PDF))
    publication = Publication.objects.create(
        edition=EditionFactory(**values), series="Material", number=85
    )
    return PublicationFile.objects.create(
        publication=publication, language="de", digest=digest, size=size
    )


def test_a_document_is_loaded_under_a_name_that_says_what_it_is(client):
    response = got(client, document().get_absolute_url())

    assert response.body == PDF
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="material-85-de.pdf"'
    )


def test_a_document_of_a_hidden_conference_cannot_be_reached(client):
    hidden = document(published_at=None)

    assert got(client, hidden.get_absolute_url()).status_code == 404


def test_a_document_has_one_name(client):
    path = document().get_absolute_url().replace("material", "other")

    assert got(client, path).status_code == 404


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "format"),
        (b"<html>%PDF-", "format"),
        (PDF[:30], "broken"),
    ],
)
def test_what_is_no_whole_pdf_is_refused(content, why):
    with pytest.raises(documents.Refused) as refused:
        documents.keep(ContentFile(content))

    assert refused.value.why == why
    assert list(files.private_folder().iterdir()) == []
