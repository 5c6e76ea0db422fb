"""What must be true of a restored database before the site answers from it."""

from django.contrib.sessions.models import Session

from registrations import erasure, forgetting
from registrations.models import Letter


def put_right(*, moved: bool) -> dict[str, int]:
    """Undo what a backup brings back although it was over; returns how many of each.

    The one place for it: whatever was erased for good since the backup was made is
    erased again here. `moved`: nothing happened since, so letters and sessions stay.
    """
    done = {}
    if not moved:
        done["letters in doubt"] = Letter.objects.doubt_unsent()
        done["sessions ended"] = Session.objects.all().delete()[0]
    erased = {**erasure.erase(), "who asked for it": forgetting.erase_again()}
    return done | {f"{name} erased": count for name, count in erased.items()}
