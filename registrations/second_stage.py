"""What the second stage asks each person of a side, and what is still open."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registrations import questions
from registrations.models import Consent, PersonalNeeds, Question, VisaData

SECOND = Question.Stage.SECOND


@dataclass(frozen=True)
class Part:
    """One page for one person: where it is, and whether something is owed there."""

    page: str
    title: str | Promise
    state: str | Promise
    is_open: bool = False


@dataclass(frozen=True)
class Board:
    """One side: its own questions, then its people with the parts of each."""

    own: Part | None = None
    people: list[tuple] = field(default_factory=list)

    @property
    def open_count(self) -> int:
        parts = [part for _person, of_person in self.people for part in of_person]
        return sum(part.is_open for part in [*parts, *([self.own] if self.own else [])])


def board(side, stage) -> Board:
    """Without opening anything that is encrypted."""
    keys = [person.pk for person in side.people]
    said = {
        model: set(model.objects.filter(pk__in=keys).values_list("pk", flat=True))
        for model in (PersonalNeeds, VisaData)
    }
    given: dict[int, list[str]] = defaultdict(list)
    for consent in Consent.objects.given().filter(participant__in=keys):
        given[consent.participant_id].append(str(consent.get_what_display()))
    sheet = questions.sheet(side.delegation)
    own = questions_part("second-questions", _OWN, sheet.of_side(side, stage=SECOND))
    people = []
    for person in side.people:
        items = sheet.of_person(person, side, stage=SECOND)
        parts = [questions_part("second-person", _TRAVEL, items)]
        if stage.asks_needs:
            parts.append(_said("needs", _NEEDS, person.pk in said[PersonalNeeds]))
        if stage.asks_visa(side):
            parts.append(_said("visa", _VISA, person.pk in said[VisaData], owed=True))
        if stage.asks_consents:
            names = ", ".join(given[person.pk]) or _("none given; they are voluntary")
            parts.append(Part("consents", _CONSENTS, names))
        people.append((person, [part for part in parts if part]))
    return Board(own, people)


def of_person(person, stage) -> list[Part]:
    """What one person is asked: the parts that the board shows of it."""
    people = board(person.side, stage).people
    return next((parts for one, parts in people if one == person), [])


_OWN = _("Questions about your delegation")
_TRAVEL = _("Travel and stay")
_NEEDS = _("Diet and accessibility")
_VISA = _("Letter for the visa")
_CONSENTS = _("Consents")


def questions_part(page, title, items: list[questions.Item]) -> Part | None:
    """A page of questions; None where none of them is asked."""
    asked = [item for item in items if item.is_asked]
    if not asked:
        return None
    if any(item.is_missing for item in asked):
        return Part(page, title, _("still open"), is_open=True)
    is_answered = any(item.answer for item in asked)
    return Part(page, title, _("answered") if is_answered else _("voluntary"))


def _said(page, title, is_said: bool, *, owed=False) -> Part:
    if is_said:
        return Part(page, title, _("answered"))
    return Part(page, title, _("still open") if owed else _("voluntary"), is_open=owed)
