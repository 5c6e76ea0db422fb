"""In development nothing leaves the house: a mail is a file in a folder."""

import secrets
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class EmailBackend(BaseEmailBackend):
    """One file per mail, which any mail program opens; the newest sorts last."""

    def send_messages(self, email_messages):
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{timezone.localtime():%Y%m%d-%H%M%S-%f}-{secrets.token_hex(4)}.eml"
            _write(folder / name, message.message().as_bytes())
        return len(email_messages)


def _write(file: Path, content: bytes) -> None:
    """The whole file or none: a full disk leaves no half of a mail."""
    part = file.with_suffix(".part")
    try:
        part.write_bytes(content)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
