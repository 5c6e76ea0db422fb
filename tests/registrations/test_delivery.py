"""What a mail server gets from us, and what its answers mean."""

import email
import email.header
import email.utils
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations import letters
from registrations.models import Letter, PersonalLink, Side
from registrations.models.letter import PAUSES
from tests.postbox import free_port, fresh, hang_up, written

pytestmark = pytest.mark.django_db


def test_headers_say_who_what_and_which_language(postbox):
    letter = written()

    letters.send_due()

    message = postbox.message()
    assert {name: message[name] for name in message if name != "Date"} == {
        "Content-Type": 'text/plain; charset="utf-8"',
        "MIME-Version": "1.0",
        "Content-Transfer-Encoding": message["Content-Transfer-Encoding"],
        "Subject": "Betreff",
        "From": "Konferenzen <post@example.org>",
        "To": "Erika Muster <erika.muster@example.org>",
        "Reply-To": "organisation@example.org",
        "Message-ID": f"<{letter.message_id}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "de",
    }
    assert letter.message_id.endswith("@example.org")
    assert message.get_content() == "Guten Tag Erika Muster\r\n"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Erika\r\nBcc: evil@evil.example", "Erika Bcc: evil @ evil. example"),
        ('"Erika" <x@evil.example>,', '"Erika" <x @ evil. example>,'),
        ("Nguyễn Thị, " + "Minh" * 47, "Nguyễn Thị, " + "Minh" * 47),
        ("እሌኒ ገብረመድህን", "እሌኒ ገብረመድህን"),
        ("\\", "\\"),
    ],
)
def test_a_name_stays_a_name_in_the_head_of_a_mail(postbox, name, shown):
    written(contact_name=name)

    letters.send_due()

    [envelope] = postbox.mails
    message = email.message_from_bytes(envelope.content)
    encoded, address = email.utils.parseaddr(message["To"])
    to = str(email.header.make_header(email.header.decode_header(encoded)))
    assert (to, address) == (shown, "erika.muster@example.org")
    assert message["Bcc"] is None


def test_the_link_in_the_mail_opens_the_side(postbox):
    letter = written(body="{link}")

    letters.send_due()

    address = postbox.message().get_content().strip()
    [token] = re.findall(r"^https://example\.org/de/[^/]+/([\w-]{32})/$", address)
    assert Side.objects.opened_by(token).get() == letter.side
    assert PersonalLink.objects.opened_by(token).confirming().exists()


def test_who_follows_the_link_in_the_mail_confirms_the_address(postbox, client):
    letter = written(body="{link}", confirmed_at=None)
    letters.send_due()
    token = postbox.message().get_content().strip().split("/")[-2]

    client.post(reverse("registrations:confirm", args=[token]))

    assert Side.objects.get(pk=letter.side_id).confirmed_at is not None


def test_the_copy_that_is_kept_holds_no_key(postbox):
    letter = written(body="{link}")

    letters.send_due()

    assert fresh(letter).body == "[persönlicher Link]\n"


def test_a_letter_without_a_link_makes_none(postbox):
    written()

    letters.send_due()

    assert PersonalLink.objects.count() == 0


def test_a_server_that_is_busy_is_asked_again_after_a_growing_pause(postbox):
    postbox.at_recipient = lambda server, address: "451 try later"
    letter = written(body="{link}")
    before = timezone.now()

    letters.send_due()

    tried = fresh(letter)
    assert (tried.state, tried.attempts, tried.error) == (
        Letter.State.QUEUED,
        1,
        "451 try later",
    )
    assert before + PAUSES[0] <= tried.due_at <= timezone.now() + PAUSES[0]
    assert PersonalLink.objects.count() == 0


def test_a_letter_that_failed_as_often_as_it_may_is_for_staff(postbox):
    postbox.at_recipient = lambda server, address: "451 try later"
    letter = written()
    Letter.objects.update(attempts=len(PAUSES))

    letters.send_due()

    assert fresh(letter).state == Letter.State.FAILED


def test_a_letter_that_was_busy_goes_out_when_the_server_is_ready(postbox):
    postbox.at_recipient = lambda server, address: "451 try later"
    letter = written()
    letters.send_due()
    postbox.at_recipient = lambda server, address: "250 OK"
    Letter.objects.update(due_at=timezone.now())

    letters.send_due()

    assert (len(postbox.mails), fresh(letter).state) == (1, Letter.State.SENT)


@pytest.mark.parametrize("step", ["at_recipient", "at_data"])
def test_a_server_that_refuses_for_good_is_not_asked_again(postbox, step):
    setattr(postbox, step, lambda *_arguments: "550 no such user")
    letter = written()

    letters.send_due()

    failed = fresh(letter)
    assert (failed.state, failed.error) == (Letter.State.FAILED, "550 no such user")


def test_a_busy_answer_to_the_whole_mail_is_tried_again(postbox):
    postbox.at_data = lambda server: "452 no room"
    letter = written()

    letters.send_due()

    assert fresh(letter).state == Letter.State.QUEUED


def test_a_server_that_is_down_is_tried_again(postbox, settings):
    settings.EMAIL_PORT = free_port()
    letter = written(body="{link}")

    letters.send_due()

    tried = fresh(letter)
    assert (tried.state, tried.attempts) == (Letter.State.QUEUED, 1)
    assert tried.error.startswith("ConnectionRefusedError")
    assert PersonalLink.objects.count() == 0


def test_a_line_that_dies_before_the_mail_was_handed_over_is_tried_again(postbox):
    postbox.at_recipient = hang_up
    letter = written()

    letters.send_due()

    assert fresh(letter).state == Letter.State.QUEUED


def test_a_line_that_dies_after_the_mail_was_handed_over_leaves_it_in_doubt(postbox):
    postbox.at_data = hang_up
    letter = written(body="{link}")

    letters.send_due()
    letters.send_due()

    doubted = fresh(letter)
    assert doubted.state == Letter.State.IN_DOUBT
    assert doubted.error.startswith("SMTPServerDisconnected")
    assert postbox.steps == ["RCPT"]
    assert PersonalLink.objects.count() == 1


def test_an_answer_that_says_neither_yes_nor_no_leaves_it_in_doubt(postbox):
    postbox.at_data = lambda server: "299 hm"
    letter = written()

    letters.send_due()

    assert fresh(letter).state == Letter.State.IN_DOUBT


def test_in_development_each_letter_is_a_file_of_its_own(settings, tmp_path):
    settings.EMAIL_BACKEND = "registrations.mailfolder.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mails"
    keys = {f"<{written().message_id}>" for _number in range(5)}

    letters.send_due()

    files = [email.message_from_bytes(f.read_bytes()) for f in tmp_path.rglob("*.eml")]
    assert (len(files), {message["Message-ID"] for message in files}) == (5, keys)
