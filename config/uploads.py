"""Who may send files at all, and how much of them is kept."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.core.files.uploadhandler import TemporaryFileUploadHandler

# Of one file: one byte more than anybody takes, so that its form can say so.
MOST_KEPT = 50 * 2**20 + 1
MOST_SENT = 512 * 2**20


class StaffUploads(TemporaryFileUploadHandler):
    """Takes files where a page of the admin asks for some, from staff who may save it.

    All others are refused when the first file begins, before it is read. Django asks
    this handler when something first reads the form, which is the check against
    forgery: the page and the person are known by then.
    """

    def handle_raw_input(self, input_data, META, content_length, *args, **kwargs):
        if content_length > MOST_SENT:
            raise RequestDataTooBig

    def new_file(self, *args, **kwargs):
        if not self.is_asked_for():
            raise TooManyFilesSent
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
        if start < MOST_KEPT:
            self.file.write(raw_data[: MOST_KEPT - start])
