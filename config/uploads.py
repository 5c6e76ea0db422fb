"""Who may send files at all, and how much of them is kept."""

import contextlib
import errno
import io
import os
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

# Of one file: one byte more than anybody takes, so that its form can say so.
MOST_KEPT = 50 * 2**20 + 1
MOST_SENT = 512 * 2**20


class Lost(UploadedFile):
    """A file that found no room where it arrived: whoever reads it is told so."""

    def chunks(self, chunk_size=None):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class StaffUploads(TemporaryFileUploadHandler):
    """Takes files where a page of the admin asks for some, from staff who may save it.

    All others are refused when the first file begins, before it is read. Django asks
    this handler when something first reads the form, which is the check against
    forgery: the page and the person are known by then.

    A full disk is no reason to lose the rest of the form: the file arrives as `Lost`,
    and its field says why.
    """

    def handle_raw_input(self, input_data, META, content_length, *args, **kwargs):
        if content_length > MOST_SENT:
            raise RequestDataTooBig

    def new_file(self, *args, **kwargs):
        if not self.is_asked_for():
            raise TooManyFilesSent
        vars(self).pop("file", None)  # that of the field before
        with contextlib.suppress(OSError):
            super().new_file(*args, **kwargs)

    def is_asked_for(self) -> bool:
        match = getattr(self.request, "resolver_match", None)
        page: Any = getattr(match and match.func, "model_admin", None)
        if not getattr(page, "takes_files", False):
            return False
        return page.has_add_permission(self.request) or page.has_change_permission(
            self.request
        )

    def receive_data_chunk(self, raw_data, start):
        """What is too much is counted, but not kept."""
        if start < MOST_KEPT and hasattr(self, "file"):
            try:
                self.file.write(raw_data[: MOST_KEPT - start])
            except OSError:
                self._lose()

    def file_complete(self, file_size):
        if hasattr(self, "file"):
            try:  # what the memory still holds is written now
                return super().file_complete(file_size)
            except OSError:
                self._lose()
        return Lost(io.BytesIO(), self.file_name, self.content_type, file_size)

    def _lose(self) -> None:
        """Nothing of the file is kept any more; the rest of it is only counted."""
        file = vars(self).pop("file")
        with contextlib.suppress(OSError):  # closing it tries to write once more
            file.close()
