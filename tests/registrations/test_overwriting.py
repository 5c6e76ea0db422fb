"""What a server keeps although it is erased, and may not be told to let go of."""

import pytest
from django.db import connection

from registrations import overwriting

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plain_role():
    """The site's role, before the guide has granted it anything."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE plain")
        cursor.execute("SET ROLE plain")
        yield
        cursor.execute("RESET ROLE")
        cursor.execute("DROP ROLE plain")


def test_a_role_without_the_right_says_that_the_log_keeps_it(plain_role, caplog):
    assert not overwriting.overwrite()
    assert "the write-ahead log keeps what is gone: permission denied" in caplog.text


def test_a_server_that_fills_old_files_again_says_so(caplog):
    assert not overwriting.overwrite()
    assert "the write-ahead log keeps what is gone: wal_recycle is on" in caplog.text
