"""Whatever is sent to an address of the site, the answer is a page or a refusal.

`tests/deep` sends much more, to the site as it is really served.
"""

import json
from urllib.parse import quote_plus, urlencode

import pytest
from django.db import transaction

from registrations.models import Delegation, Participant, Side
from tests.access.addresses import addresses
from tests.access.asked import Asked, asked, taken
from tests.access.table_links import LINKED
from tests.access.table_public import FORM as SHOWN_AGAIN
from tests.access.table_public import PUBLIC
from tests.multipart import BOUNDARY, FORM

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("kept_files"),
]

PLAIN = "application/x-www-form-urlencoded"
STRANGE = ["%00", "%ff%fe", "%ED%A0%80", "9" * 20, "1e9999", "31.12.9999", "-1"]
# Nobody is asked for these, and so nobody answers them.
UNASKED = dict.fromkeys(
    [
        "id",
        "pk",
        "is_staff",
        "is_superuser",
        "is_active",
        "user",
        "status",
        "state",
        "edition",
        "edition_id",
        "delegation",
        "delegation_id",
        "side",
        "side_id",
        "which",
        "entered_by",
        "entered_by_id",
        "reference",
        "answer",
        "queue_number",
        "published_at",
        "capacity_people",
        "checked_at",
        "series",
    ],
    "1",
)
QUERY = "q=%ff%ED%A0%80&next=%C3"
OPEN_FORMS = [*LINKED, *(name for name in PUBLIC if PUBLIC[name].post == SHOWN_AGAIN)]
REFUSED = (400, 403, 404, 405, 413)
# `readyz` says 503 as long as no night has been run; the second factor asks to wait.
ANSWERED = (200, 302, *REFUSED, 429)


def garbage(names) -> str:
    """Each field three times: strange, as a list of PHP, and as a number."""
    pairs = []
    for turn, name in enumerate(names):
        typed = quote_plus(name)
        value = STRANGE[turn % len(STRANGE)]
        pairs += [f"{typed}={value}", f"{typed}[]=1&{typed}[a]=b", f"{typed}={value}"]
    return "&".join([*pairs, "%00=%ff", "a" * 3000 + "=b"])


BROKEN = {
    FORM: f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="a"\r\nX: '.encode(),
    "multipart/form-data": b"a",
    "application/json": json.dumps({"a": "\ud800"}).encode(),
    f"{PLAIN}; charset=utf-16": b"a=%ff",
}


def send(page: Asked, body: str | bytes, kind: str = PLAIN, query: str = "") -> int:
    whole = page.path + ("&" if "?" in page.path else "?") + query
    response = page.client.generic(
        "POST",
        whole,
        body,
        kind,
        headers={"Cookie": "\xff=\xfe; django_language=" + "x-" * 50_000},
    )
    taken(response)
    return response.status_code


@pytest.mark.parametrize("name", addresses())
def test_what_makes_no_sense_is_no_fault(world, name):
    body = garbage(asked(world, name).fields())
    kind = [*BROKEN][addresses().index(name) % len(BROKEN)]  # each gets one of them

    assert send(asked(world, name), body, query=QUERY) in ANSWERED
    assert send(asked(world, name), BROKEN[kind], kind) in ANSWERED


@pytest.mark.parametrize("name", addresses())
def test_too_many_fields_are_refused_everywhere(world, name):
    body = "&".join(f"a{number}=1" for number in range(10_001))

    assert send(asked(world, name), body) in (302, *REFUSED)


def kept() -> list:
    """What no form of the public decides by a field of its own."""
    return [
        list(Delegation.objects.order_by("pk").values_list("pk", "edition", "state")),
        list(
            Side.objects.order_by("pk").values_list(
                "pk", "delegation", "which", "answer", "organisation"
            )
        ),
        list(
            Participant.objects.order_by("pk").values_list("pk", "side", "entered_by")
        ),
    ]


def left_by(world, name, more) -> tuple[int, list]:
    """The answer to a form as it was shown, with more; and what is kept after it."""
    page = asked(world, name)
    shown = page.fields()
    unasked = {key: value for key, value in more.items() if key not in shown}
    body = urlencode([*unasked.items(), *((key, shown[key][0]) for key in shown)])
    mark = transaction.savepoint()
    try:
        status = send(asked(world, name), body + f"&{urlencode(unasked)}")
        return status, kept()
    finally:
        transaction.savepoint_rollback(mark)


@pytest.mark.parametrize("name", OPEN_FORMS)
def test_what_was_not_asked_changes_nothing(world, name):
    plain = left_by(world, name, {})

    assert left_by(world, name, UNASKED) == plain


def test_what_was_asked_does_change_something(world):
    before = kept()

    _status, after = left_by(world, "registrations:withdraw", {})

    assert after != before
