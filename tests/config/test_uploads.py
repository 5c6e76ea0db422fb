"""Files are taken where the admin asks for them, and nowhere else."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.test import Client
from django.urls import reverse

from conferences import documents, pictures
from conferences.models import Picture
from config import uploads
from tests.factories import EditionFactory, staff
from tests.pictures import upload
from tests.registrations.answers import CONTACT, begin_address
from tests.registrations.test_files import SIZE, form_with_a_file, unread

pytestmark = pytest.mark.django_db

ADD = reverse("admin:conferences_picture_add")


def test_a_visitor_sends_no_file(client):
    response = client.post(begin_address(EditionFactory()), form_with_a_file(**CONTACT))

    assert response.status_code == 413


def test_who_has_not_signed_in_sends_none_to_the_admin(client):
    response = client.post(ADD, form_with_a_file())

    assert response.status_code == 302
    assert unread(response) > SIZE * 0.9


def test_a_check_against_forgery_reads_no_file_of_a_stranger():
    client = Client(enforce_csrf_checks=True)
    client.get(reverse("admin:login"))

    response = client.post(ADD, form_with_a_file())

    assert response.status_code == 413
    assert unread(response) > SIZE * 0.9


def test_more_than_all_files_together_may_be_is_refused_unread(
    admin_client, monkeypatch
):
    monkeypatch.setattr(uploads, "MOST_SENT", SIZE)

    response = admin_client.post(ADD, form_with_a_file())

    assert response.status_code == 413
    assert "too much at once" in response.text or "zu viel" in response.text
    assert unread(response) > SIZE


def test_more_files_than_twenty_are_refused(admin_client):
    many = [SimpleUploadedFile(f"{number}.jpg", b"x") for number in range(21)]

    assert admin_client.post(ADD, {"upload": many}).status_code == 413


def test_what_is_too_much_of_a_file_is_not_kept(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_KEPT", 1000)
    handler = uploads.StaffUploads()
    handler.file = io.BytesIO()

    for start in (0, 600, 1200):
        handler.receive_data_chunk(b"x" * 600, start)

    assert len(handler.file.getvalue()) == 1000


def test_what_is_not_kept_counts_all_the_same(admin_client, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_KEPT", 1000)

    response = admin_client.post(ADD, form_with_a_file())

    [file] = response.wsgi_request.FILES.getlist("file")
    assert file.size == SIZE


def test_staff_who_may_change_speakers_send_a_portrait(client):
    client.force_login(staff("conferences.add_speaker"))

    response = client.post(reverse("admin:conferences_speaker_add"), form_with_a_file())

    assert response.status_code == 200


@pytest.mark.parametrize("buffering", [0, -1], ids=["at once", "at the end"])
def test_a_file_that_finds_no_room_is_counted_and_lost(buffering):
    handler = uploads.StaffUploads()
    FileUploadHandler.new_file(handler, "upload", "tree.jpg", "image/jpeg", None)
    handler.file = open("/dev/full", "wb", buffering)  # noqa: SIM115 closed by it

    for start in (0, 600):
        assert handler.receive_data_chunk(b"x" * 600, start) is None
    lost = handler.file_complete(1200)

    assert (lost.name, lost.size) == ("tree.jpg", 1200)
    for take in (pictures.keep, documents.keep):
        with pytest.raises((pictures.Refused, documents.Refused)) as caught:
            take(lost)
        assert caught.value.why == "disk"


def test_the_rest_of_a_form_survives_where_no_file_can_arrive(
    admin_client, settings, tmp_path
):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "nowhere"
    typed = {"alt_de": "Vier Menschen", "consent": "nobody", "order": "3"}

    response = admin_client.post(ADD, {**typed, "upload": [upload(), upload()]})

    errors = response.context["adminform"].form.errors["upload"]
    assert len(errors) == 2
    assert all("Es fehlt Speicherplatz" in error for error in errors)
    assert 'value="Vier Menschen"' in response.text
    assert not Picture.objects.exists()
