"""The way to the mail server, which tells apart what failed and what is in doubt."""

import logging
import smtplib

from django.core import mail
from django.core.mail.backends import smtp

logger = logging.getLogger(__name__)


class AcceptanceUnknown(Exception):
    """The mail was handed over, and no answer came that says what became of it."""


class NotDelivered(Exception):
    """The mail did certainly not go out; `for_good`: another attempt would fail too."""

    def __init__(self, words: str, *, for_good: bool):
        self.for_good = for_good
        super().__init__(words[:500].replace("\0", ""))


class _Plain(smtplib.SMTP):
    def data(self, msg):
        """From the word DATA on, only a clear yes or no is an answer."""
        try:
            code, reply = super().data(msg)
        except smtplib.SMTPDataError:
            raise
        except OSError as error:
            raise AcceptanceUnknown(_named(error)) from error
        if code != 250 and not 400 <= code < 600:
            raise AcceptanceUnknown(f"{code} {reply!r}")
        return code, reply


class _Encrypted(_Plain, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """Django's own, with a conversation that knows from when on it is in doubt."""

    @property
    def connection_class(self):
        return _Encrypted if self.use_ssl else _Plain


def deliver(message: mail.EmailMessage) -> None:
    """Hand a mail to the server. Raises NotDelivered or AcceptanceUnknown.

    Whatever goes wrong before the server listens says nothing about this mail, so it
    is worth another attempt; afterwards an answer of 5.. is final.
    """
    connection = mail.get_connection()
    try:
        connection.open()
    except Exception as error:
        raise NotDelivered(_named(error), for_good=False) from error
    try:
        connection.send_messages([message])
    except AcceptanceUnknown:
        raise
    except smtplib.SMTPRecipientsRefused as error:
        [(code, answer)] = error.recipients.values()
        raise _refused(code, answer) from error
    except smtplib.SMTPResponseException as error:
        raise _refused(error.smtp_code, error.smtp_error) from error
    except Exception as error:
        for_good = not isinstance(error, OSError)
        raise NotDelivered(_named(error), for_good=for_good) from error
    finally:
        _close(connection)


def _refused(code: int, answer: bytes | str) -> NotDelivered:
    said = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return NotDelivered(f"{code} {said}", for_good=500 <= code < 600)


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _close(connection) -> None:
    try:
        connection.close()
    except OSError:
        # The mail's fate is known by now; a rude goodbye does not change it.
        logger.info("the mail server ended without a goodbye")
