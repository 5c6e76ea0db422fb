"""Sessions of staff, in the database; registrants and readers have none."""

from datetime import UTC, datetime, timedelta

from django.contrib.sessions.backends import db
from django.utils import timezone

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
ENDS = "ends_at"


class SessionStore(db.SessionStore):
    """Ends after a pause, and after so many hours whatever happens.

    Django reads no session after its expiry date, which stands in the row: the cookie
    itself says nothing about it and goes when the browser is closed.
    """

    def get_expiry_date(self, **kwargs):
        pause = timezone.now() + IDLE
        ends = self.get(ENDS)
        return min(pause, datetime.fromtimestamp(ends, UTC)) if ends else pause

    def end_in_time(self) -> None:
        """From now on there is a last moment, which nothing moves."""
        self.setdefault(ENDS, (timezone.now() + LONGEST).timestamp())

    def prolong(self) -> None:
        """Somebody is there: the pause begins anew."""
        row = self.model.objects.filter(session_key=self.session_key)
        row.update(expire_date=self.get_expiry_date())
