"""The closed list of what a letter's text may name in braces, and how it is filled.

A text is never a format string or a template: only these words are replaced, so
neither staff nor a visitor's name can reach anything else.
"""

import re

from django.utils.translation import gettext_lazy as _

WORD = re.compile(r"\{([^{}]*)\}")

PLACEHOLDERS = {
    "name": _("full name of the contact who gets the letter"),
    "conference": _("name of the conference"),
    "days": _("days of the conference"),
    "city": _("city of the conference"),
    "reference": _("reference of the delegation"),
    "delegation": _("municipality, and partner municipality if there is one"),
    "german_planned": _("number of people of the German side"),
    "partner_planned": _("number of people of the partner side"),
    "state": _("state of the registration, in words"),
    "position": _("position on the waiting list"),
    "offered_german": _("number of German places that the offer holds"),
    "offered_partner": _("number of the partner's places that the offer holds"),
    "answer_until": _("until when the offer can be answered"),
    "closes": _("when registration closes"),
    "changes_until": _("until when people can be changed"),
    "reason": _("reason that staff gave"),
    "request": _("request that staff answered, in the words of who asked"),
    "missing": _("what the side still owes, one thing per line; in reminders only"),
    "confirm": _("asks to confirm the address; left out once that is done"),
    "open_questions": _("questions that the side must still answer, a line each"),
    "second_stage": _("asks for travel, stay and more, where the conference does"),
    "choose_until": _("until when workshops can be chosen"),
    "workshops": _("places in workshops, a line each; only in letters about them"),
    "link": _("personal link, made when the letter is sent"),
    "contact": _("how to reach the organiser"),
    "own_contact": _("who registered a person: full name and municipality"),
    "german_contact": _("full name of the German contact"),
    "german_town": _("German municipality"),
    "partner_town": _("partner municipality"),
    "partner_paid": _("number of people of the partner whose travel is paid"),
    "privacy": _("address of the privacy notice"),
}


def names(text: str) -> set[str]:
    """The words that stand in braces, placeholders or not."""
    return set(WORD.findall(text))


def fill(text: str, values: dict[str, str]) -> str:
    """Replace placeholders by their values, in one go; the unknown stays as it is."""
    return WORD.sub(lambda found: values.get(found[1], found[0]), text)
