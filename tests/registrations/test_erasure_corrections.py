"""Suggested corrections are erased some time after they were answered."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry

from partnerships.models import Correction
from registrations import erasure
from tests.partnerships.test_corrections import correction
from tests.people import AT, INSTANT, logged

pytestmark = pytest.mark.django_db
HALF_A_YEAR, A_YEAR = timedelta(days=180), timedelta(days=365)


def answered(at):
    return correction(asked_at=at, answered_at=at, outcome="done")


@pytest.mark.parametrize(
    ("made", "ago"),
    [(answered, HALF_A_YEAR), (lambda at: correction(asked_at=at), A_YEAR)],
    ids=["answered", "open"],
)
@pytest.mark.parametrize("earlier", [INSTANT, timedelta()], ids=["not yet", "due"])
def test_a_suggestion_is_erased_when_its_time_is_over(made, ago, earlier):
    made(AT - ago + earlier)

    counts = erasure.erase(at=AT)

    assert counts["suggested corrections"] == (0 if earlier else 1)
    assert Correction.objects.count() == (1 if earlier else 0)


def test_what_was_answered_late_is_kept_no_longer_than_a_year():
    correction(asked_at=AT - A_YEAR, answered_at=AT, outcome="done")

    erasure.erase(at=AT)

    assert not Correction.objects.exists()


def test_what_the_log_says_of_it_goes_too():
    here = correction(asked_at=AT)
    gone = answered(AT - HALF_A_YEAR)
    kept = logged(here)
    logged(gone)

    erasure.erase(at=AT)

    assert list(LogEntry.objects.all()) == [kept]
