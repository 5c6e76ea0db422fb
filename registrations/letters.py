"""Letters in words: rendered wholly in one language, and handed to the mail server.

What a visitor typed is put on one line, and whatever a mail program would turn into
a link is broken up by spaces: an invisible sign would not do, since browsers leave
such signs out of an address.
"""

import email.utils
import logging
import re
import textwrap
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core import mail
from django.db import DatabaseError, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from modeltranslation.utils import resolution_order

from partnerships import dates
from registrations import choice, placeholders, questions, reminders, smtp
from registrations.models import (
    Delegation,
    Letter,
    LetterText,
    Participant,
    Question,
    SecondStage,
    Side,
)

logger = logging.getLogger(__name__)

WIDTH = 72
# In letters of these kinds the reason is written by staff, so it may hold a link.
REASON_OF_STAFF = frozenset(
    {
        Letter.Kind.APPROVED,
        Letter.Kind.DECLINED,
        Letter.Kind.REOPENED,
        Letter.Kind.OFFER_WITHDRAWN,
        Letter.Kind.REQUEST_GRANTED,
        Letter.Kind.REQUEST_REFUSED,
        Letter.Kind.WORKSHOPS,
    }
)
# The pages to which the links of some letters lead; all others lead to the status.
PAGES = {Letter.Kind.OFFER: "offer"}
# Signs that join the parts of an address: all that browsers read as a dot, and ":".
_JOINT = re.compile(r"([.:․。．｡：])(?=[^\s.])")
_AT = re.compile(r"\s*([@＠﹫])\s*")
_BREAKS = {"Cc", "Zl", "Zp"}
_OVERRIDES = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


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


def harmless(text: str) -> str:
    """What a visitor typed, on one line, and nothing in it can become a link."""
    kept = "".join(
        sign for sign in text if unicodedata.bidirectional(sign) not in _OVERRIDES
    )
    return _on_one_line(_AT.sub(r" \1 ", _JOINT.sub(r"\1 ", _on_one_line(kept))))


def _on_one_line(text: str) -> str:
    """Without breaks and double spaces; a wide space of Japanese stays one."""
    spaced = "".join(
        " " if unicodedata.category(sign) in _BREAKS else sign for sign in text
    )
    return " ".join(filter(None, spaced.split(" ")))


def preview(text: LetterText, side: Side) -> Mail:
    """What a text makes of a side's data; what is not known yet stands in brackets."""
    with translation.override(text.language):
        values = {
            name: value or f"[{placeholders.PLACEHOLDERS[name]}]"
            for name, value in _values(side, text, {}).items()
        }
        return _composed(text, {**values, "link": _("[personal link]")})


def rendered(letter: Letter, texts: list[LetterText] | None = None) -> Mail:
    """A letter as it would be kept if it were sent now; it makes no link.

    `texts`: those to choose from, where many letters are rendered at once.
    """
    text = _text_for(letter, texts)
    with translation.override(text.language):
        values = _values_of(letter, text)
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
            values = _values_of(letter, text)
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
    one_line = {name: _on_one_line(value) for name, value in values.items()}
    subject = placeholders.fill(text.subject, one_line)
    lines: list[str] = []
    for line in text.body.splitlines():
        if all(values.get(name, name) for name in placeholders.names(line)):
            for part in placeholders.fill(line, values).splitlines() or [""]:
                lines.extend(_wrapped(part))
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return Mail(_on_one_line(subject)[:300], body + "\n")


def _wrapped(line: str) -> list[str]:
    wrapped = textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False)
    return wrapped or [""]


def _values_of(letter, text: LetterText) -> dict[str, str]:
    values = _values(letter.side, text, letter.context)
    source = letter.participant.source if letter.participant else letter.side
    return {
        **values,
        "name": harmless(letter.reader_name),
        "own_contact": harmless(source.contact_and_town),
        "workshops": _workshops(letter),
    }


def _workshops(letter) -> str:
    """What each person has, a line for each session; only some letters tell it."""
    if "workshops" not in letter.context:
        return ""
    edition = letter.side.delegation.edition
    lines = choice.standing_in_words(edition, letter.context["workshops"])
    own = letter.participant_id is not None
    return "\n".join(
        f"- {line}" if own else f"- {harmless(person.full_name)}: {line}"
        for person, line in lines
    )


