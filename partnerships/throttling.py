"""How often one may do what costs others something: generous to people, not to scripts.

Kept in the database, so that it holds on several machines; no address is kept, only
its hash under a key that lasts a day.
"""

import hmac
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.utils import timezone
from django.utils.translation import ngettext

from partnerships.models import ThrottleCount, ThrottleKey


@dataclass(frozen=True)
class Limit:
    """So often within a span of time, for each who does it."""

    purpose: str
    most: int
    span: timedelta


# A town hall has one address for all of its people: 60 clerks who were told to
# register now pass within ten minutes, also where some of them begin twice.
REGISTRATIONS = Limit("register", 100, timedelta(minutes=10))
# From the same town hall; a link is also asked for by who does not find the last one.
LINKS = Limit("link", 100, timedelta(minutes=10))
# Who knows many things better still sends them one by one.
CORRECTIONS = Limit("correct", 20, timedelta(minutes=10))
# To one letter box, known to us or not: the first of five letters has come by then.
LINKS_TO_ONE_ADDRESS = Limit("link-to", 5, timedelta(hours=1))


class TooOften(Exception):
    """It was done too often; the message says to a person when it is possible again."""

    def __init__(self, wait: timedelta):
        self.seconds = max(math.ceil(wait.total_seconds()), 1)
        minutes = math.ceil(self.seconds / 60)
        super().__init__(
            ngettext(
                "That was asked for too often in a short time. Please try again in "
                "%(minutes)d minute. What you wrote is still here.",
                "That was asked for too often in a short time. Please try again in "
                "%(minutes)d minutes. What you wrote is still here.",
                minutes,
            )
            % {"minutes": minutes}
        )


def machine_of(request) -> str:
    """From which address somebody asks, as the roof has found it out."""
    return request.client_address


def pass_or_refuse(limit: Limit, who: str, at: datetime | None = None) -> None:
    """Count once more; raises TooOften where the limit is reached.

    `who`: the address of a machine (`machine_of`) or of a letter box.
    """
    at = (at or timezone.now()).astimezone(UTC)
    begins_at = at - (at - datetime.min.replace(tzinfo=UTC)) % limit.span
    key = ThrottleKey.objects.of(begins_at.date())
    named = f"{limit.purpose}\n{line_of(who)}".encode()
    if not ThrottleCount.objects.count_up(
        most=limit.most * settings.THROTTLE_TIMES,
        purpose=limit.purpose,
        who=hmac.digest(key, named, "sha256").hex(),
        begins_at=begins_at,
    ):
        raise TooOften(begins_at + limit.span - at)


def line_of(who: str) -> str:
    """Whoever has one IPv6 address has the 2^64 beside it: the first of them."""
    try:
        address = ip_address(who)
    except ValueError:
        return who.casefold()
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address, 64), strict=False)[0])
