"""Whose request it is: the peer, unless a proxy of ours names somebody else."""

from ipaddress import ip_network

import pytest
from django.test import RequestFactory

from config.clients import address_of

CLIENT, PROXY, INNER = "198.51.100.7", "10.0.0.1", "127.0.0.1"
OURS = [ip_network("10.0.0.0/8"), ip_network("127.0.0.1")]


def address(peer, forwarded=None):
    extra = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return address_of(RequestFactory().get("/", REMOTE_ADDR=peer, **extra))


def test_without_a_proxy_nobody_says_who_one_is():
    assert address(CLIENT, "203.0.113.9") == CLIENT


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        (PROXY, CLIENT, CLIENT),
        (INNER, f"{CLIENT}, {PROXY}", CLIENT),
        (PROXY, f"203.0.113.9, {CLIENT}", CLIENT),
        (PROXY, "unknown", PROXY),
        (PROXY, None, PROXY),
        ("", CLIENT, CLIENT),
        (CLIENT, "203.0.113.9", CLIENT),
        (PROXY, "2001:db8::1", "2001:db8::1"),
    ],
    ids=["one", "two", "made up", "nonsense", "none named", "socket", "peer", "v6"],
)
def test_our_proxies_say_who_asks(settings, peer, forwarded, found):
    settings.TRUSTED_PROXIES = OURS

    assert address(peer, forwarded) == found
