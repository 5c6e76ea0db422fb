"""Files are taken where the admin asks for them, and nowhere else."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from config import uploads
from tests.factories import EditionFactory, staff
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
