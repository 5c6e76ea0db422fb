"""How often a password may be wrong, for django-axes, which counts in the database.

Counted are a name and an address together: a whole town hall stands behind one
address, and who mistypes there locks out nobody else. A name alone is counted too,
less strictly: somebody who guesses from many addresses is stopped, and one who wants
to lock a member of staff out needs many of them.
"""

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.shortcuts import render

from config import clients, logs
from partnerships import throttling

# So many times more wrong passwords are borne for a name from all addresses.
PATIENCE_WITH_A_NAME = 10


class Handler(AxesDatabaseHandler):
    def get_failures(self, request, credentials=None) -> int:
        together, alone = (
            sum(attempts.values_list("failures_since_start", flat=True))
            for attempts in self.get_user_attempts(request, credentials)
        )
        return max(together, alone // PATIENCE_WITH_A_NAME)


def client_address(request) -> str | None:
    """The line that a request comes from, past the proxies that are ours."""
    return throttling.line_of(clients.address_of(request)) or None


def locked_out(request, response, credentials):
    """The same answer whether or not there is such an account."""
    logs.note(request, "locked out")
    seconds = int(settings.AXES_COOLOFF_TIME.total_seconds())
    context = {"minutes": seconds // 60}
    answer = render(request, "admin/locked_out.html", context, status=429)
    answer["Retry-After"] = str(seconds)
    return answer
