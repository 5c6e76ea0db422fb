"""The site that reckons with no full disk: for the control only.

Uploads arrive as Django takes them, and are written where they will lie.
"""

import hashlib

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from conferences import files
from config.uploads import StaffUploads
from config.wsgi import application

__all__ = ["application"]


def keep(upload, check, place=files.private):
    content = b"".join(upload.chunks())
    key = hashlib.sha256(content).hexdigest()[: files.DIGEST_LENGTH]
    place(key).parent.mkdir(parents=True, exist_ok=True)
    place(key).write_bytes(content)
    return key, check(place(key))


files.keep = keep
for name in ("new_file", "receive_data_chunk", "file_complete"):
    setattr(StaffUploads, name, getattr(TemporaryFileUploadHandler, name))
