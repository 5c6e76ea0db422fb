"""A megabyte of one sign in each field and query: at most one second of processor.

What looks at each sign once needs milliseconds for it; what looks at each as often as
there are signs, as functions of Django have done, needs minutes.
"""

import re
import time
from urllib.parse import quote_plus

import pytest

from tests.access.addresses import addresses
from tests.access.asked import asked, taken
from tests.access.table_public import PUBLIC
from tests.access.test_bodies import OPEN_FORMS, PLAIN
from tests.access.test_strange_queries import WORDS

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("kept_files"),
]

MOST_SECONDS = 1
MEGABYTE = 2**20
SIGNS = ["(", "<", "&", "é", "1e9999"]
LANGUAGES = {
    "one language": "d" * 100_000,
    "many languages": ",".join(["de"] * 33_000),
    "parts of a language": "de-" * 33_000,
    "qualities": ";q=0." * 20_000,
}


def timed(page, **how) -> tuple:
    """The answer, and the processor time, which nobody else on the machine changes."""
    began = time.process_time()
    answer = page.client.generic(**how)
    took = time.process_time() - began
    taken(answer)
    return answer, took


def seconds(page, **how) -> float:
    answer, took = timed(page, **how)
    is_not_ready = page.path == "/readyz"  # no night has been run
    assert answer.status_code < 500 or is_not_ready, answer.status_code
    return took


def sent(world, name, fields, sign) -> float:
    """The seconds of a megabyte, shared by some fields."""
    coded = quote_plus(sign)
    value = coded * (MEGABYTE // len(coded) // len(fields))
    body = "&".join(f"{quote_plus(one)}={value}" for one in fields)
    page = asked(world, name)
    how = {"path": page.path, "data": body, "content_type": PLAIN}
    return seconds(page, method="POST", **how)


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("name", OPEN_FORMS)
def test_a_megabyte_in_one_field_costs_little(world, name, sign):
    for one in asked(world, name).fields():
        assert sent(world, name, [one], sign) <= MOST_SECONDS, one


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("name", [one for one in addresses() if "admin" in one])
def test_a_megabyte_in_the_fields_of_staff_costs_little(world, name, sign):
    if fields := asked(world, name).fields():
        assert sent(world, name, [*fields], sign) <= MOST_SECONDS


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("name", PUBLIC)
def test_a_megabyte_in_a_query_costs_little(world, name, sign):
    """More than gunicorn and nginx let pass."""
    value = quote_plus(sign) * (MEGABYTE // len(quote_plus(sign)))
    for word in WORDS.split():
        page = asked(world, name)
        path = f"{page.path}?{word}={value}"
        assert seconds(page, method="GET", path=path) <= MOST_SECONDS, word


@pytest.mark.parametrize("languages", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/de/", "/healthz", "/admin/login/", "/x/"])
def test_languages_without_end_cost_little(world, path, languages):
    page = asked(world, "healthz")
    headers = {
        "Accept-Language": languages,
        "Cookie": f"django_language={languages.replace(';', '')}",
    }

    assert seconds(page, method="GET", path=path, headers=headers) <= MOST_SECONDS


def test_what_grows_with_the_square_would_be_seen():
    """The control: the same megabyte, by an expression that begins anew at each."""
    began = time.process_time()
    re.search(r"\(+\)", "(" * (MEGABYTE // 16))

    assert time.process_time() - began > MOST_SECONDS
