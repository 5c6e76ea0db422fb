import errno

import pytest
from django.core import mail

from registrations.mailfolder import EmailBackend


def test_a_mail_is_one_file(settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path

    EmailBackend().send_messages(
        [mail.EmailMessage("Hello", "text", to=["a@b.example"])]
    )

    [file] = tmp_path.iterdir()
    assert file.suffix == ".eml"
    assert b"Subject: Hello" in file.read_bytes()


def test_a_full_disk_leaves_no_half_of_a_mail(settings, tmp_path, small_files):
    settings.EMAIL_FILE_PATH = tmp_path
    long = mail.EmailMessage("Hello", "text " * 1000, to=["a@b.example"])

    with small_files(), pytest.raises(OSError, match="too large") as caught:
        EmailBackend().send_messages([long])

    assert caught.value.errno == errno.EFBIG
    assert [*tmp_path.iterdir()] == []
