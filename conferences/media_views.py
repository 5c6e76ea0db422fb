"""Gives out files under /media/: only those that rows name which may be seen now."""

from pathlib import Path

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from conferences import documents, files
from conferences.decoding import ENDINGS
from conferences.models import Picture, PublicationFile

TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}
FOREVER = "public, max-age=31536000, immutable"
# Whatever a file pretends to be: opened by itself it runs nothing and is no page of us.
SANDBOX = "default-src 'none'; frame-ancestors 'none'; sandbox"


@require_safe
def picture(request, digest, width, ending):
    found, is_public = find(Picture.objects.filter(digest=digest), request)
    if width not in found.widths or ending not in ENDINGS:
        raise Http404
    path = files.public(found.digest) / f"{width}.{ending}"
    return given(path, is_public, content_type=TYPES[ending])


@require_safe
def document(request, digest, name):
    rows = PublicationFile.objects.filter(digest=digest).select_related("publication")
    found, is_public = find(rows, request)
    if name != found.name:
        raise Http404
    return given(
        documents.place(found.digest),
        is_public,
        content_type="application/pdf",
        as_attachment=True,
        filename=f"{name}.pdf",
    )


def find(rows, request):
    """A row, and whether everybody may see it; else staff with the permission.

    The person is looked up for hidden ones only, so that what is public varies by
    nothing. Files of one content have one name: one row that is public is enough.
    """
    found = rows.public().first()
    if found:
        return found, True
    return get_object_or_404(rows.previewable_by(request.user)[:1]), False


def given(path: Path, is_public: bool, **how) -> FileResponse:
    """The name of a file is made from its content, so that it never changes."""
    try:
        response = FileResponse(path.open("rb"), **how)
    except OSError:
        raise Http404 from None
    response["Content-Security-Policy"] = SANDBOX
    if is_public:
        response["Cache-Control"] = FOREVER
    else:
        add_never_cache_headers(response)
    return response