def _values(side: Side, text: LetterText, context: dict) -> dict[str, str]:
    """What the placeholders stand for, in the active language; the link is not here."""
    kind = text.kind
    delegation = side.delegation
    edition = delegation.edition
    is_kept = "position" in context
    position = context["position"] if is_kept else delegation.position
    reason = context.get("reason") or ""
    changes_until = edition.changes_until or edition.closes_at
    return {
        "name": harmless(side.contact_name),
        "conference": edition.title or f"{edition.series.title} {edition.year}",
        "days": dates.days(edition),
        "city": edition.city,
        "reference": delegation.reference,
        "delegation": harmless(delegation.names),
        "german_planned": str(delegation.german_side.planned),
        "partner_planned": str(delegation.partner_side.planned),
        "state": _state(context.get("state", delegation.state), position),
        "position": str(position or ""),
        **_offered(context, edition),
        "closes": _instant(edition.closes_at, edition),
        "changes_until": _instant(changes_until, edition),
        "reason": reason if kind in REASON_OF_STAFF else harmless(reason),
        "request": harmless(context.get("request", "")),
        "confirm": _asks_to_confirm(side),
        "missing": _tasks(side, kind),
        "contact": _contact(edition),
        "open_questions": _open_questions(side, text),
        "second_stage": _second_stage(delegation, text),
        "workshops": "",
        "choose_until": _instant(edition.choice_closes_at, edition),
        **_of_both_sides(delegation),
        "own_contact": harmless(side.contact_and_town),
    }


def _of_both_sides(delegation) -> dict[str, str]:
    """What one side may read of the other, and both of the conference."""
    german, partner = delegation.german_side, delegation.partner_side
    paid = delegation.edition.partner_paid
    return {
        "german_contact": harmless(german.contact_name),
        "german_town": harmless(str(german.town or "")),
        "partner_town": harmless(str(partner.town or "")),
        "partner_paid": "" if paid is None else str(paid),
        "privacy": settings.SITE_ADDRESS + reverse("conferences:privacy"),
    }


def _open_questions(side: Side, text: LetterText) -> str:
    """What the side still owes in the stage that its delegation has reached.

    It takes several queries, so only where the text asks for it.
    """
    if "open_questions" not in placeholders.names(text.body):
        return ""
    is_approved = side.delegation.state == Delegation.State.APPROVED
    stage = Question.Stage.SECOND if is_approved else Question.Stage.REGISTRATION
    missing = questions.sheet(side.delegation).missing(side, stage)
    return "\n".join(harmless(item.reminder) for item in missing)


def _second_stage(delegation: Delegation, text: LetterText) -> str:
    """What is due once a delegation is approved, asked for only where it is said."""
    if "second_stage" not in placeholders.names(text.body):
        return ""
    stage = SecondStage.objects.filter(edition=delegation.edition).first()
    if stage is None or delegation.state != Delegation.State.APPROVED:
        return ""
    asks = _("On the same page we now ask you about travel, stay and more.")
    if stage.answers_until is None:
        return asks
    until = _instant(stage.answers_until, delegation.edition)
    return asks + " " + _("Please answer by %(until)s.") % {"until": until}


def _state(state: str, position: int | None) -> str:
    if position:
        return _("on the waiting list, position %(position)d") % {"position": position}
    return str(Delegation.State(state).label)


def _asks_to_confirm(side) -> str:
    """Nothing where the address counts as confirmed, as one that staff entered does."""
    if side.confirmed_at is not None:
        return ""
    return _(
        "Please also confirm your e-mail address on your personal page. Only then can "
        "we approve your delegation."
    )


def _tasks(side, kind) -> str:
    """What the side owes now, one thing per line; only a reminder tells it."""
    found = reminders.tasks(side) if kind == Letter.Kind.REMINDER else []
    return "\n".join(f"- {harmless(task)}{until}" for task, until in found)


def _offered(context: dict, edition) -> dict[str, str]:
    """The figures of an offer, where the letter is about one."""
    until = context.get("expires_at")
    return {
        "offered_german": str(context.get("offered_german", "")),
        "offered_partner": str(context.get("offered_partner", "")),
        "answer_until": _instant(until and datetime.fromisoformat(until), edition),
    }


def _instant(at, edition) -> str:
    return dates.instant(at, edition.zone) if at else ""


def _contact(edition) -> str:
    """How to reach the organiser; where nobody is named, the site's page says it."""
    ways = [way for way in (edition.contact_email, edition.contact_phone) if way]
    return ", ".join(ways) or settings.SITE_ADDRESS + reverse("conferences:contact")
