"""The things that a delegation can owe, each found by a function of its own.

Ask `missing`, which knows them all. Whatever else can be missing is one more function
in SOURCES.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations import questions
from registrations.models.question import Question
from registrations.models.second_stage import SecondStage, VisaData


class What(TextChoices):
    """The kinds of things that can be missing, as rules of reminders name them."""

    CONFIRMATION = "confirmation", gettext_lazy("confirmation of the e-mail address")
    PARTNER_CONTACT = "partner_contact", gettext_lazy("contact of the partner")
    ANSWER = "answer", gettext_lazy("answer of the partner whether it comes")
    NAMES = "names", gettext_lazy("names that follow")
    ADMINISTRATION = "administration", gettext_lazy("person from the administration")
    QUESTIONS = "questions", gettext_lazy("answers to questions of the conference")
    VISA = "visa", gettext_lazy("data for the visa letter")


# By the stage, and whether they are about a person.
PAGES_OF_QUESTIONS = {
    (Question.Stage.REGISTRATION, False): "questions",
    (Question.Stage.REGISTRATION, True): "person-questions",
    (Question.Stage.SECOND, False): "second-questions",
    (Question.Stage.SECOND, True): "second-person",
}
PAGES_OF_PERSONS = {"person-questions", "second-person", "visa"}


@dataclass(frozen=True)
class Missing:
    """One thing that is missing, said in the language that is active now.

    Both sides read `words`, so they hold no answer and no address; only the side that
    owes it reads `task`. `page` is the name of the page under its personal link that
    mends it, or, with a `fragment`, the place of it on the status page.
    """

    what: str
    side: Any  # about whom
    by: Any  # the side that owes it
    until: datetime | None
    words: str
    task: str
    page: str = "delegation"
    fragment: str = ""
    person: Any = None  # of that side; None: about the side as a whole

    @property
    def is_overdue(self) -> bool:
        """The minute that is shown is included."""
        last = self.until
        return last is not None and timezone.now() >= last + timedelta(minutes=1)


def last_day_for_changes(edition) -> datetime | None:
    """Until when both sides can mend things without asking."""
    return edition.changes_until or edition.closes_at


def confirmations(sides) -> Iterator[Missing]:
    """The contact has not shown that the address is theirs; partners answer first."""
    for side in sides:
        is_asked = side.is_german or (side.invited_at and side.answer)
        if is_asked and side.confirmed_at is None:
            yield Missing(
                What.CONFIRMATION,
                side,
                side,
                last_day_for_changes(side.delegation.edition),
                _("The e-mail address is not confirmed."),
                _("Confirm your e-mail address"),
                fragment="confirm",
            )


def partner_contacts(sides) -> Iterator[Missing]:
    """Nobody can be written to at the partner: the German side names somebody."""
    for side in sides:
        if not side.is_german and side.delegation.lacks_partner_contact:
            yield Missing(
                What.PARTNER_CONTACT,
                side,
                side.delegation.german_side,
                last_day_for_changes(side.delegation.edition),
                _("There is no contact with an e-mail address."),
                _("Name the contact of your partner"),
                page="partner",
            )


def answers(sides) -> Iterator[Missing]:
    """The partner was written to and has not said whether it comes."""
    for side in sides:
        if side.invited_at is not None and not side.answer:
            yield Missing(
                What.ANSWER,
                side,
                side,
                last_day_for_changes(side.delegation.edition),
                _("The partner has not said yet whether it comes."),
                _("Say whether you are coming"),
                fragment="coming",
            )


def names(sides) -> Iterator[Missing]:
    """Places of the side that have no name yet."""
    for side in _with_places(sides):
        if side.unnamed:
            count = {"unnamed": side.unnamed}
            yield Missing(
                What.NAMES,
                side,
                side,
                last_day_for_changes(side.delegation.edition),
                ngettext(
                    "%(unnamed)s name follows",
                    "%(unnamed)s names follow",
                    side.unnamed,
                )
                % count,
                ngettext(
                    "Name %(unnamed)s more person",
                    "Name %(unnamed)s more people",
                    side.unnamed,
                )
                % count,
                page=_page_or_change(side, "person-add"),
            )


def administrations(sides) -> Iterator[Missing]:
    """The rule of the edition, as far as the named people keep it."""
    for side in _with_places(sides):
        if side.lacks_administration and not side.delegation.is_of_guests:
            page = "delegation"
            if side.unnamed:
                page = _page_or_change(side, "person-add")
            yield Missing(
                What.ADMINISTRATION,
                side,
                side,
                last_day_for_changes(side.delegation.edition),
                _("Nobody from the administration is named yet."),
                _("Name somebody from the administration"),
                page=page,
                fragment="" if side.unnamed else _own_people(side),
            )


def open_questions(sides) -> Iterator[Missing]:
    """Questions of the conference that a side must answer, counted for each person."""
    sides = list(_with_places(sides))
    if not sides:
        return
    edition = sides[0].delegation.edition
    second = _second_stage(sides)
    if second is None and not questions.are_asked(edition):
        return
    changes = last_day_for_changes(edition)
    sheets = questions.sheets(edition, {side.delegation for side in sides})
    for side in sides:
        stages = [(Question.Stage.REGISTRATION, changes)]
        if second and _is_approved(side):
            stages.append((Question.Stage.SECOND, second.answers_until))
        for stage, until in stages:
            items = sheets[side.delegation_id].missing(side, stage)
            for person, count in Counter(item.person for item in items).items():
                page = PAGES_OF_QUESTIONS[stage, person is not None]
                if stage == Question.Stage.REGISTRATION:
                    page = _page_or_change(side, page)
                yield _open_questions(side, person, count, until, page)


def _open_questions(side, person, count, until, page) -> Missing:
    number = {"count": count}
    return Missing(
        What.QUESTIONS,
        side,
        side,
        until,
        ngettext(
            "%(count)d question is still open.",
            "%(count)d questions are still open.",
            count,
        )
        % number,
        ngettext("Answer %(count)d question", "Answer %(count)d questions", count)
        % number,
        page=page,
        person=person,
    )


def visa_data(sides) -> Iterator[Missing]:
    """What the letter for the visa needs, of each named person of a side that asks."""
    sides = [side for side in sides if _is_approved(side)]
    second = _second_stage(sides)
    asked = [side for side in sides if second and second.asks_visa(side)]
    if second is None or not asked:
        return
    said = set(
        VisaData.objects.filter(participant__side__in=asked).values_list(
            "pk", flat=True
        )
    )
    for side in asked:
        for person in side.people:
            if person.pk not in said:
                yield Missing(
                    What.VISA,
                    side,
                    side,
                    second.answers_until,
                    _("The data for the visa letter are still open."),
                    _("Give the data for the visa letter"),
                    page="visa",
                    person=person,
                )


def _second_stage(sides) -> SecondStage | None:
    """What the conference asks after approval, where somebody is approved."""
    approved = [side for side in sides if _is_approved(side)]
    if not approved:
        return None
    edition = approved[0].delegation.edition
    return SecondStage.objects.filter(edition=edition).first()


def _is_approved(side) -> bool:
    return side.delegation.state == side.delegation.State.APPROVED


def _with_places(sides) -> Iterator:
    """Who waits need not name anybody yet, nor who has to answer an offer first."""
    for side in sides:
        state = side.delegation.State
        if side.delegation.state in (state.SUBMITTED, state.APPROVED):
            yield side


def _page_or_change(side, page: str) -> str:
    """After the time for changes, a side asks for them."""
    return page if side.delegation.can_change() else "change"


def _own_people(side) -> str:
    """Where the page of a side lists its own people."""
    return "german-side" if side.is_german else "own-side"


# One function per source: it gets sides of live delegations of any number, all of one
# conference, and yields what they owe.
SOURCES = [
    confirmations,
    partner_contacts,
    answers,
    names,
    administrations,
    open_questions,
    visa_data,
]
