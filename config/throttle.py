"""How often a password may be wrong, for django-axes, which counts in the database.

Counted are a name and an address together: a whole town hall stands behind one
address, and who mistypes there locks out nobody else. A name alone is counted too,
less strictly: somebody who guesses from many addresses is stopped, and one who wants
to lock a member of staff out needs many of them.
"""

import ipaddress

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.shortcuts import render

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
    """Where a request comes from, past the proxies that are ours.

    Each proxy appends whom it saw: what stands further to the left anybody can write.
    Of IPv6 the network counts: a single line has addresses without end.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        seen = request.headers.get("X-Forwarded-For", "").split(",")
        address = seen[-min(settings.TRUSTED_PROXIES, len(seen))].strip()
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return None
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or ipaddress.ip_network(f"{found}/64", False)[0]
    return str(found)


def locked_out(request, response, credentials):
    """The same answer whether or not there is such an account."""
    seconds = int(settings.AXES_COOLOFF_TIME.total_seconds())
    context = {"minutes": seconds // 60}
    answer = render(request, "admin/locked_out.html", context, status=429)
    answer["Retry-After"] = str(seconds)
    return answer
