"""What the placeholders of a letter stand for, in the language of its reader."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships import dates
from registrations import choice, placeholders, questions, reminders
from registrations.harmless import harmless
from registrations.models import (
    Delegation,
    Letter,
    LetterText,
    Question,
    SecondStage,
    Side,
)

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


def of_letter(letter, text: LetterText) -> dict[str, str]:
    values = of_side(letter.side, text, letter.context)
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


def of_side(side: Side, text: LetterText, context: dict) -> dict[str, str]:
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
