"""A real mail server for tests, and letters to be sent through it."""

import email
import email.policy
import socket
from contextlib import contextmanager

from aiosmtpd.controller import Controller

from registrations.models import Letter, LetterText
from tests.factories import DelegationFactory


class Postbox:
    """A mail server's mind: what it received, and what it answers at each step."""

    def __init__(self):
        self.mails = []
        self.steps = []
        self.at_recipient = lambda server, address: "250 OK"
        self.at_data = lambda server: "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.steps.append("RCPT")
        answer = self.at_recipient(server, address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        answer = self.at_data(server)
        if answer.startswith("250"):
            self.mails.append(envelope)
        return answer

    def message(self):
        [envelope] = self.mails
        return email.message_from_bytes(envelope.content, policy=email.policy.default)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def listening(settings):
    """Our letters go to a server of this machine, and nowhere else."""
    settings.EMAIL_BACKEND = "registrations.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.DEFAULT_FROM_EMAIL = "Konferenzen <post@example.org>"
    settings.SITE_ADDRESS = "https://example.org"
    box = Postbox()
    controller = Controller(box, settings.EMAIL_HOST, settings.EMAIL_PORT)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def hang_up(server, *_arguments):
    """The line goes dead in the middle of a conversation."""
    server.transport.abort()
    return "250 OK"


def written(kind=Letter.Kind.SUBMITTED, *, body="Guten Tag {name}", **contact):
    LetterText.objects.get_or_create(
        kind=kind, language="de", defaults={"subject": "Betreff", "body": body}
    )
    values = {f"german__{name}": value for name, value in contact.items()}
    return Letter.objects.write(DelegationFactory(**values).german_side, kind)


def taken_letter():
    """The due letter, as a worker has it in hand."""
    letter = Letter.objects.take()
    assert letter is not None
    return letter


def fresh(letter):
    return Letter.objects.get(pk=letter.pk)
