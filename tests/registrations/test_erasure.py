"""What is known about people goes when its time has come."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.management import call_command

from registrations import erasure
from registrations.models import (
    Delegation,
    HistoryEntry,
    Letter,
    Participant,
    PersonalLink,
    Request,
    Side,
)
from tests.factories import (
    DelegationFactory,
    EditionFactory,
)
from tests.people import (
    ADMISSION,
    AT,
    INSTANT,
    draft,
    everything_about,
    logged,
    long_over,
)

pytestmark = pytest.mark.django_db


def rows_about(delegation):
    """How many rows of each kind belong to a delegation."""
    theirs = {"side__delegation": delegation.pk}
    return {
        model.__name__: model.objects.filter(**theirs).count()
        for model in (Participant, PersonalLink, Letter, Request)
    } | {
        model.__name__: model.objects.filter(delegation=delegation.pk).count()
        for model in (Side, HistoryEntry)
    }


@pytest.mark.parametrize(
    ("idle", "left"),
    [(timedelta(days=30) - INSTANT, 1), (timedelta(days=30), 0)],
    ids=["last instant", "thirty days"],
)
def test_a_draft_goes_when_nobody_saved_it_for_thirty_days(idle, left):
    draft(saved_at=AT - idle)

    erasure.erase(at=AT)

    assert Delegation.objects.count() == left


def test_a_draft_goes_with_all_that_belongs_to_it():
    delegation = draft()
    before = rows_about(delegation)

    erasure.erase(at=AT)

    assert before == {
        "Participant": 1,
        "PersonalLink": 1,
        "Letter": 1,
        "Request": 0,
        "Side": 2,
        "HistoryEntry": 1,
    }
    assert rows_about(delegation) == dict.fromkeys(before, 0)


@pytest.mark.parametrize(
    "state", [state for state in Delegation.State if state != Delegation.State.DRAFT]
)
def test_only_drafts_go_before_the_conference(state):
    draft(state=state, queue_number=1)

    erasure.erase(at=AT)

    assert Delegation.objects.get().german_side.contact_name == "Erika Muster"


def test_a_draft_with_an_open_request_stays():
    side = draft().german_side
    Request.objects.create(side=side, text="Bitte", **ADMISSION)

    erasure.erase(at=AT)

    assert Delegation.objects.count() == 1


@pytest.mark.parametrize(
    ("answered", "left"),
    [(timedelta(days=30) - INSTANT, 1), (timedelta(days=30), 0)],
    ids=["last instant", "thirty days"],
)
def test_a_draft_stays_for_thirty_days_after_the_answer_to_its_request(answered, left):
    side = draft().german_side
    Request.objects.create(
        side=side, text="Bitte", granted=True, answered_at=AT - answered, **ADMISSION
    )

    erasure.erase(at=AT)

    assert Delegation.objects.count() == left


def test_a_draft_with_a_letter_under_way_waits_for_the_next_run():
    draft()
    Letter.objects.update(state=Letter.State.SENDING)
    counted = erasure.erase(at=AT)["drafts"]
    kept = Delegation.objects.count()
    Letter.objects.update(state=Letter.State.SENT)

    erasure.erase(at=AT)

    assert (counted, kept, Delegation.objects.count()) == (0, 1, 0)


@pytest.mark.parametrize(
    ("expires", "left"), [(AT, 0), (AT + INSTANT, 1)], ids=["expired", "still open"]
)
def test_a_link_goes_when_it_expires(expires, left):
    delegation = DelegationFactory(saved_at=AT)
    delegation.german_side.mint_link()
    PersonalLink.objects.update(expires_at=expires)

    erasure.erase(at=AT)

    assert PersonalLink.objects.count() == left


def test_a_session_goes_when_it_expires():
    for number, expires in enumerate([AT, AT + INSTANT]):
        Session.objects.create(session_key=str(number), expire_date=expires)

    erasure.erase(at=AT)

    assert list(Session.objects.values_list("session_key", flat=True)) == ["1"]


def test_the_log_of_the_admin_forgets_who_is_gone():
    gone, here = draft(), draft(saved_at=AT)
    logged(gone.german_side)
    logged(gone.german_side.participants.get())
    kept = logged(here.german_side)
    of_a_town = logged(here.german_municipality)

    erasure.erase(at=AT)

    assert set(LogEntry.objects.all()) == {kept, of_a_town}


def test_erasing_again_finds_nothing_more():
    draft()
    everything_about(long_over())
    erasure.erase(at=AT)

    counts = erasure.erase(at=AT)

    assert (counts.total(), len(counts)) == (0, 11)


def test_a_dry_run_counts_what_is_due_without_erasing_it(capsys):
    delegation = draft(saved_at=datetime(2020, 1, 1, tzinfo=UTC))
    everything_about(EditionFactory(year=2020, starts_on=None, ends_on=None))
    before = rows_about(delegation)

    call_command("erase", dry_run=True)

    assert rows_about(delegation) == before
    assert capsys.readouterr().out.splitlines() == [
        "drafts: 1 due",
        "delegations of past conferences: 1 due",
        "answers with a day of their own: 0 due",
        "diet and accessibility: 1 due",
        "data for visas: 1 due",
        "expired links: 0 due",
        "suggested corrections: 0 due",
        "expired sessions: 0 due",
        "wrong passwords: 0 due",
        "traces in the log of the admin: 0 due",
        "throttles of past days: 0 due",
        "who asked for it: 0 due",
    ]


def test_the_command_says_what_it_erased(capsys):
    draft(saved_at=datetime(2020, 1, 1, tzinfo=UTC))

    call_command("erase")

    assert capsys.readouterr().out.splitlines()[0] == "drafts: 1 erased"
