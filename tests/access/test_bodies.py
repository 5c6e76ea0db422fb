"""Whatever is sent to an address of the site, the answer is a page or a refusal.

`tests/deep` sends much more, to the site as it is really served.
"""

import json
from urllib.parse import quote_plus, urlencode

import pytest
from django.apps import apps
from django.db import transaction

from tests.access import rows
from tests.access.addresses import addresses
from tests.access.asked import Asked, asked, taken
from tests.access.table_links import LEADS_ON, LINKED
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
# Each column of ours, and what else is often let in unseen.
UNASKED = dict.fromkeys(
    sorted(
        {"pk", "conference", "status", "is_staff", "is_superuser", "user"}
        | {
            name
            for app in ("partnerships", "conferences", "registrations")
            for model in apps.get_app_config(app).get_models()
            for column in model._meta.concrete_fields
            for name in (column.name, column.attname)
        }
    ),
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


def left_by(world, name, more) -> tuple[int, rows.Rows]:
    """The answer to a form as it was shown, with more; and what stands after it."""
    shown = asked(world, name).fields()
    unasked = {key: value for key, value in more.items() if key not in shown}
    body = urlencode([*unasked.items(), *((key, shown[key][0]) for key in shown)])
    mark = transaction.savepoint()
    try:
        status = send(asked(world, name), body + f"&{urlencode(unasked)}")
        return status, rows.standing()
    finally:
        transaction.savepoint_rollback(mark)


def varying(first: rows.Rows, second: rows.Rows) -> set[tuple[str, int]]:
    """The columns that differ by themselves: keys, times, and what is drawn by lot."""
    return {
        (table, at)
        for table in first
        for at, (one, other) in enumerate(
            zip(columns(first[table]), columns(second[table]), strict=False)
        )
        if one != other
    }


def columns(found: frozenset[tuple]) -> list[list[str]]:
    return [sorted(map(repr, values)) for values in zip(*found, strict=True)]


def without(found: rows.Rows, left_out: set[tuple[str, int]]) -> dict[str, list]:
    return {
        table: sorted(
            [repr(one) for at, one in enumerate(row) if (table, at) not in left_out]
            for row in standing
        )
        for table, standing in found.items()
    }


@pytest.mark.parametrize("name", OPEN_FORMS)
def test_what_was_not_asked_changes_nothing(world, name):
    (status, plain), (_again, twice) = (left_by(world, name, {}) for _time in range(2))

    answered, more = left_by(world, name, UNASKED)

    leads_on = name in LINKED and LINKED[name].get == LEADS_ON  # its field is not shown
    assert answered == status or leads_on
    by_itself = varying(plain, twice)
    found, expected = (without(one, by_itself) for one in (more, plain))
    assert [table for table in found if found[table] != expected[table]] == []


def test_what_was_asked_does_change_something(world, at_first):
    _status, after = left_by(world, "registrations:withdraw", {})

    found = rows.written(at_first, after)
    assert {"registrations_delegation", "registrations_historyentry"} <= set(found)
