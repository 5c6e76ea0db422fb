"""Letters in words: rendered wholly in one language, and handed to the mail server."""

import email.utils
import logging
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core import mail
from django.db import DatabaseError, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from modeltranslation.utils import resolution_order

from registrations import letter_values, placeholders, reminders, smtp
from registrations.harmless import harmless, on_one_line
from registrations.models import (
    Letter,
    LetterText,
    Participant,
    Side,
)

logger = logging.getLogger(__name__)

WIDTH = 72
# The pages to which the links of some letters lead; all others lead to the status.
PAGES = {Letter.Kind.OFFER: "offer"}


@dataclass(frozen=True)
class Mail:
    """What stands in a letter, as people read it."""

    subject: str
    body: str


class NoText(LookupError):
    """There are no words for this kind of letter in any language of the reader."""


@dataclass(frozen=True)
class _Ready:
    """A letter that may go out now: as it is sent, as it is kept, and its link."""

    message: mail.EmailMessage
    kept: Mail
    to: str
    token: str


def preview(text: LetterText, side: Side) -> Mail:
    """What a text makes of a side's data; what is not known yet stands in brackets."""
    with translation.override(text.language):
        values = {
            name: value or f"[{placeholders.PLACEHOLDERS[name]}]"
            for name, value in letter_values.of_side(side, text, {}).items()
        }
        return _composed(text, {**values, "link": _("[personal link]")})


def rendered(letter: Letter, texts: list[LetterText] | None = None) -> Mail:
    """A letter as it would be kept if it were sent now; it makes no link.

    `texts`: those to choose from, where many letters are rendered at once.
    """
    text = _text_for(letter, texts)
    with translation.override(text.language):
        values = letter_values.of_letter(letter, text)
        return _composed(text, {**values, "link": _("[personal link]")})


def send_due(stop: Callable[[], bool] = lambda: False) -> int:
    """Send what is due, one after the other, until nothing is or `stop` says so."""
    Letter.objects.give_up_ended_leases()
    count = 0
    while not stop() and (letter := Letter.objects.take()):
        send(letter)
        count += 1
    return count


def send(letter: Letter) -> None:
    """Hand a letter that was taken to the mail server, and note how that ended.

    No lock is held meanwhile. A letter that is gone, or was given up, sends nothing.
    """
    try:
        ready = _made_ready(letter)
    except Exception as error:
        # Whatever is wrong with one letter must not keep the others back.
        named = f"{type(error).__name__}: {error}"[:500]
        _failed(letter, named, for_good=not isinstance(error, DatabaseError))
        return
    if ready is None:
        return
    try:
        smtp.deliver(ready.message)
    except smtp.AcceptanceUnknown as error:
        letter.mark_in_doubt(str(error))
        logger.warning("letter %s (%s) is in doubt", letter.pk, letter.kind)
    except smtp.NotDelivered as error:
        _links_of(letter).opened_by(ready.token).delete()
        _failed(letter, error, for_good=error.for_good)
    else:
        letter.mark_sent(to=ready.to, subject=ready.kept.subject, body=ready.kept.body)
        logger.info("letter %s (%s) was sent", letter.pk, letter.kind)


def _made_ready(letter: Letter) -> _Ready | None:
    """Render it, with a link made now; None where the letter is not mine any more.

    The side is locked: whoever changes its address waits and then revokes the link,
    or was first, and the link goes to the new address.
    """
    with transaction.atomic():
        if not letter.still_mine().select_for_update().exists():
            return None
        side = (
            Side.objects.select_for_update(of=("self",))
            .select_related("delegation__edition__series__region")
            .get(pk=letter.side_id)
        )
        letter.side = side
        if letter.participant_id:
            people = Participant.objects.select_for_update()
            letter.participant = people.get(pk=letter.participant_id)
            letter.participant.side = side
        if not letter.reader_email:
            raise NoText(_("This side has no e-mail address."))
        if reminders.is_pointless(letter):
            letter.delete()
            return None
        kept = rendered(letter)
        text = _text_for(letter)
        token = ""
        if "link" in placeholders.names(text.body):
            token = letter.mint_link()
        with translation.override(text.language):
            values = letter_values.of_letter(letter, text)
            sent = _composed(text, {**values, "link": _address(letter, token)})
    message = _message(letter, sent, text.language)
    return _Ready(message, kept, letter.reader_email, token)


def _links_of(letter):
    return letter.participant.links if letter.participant else letter.side.links


def _address(letter, token) -> str:
    if not token:
        return ""
    with translation.override(letter.language):
        own = "own-page" if letter.participant else "delegation"
        page = PAGES.get(letter.kind, own)
        path = reverse(f"registrations:{page}", args=[token])
    return settings.SITE_ADDRESS + path


def _message(letter, sent: Mail, language) -> mail.EmailMessage:
    name, address = email.utils.quote(harmless(letter.reader_name)), letter.reader_email
    headers = {
        "To": f'"{name}" <{address}>' if name else address,
        "Message-ID": f"<{letter.message_id}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": language,
    }
    organiser = letter.side.delegation.edition.contact_email
    return mail.EmailMessage(
        sent.subject,
        sent.body,
        to=[address],
        reply_to=[organiser] if organiser else None,
        headers=headers,
    )


def _failed(letter, error, *, for_good) -> None:
    letter.mark_failed(str(error), for_good=for_good)
    logger.warning("letter %s (%s) was not sent", letter.pk, letter.kind)


def texts_of(edition_id: int, *kinds: str) -> list[LetterText]:
    """The edition's own words of these kinds first, then the general ones."""
    texts = LetterText.objects.filter(
        Q(edition=edition_id) | Q(edition=None), kind__in=kinds
    )
    return list(texts.order_by(F("edition_id").asc(nulls_last=True)))


def _text_for(letter, texts=None) -> LetterText:
    """The edition's own words, else the general ones; else in a language near by."""
    if texts is None:
        texts = texts_of(letter.side.delegation.edition_id, letter.kind)
    for language in resolution_order(letter.language):
        for text in texts:
            if (text.kind, text.language) == (letter.kind, language):
                return text
    raise NoText(_("There is no text for this kind of letter."))


def _composed(text: LetterText, values: dict[str, str]) -> Mail:
    """Fill and wrap. A line with a placeholder that has no value is left out."""
    one_line = {name: on_one_line(value) for name, value in values.items()}
    subject = placeholders.fill(text.subject, one_line)
    lines: list[str] = []
    for line in text.body.splitlines():
        if all(values.get(name, name) for name in placeholders.names(line)):
            for part in placeholders.fill(line, values).splitlines() or [""]:
                lines.extend(_wrapped(part))
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return Mail(on_one_line(subject)[:300], body + "\n")


def _wrapped(line: str) -> list[str]:
    wrapped = textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False)
    return wrapped or [""]
