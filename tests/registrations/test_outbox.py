"""The outbox: each letter goes to one worker, once, and none gets lost."""

import email
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from registrations import letters
from registrations.models import Letter, LetterText, PersonalLink, Side
from registrations.models.letter import LEASE
from tests.postbox import fresh, taken_letter, written

pytestmark = pytest.mark.django_db


def test_a_due_letter_is_sent_once(postbox):
    letter = written()

    call_command("send_letters", once=True)
    call_command("send_letters", once=True)

    assert [envelope.rcpt_tos for envelope in postbox.mails] == [
        ["erika.muster@example.org"]
    ]
    kept = fresh(letter)
    assert (kept.state, kept.sent_to, kept.subject, kept.body, kept.error) == (
        Letter.State.SENT,
        "erika.muster@example.org",
        "Betreff",
        "Guten Tag Erika Muster\n",
        "",
    )


def test_a_letter_that_is_not_due_yet_stays(postbox):
    letter = written()
    Letter.objects.update(due_at=timezone.now() + timedelta(hours=1))

    letters.send_due()

    assert (postbox.mails, fresh(letter).state) == ([], Letter.State.QUEUED)


def test_a_letter_follows_the_contact_to_a_new_address(postbox):
    written()
    taken = taken_letter()
    assert taken.side.contact_email == "erika.muster@example.org"
    Side.objects.filter(pk=taken.side_id).update(contact_email="new@example.org")

    letters.send(taken)

    assert postbox.mails[0].rcpt_tos == ["new@example.org"]


def test_a_lease_that_ended_while_sending_leaves_it_in_doubt(postbox):
    letter = written()
    Letter.objects.update(due_at=timezone.now() - timedelta(days=1))
    Letter.objects.take(at=timezone.now() - LEASE - timedelta(seconds=1))

    letters.send_due()

    assert (postbox.mails, fresh(letter).state) == ([], Letter.State.IN_DOUBT)


def test_a_lease_that_runs_is_left_to_its_worker(postbox):
    letter = written()
    Letter.objects.take()

    letters.send_due()

    assert (postbox.mails, fresh(letter).state) == ([], Letter.State.SENDING)


@pytest.mark.parametrize(
    ("after_lease", "given_up"),
    [(timedelta(0), 0), (timedelta(microseconds=1), 1)],
    ids=["last instant", "after it"],
)
def test_a_lease_lasts_as_long_as_it_says(after_lease, given_up):
    written()
    taken = taken_letter()

    assert (
        Letter.objects.give_up_ended_leases(taken.lease_until + after_lease) == given_up
    )


def test_one_bad_letter_does_not_keep_the_others_back(postbox):
    bad = written(contact_email="")
    textless = written(Letter.Kind.WAITING)
    LetterText.objects.filter(kind=Letter.Kind.WAITING).delete()
    good = written()

    letters.send_due()

    found = {letter.pk: letter for letter in Letter.objects.all()}
    assert {key: letter.state for key, letter in found.items()} == {
        bad.pk: Letter.State.FAILED,
        textless.pk: Letter.State.FAILED,
        good.pk: Letter.State.SENT,
    }
    assert found[bad.pk].error == "NoText: This side has no e-mail address."
    assert found[textless.pk].error == (
        "NoText: There is no text for this kind of letter."
    )


def test_a_letter_that_is_gone_between_taking_and_sending_sends_nothing(postbox):
    letter = written(body="{link}")
    taken = taken_letter()
    letter.side.delegation.delete()

    letters.send(taken)

    assert (postbox.mails, PersonalLink.objects.count()) == ([], 0)


def test_a_letter_that_was_given_up_between_taking_and_sending_sends_nothing(postbox):
    letter = written(body="{link}")
    taken = taken_letter()
    Letter.objects.give_up_ended_leases(taken.lease_until + timedelta(seconds=1))

    letters.send(taken)

    assert (postbox.mails, fresh(letter).state) == ([], Letter.State.IN_DOUBT)


def test_taking_gives_each_letter_once():
    written()

    taken = [Letter.objects.take(), Letter.objects.take()]

    assert [letter is None for letter in taken] == [False, True]


def test_a_letter_that_another_worker_took_a_moment_before_is_not_taken():
    written()

    def other_worker_is_faster(execute, sql, *rest):
        result = execute(sql, *rest)
        if "RAND" in sql:
            Letter.objects.update(state=Letter.State.SENDING)
        return result

    with connection.execute_wrapper(other_worker_is_faster):
        taken = Letter.objects.take()

    assert taken is None


def test_staff_send_a_letter_in_doubt_again(postbox):
    letter = written()
    Letter.objects.update(state=Letter.State.IN_DOUBT, attempts=3)

    letter.send_again()
    letters.send_due()

    assert (len(postbox.mails), fresh(letter).state) == (1, Letter.State.SENT)


@pytest.mark.parametrize(
    "state", [Letter.State.SENT, Letter.State.SENDING, Letter.State.QUEUED]
)
def test_only_what_failed_or_is_in_doubt_is_sent_again(state):
    letter = written()
    Letter.objects.update(state=state)

    assert (letter.send_again(), fresh(letter).state) == (False, state)


def test_a_worker_that_is_told_to_stop_takes_no_further_letter(postbox):
    first, second = written(), written()

    count = letters.send_due(stop=lambda: bool(postbox.mails))

    assert (count, len(postbox.mails)) == (1, 1)
    assert {fresh(first).state, fresh(second).state} == {
        Letter.State.SENT,
        Letter.State.QUEUED,
    }


def test_what_is_logged_names_nobody(postbox, caplog):
    caplog.set_level("DEBUG", logger="registrations")
    postbox.at_recipient = lambda server, address: f"550 {address} is unknown"
    letter = written()

    letters.send_due()

    assert [record.getMessage() for record in caplog.records] == [
        f"letter {letter.pk} (submitted) was not sent"
    ]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_letter_once(postbox):
    keys = {written().message_id for _number in range(30)}
    start = threading.Barrier(2)

    def work():
        start.wait()
        letters.send_due()
        connection.close()

    workers = [threading.Thread(target=work) for _number in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    sent = [
        email.message_from_bytes(envelope.content)["Message-ID"].strip("<>")
        for envelope in postbox.mails
    ]
    assert (len(sent), set(sent)) == (30, keys)
