"""Whose request this is, also behind a proxy."""

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address

from django.conf import settings

Networks = tuple[IPv4Network | IPv6Network, ...]


def address_of(request) -> str:
    """The address that a request came from; empty where none is known.

    What `X-Forwarded-For` says is believed only of our own proxies
    (`TRUSTED_PROXIES`): it is read from its end, up to the first address that is none
    of them. Everything further left can be made up by whoever asks.
    """
    trusted = tuple(settings.TRUSTED_PROXIES)
    client = request.META.get("REMOTE_ADDR", "")
    named = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    for address in reversed([one.strip() for one in named]):
        if not (_is_among(client, trusted) and _is_address(address)):
            break
        client = address
    return client


@lru_cache(maxsize=1024)
def _is_among(address: str, trusted: Networks) -> bool:
    """A proxy on the same machine that hands over by a socket has no address."""
    if not address:
        return bool(trusted)
    if not _is_address(address):
        return False
    found = ip_address(address)
    return any(found in network for network in trusted)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
