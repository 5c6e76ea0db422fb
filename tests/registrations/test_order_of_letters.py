"""What one reader gets arrives in the order in which it was written."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from config import health
from registrations import letters
from registrations.models import Letter
from registrations.models.letter import PAUSES
from tests.factories import ParticipantFactory
from tests.postbox import fresh, taken_letter, written

pytestmark = pytest.mark.django_db


def another(letter, participant=None):
    """One more letter to the same side, or to one of its people."""
    return Letter.objects.write(
        letter.side, Letter.Kind.SUBMITTED, participant=participant
    )


def received(postbox):
    return [
        line.partition(b"<")[2].rstrip(b">").decode()
        for envelope in postbox.mails
        for line in envelope.content.splitlines()
        if line.lower().startswith(b"message-id:")
    ]


def test_letters_to_one_reader_arrive_as_they_were_written(postbox):
    first = written()
    rest = [another(first) for _number in range(9)]

    letters.send_due()

    assert received(postbox) == [letter.message_id for letter in (first, *rest)]


def test_nobody_takes_a_letter_while_the_one_before_is_being_sent():
    another(written())

    assert [taken_letter() is None, Letter.objects.take()] == [False, None]


@pytest.mark.parametrize("state", [Letter.State.FAILED, Letter.State.IN_DOUBT])
def test_what_waits_for_staff_holds_nothing_back(postbox, state):
    first = written()
    Letter.objects.update(state=state)
    second = another(first)

    letters.send_due()

    assert received(postbox) == [second.message_id]


def test_a_letter_that_must_wait_holds_no_other_reader_back(postbox):
    waits = written()
    person = ParticipantFactory(side=waits.side, email="person@example.org")
    others = [another(waits, person), written()]
    Letter.objects.filter(pk=waits.pk).update(due_at=timezone.now() + PAUSES[0])

    letters.send_due()

    assert {*received(postbox)} == {letter.message_id for letter in others}


def test_what_stands_behind_a_letter_that_must_wait_waits_with_it(postbox):
    postbox.at_recipient = lambda server, address: "451 try later"
    first = written()
    second = another(first)
    Letter.objects.update(due_at=timezone.now() - timedelta(hours=1))

    letters.send_due()

    assert (fresh(second).due_at, fresh(second).attempts) == (fresh(first).due_at, 0)
    assert health.letters() == {"ok": True, "late_minutes": 0}


def test_a_letter_behind_one_that_waits_is_not_late():
    first = written()
    another(first)
    Letter.objects.update(due_at=timezone.now() - timedelta(hours=1))
    Letter.objects.filter(pk=first.pk).update(due_at=timezone.now() + PAUSES[0])

    assert health.letters()["late_minutes"] == 0


def test_a_new_letter_has_those_before_it_tried_again(postbox):
    first = written()
    later = timezone.now() + timedelta(days=1)
    Letter.objects.update(due_at=later, attempts=len(PAUSES))
    second = another(first)

    letters.send_due()

    assert received(postbox) == [first.message_id, second.message_id]
    assert fresh(first).attempts == 0


def test_a_new_letter_hurries_no_other_reader():
    other = written()
    later = timezone.now() + timedelta(days=1)
    Letter.objects.update(due_at=later)
    written()

    assert fresh(other).due_at == later


@pytest.mark.parametrize("state", [Letter.State.SENDING, Letter.State.SENT])
def test_a_new_letter_leaves_alone_what_does_not_wait(state):
    first = written()
    Letter.objects.update(state=state, attempts=2)
    another(first)

    assert (fresh(first).due_at, fresh(first).attempts) == (first.due_at, 2)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_who_writes_a_letter_does_not_wait_for_the_worker_that_has_one():
    first = written()
    Letter.objects.update(due_at=timezone.now() + PAUSES[0], attempts=1)

    def write():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        another(first)
        connection.close()

    with transaction.atomic():
        Letter.objects.select_for_update().get(pk=first.pk)
        writer = threading.Thread(target=write)
        writer.start()
        writer.join()

    assert Letter.objects.count() == 2
    assert fresh(first).attempts == 1
