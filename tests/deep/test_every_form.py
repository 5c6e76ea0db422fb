"""Every field of every form, of a number, a day or a word that makes no sense."""

from urllib.parse import quote

import pytest

from tests.access.addresses import addresses
from tests.access.asked import asked
from tests.access.test_bodies import ANSWERED, send

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("kept_files"),
]

VALUES = [
    *("%00", "%ff", "%ED%A0%80", "%F0%9F%98%80", "%0D%0A", "%C2%B2", "'", "%E2%80%AE"),
    *("9" * 20, "9" * 400, "-1", "1e9999", "NaN", "Infinity", "1"),
    *("0001-01-01", "9999-12-31", "01.01.0001", "31.12.9999", "2027-02-30"),
]
# What says how many forms are sent, or which button was pressed.
STEERS = ("action", "form_key", "post", "confirmed", "do")


@pytest.mark.parametrize("name", addresses())
def test_no_value_of_a_field_is_a_fault(world, name):
    fields = asked(world, name).fields()

    for value in VALUES:
        for kept in (True, False):
            body = "&".join(
                f"{quote(one)}={quote(shown[0]) if kept and steers(one) else value}"
                for one, shown in fields.items()
            )
            assert send(asked(world, name), body) in ANSWERED, (value, kept)


def steers(name: str) -> bool:
    return name in STEERS or name.startswith("_") or name.endswith("_FORMS")
