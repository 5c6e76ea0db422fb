"""Times in the admin are read and written as the clocks at the conference show them.

The row of a form is an edition, or belongs to one.
"""

import zoneinfo
from typing import Any

from django.utils import timezone

from conferences.models import Edition

Base: Any = object  # mixed into Django's admin classes


class AtTheConference(Base):
    """A form whose times are those of the edition of its row."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        with timezone.override(self.zone(request, object_id)):
            response = super().changeform_view(
                request, object_id, form_url, extra_context
            )
            if hasattr(response, "render"):
                response.render()
        return response

    def zone(self, request, object_id) -> zoneinfo.ZoneInfo:
        """Of the edition of the row, or of the one that a new row begins at."""
        row = object_id and self.get_object(request, object_id)
        if row:
            return getattr(row, "edition", row).zone
        chosen = request.POST.get("edition") or request.GET.get("edition") or ""
        key = int(chosen) if chosen.isascii() and chosen.isdigit() else 0
        edition = Edition.objects.filter(pk=key).first()
        return edition.zone if edition else timezone.get_default_timezone()
