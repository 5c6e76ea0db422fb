"""What people read of the choice of workshops: what they wished, and what they got."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from conferences import programme, slots
from conferences.programme import Item
from conferences.slots import Slot
from partnerships import dates
from partnerships.templatetags.content import text_and_language
from registrations.models import Allotment, Delegation, Participant, Wish, seating
from registrations.second_stage import Part


@dataclass(frozen=True)
class Place:
    """A session that a person has a place in, or waits for at a position."""

    item: Item
    position: int | None

    @property
    def words(self) -> str:
        if self.item.is_cancelled:
            return _("does not take place")
        if self.position is None:
            return _("a place is reserved")
        return _("waiting list, position %(position)d") % {"position": self.position}


@dataclass
class Choice:
    """The sessions of a conference, and what people of one side said and got."""

    slots: list[Slot]
    is_open: bool
    is_told: bool
    wishes: dict[int, dict[int, int]] = field(default_factory=dict)
    places: dict[int, list[Place]] = field(default_factory=dict)

    def wished(self, person) -> list[tuple[Slot, list[Item]]]:
        """What a person wished for in each slot, the dearest first."""
        ranks = self.wishes.get(person.pk, {})
        found = []
        for slot in self.slots:
            items = [item for item in slot.items if item.pk in ranks]
            if items:
                items.sort(key=lambda item: ranks[item.pk])
                found.append((slot, items))
        return found

    def part(self, person) -> Part:
        """The line of the overview about one person."""
        title = gettext_lazy("Workshops")
        if self.is_told:
            return Part("choice", title, self._got(person))
        if wished := len(self.wishes.get(person.pk, ())):
            words = ngettext("%(count)d wish", "%(count)d wishes", wished)
            return Part("choice", title, words % {"count": wished})
        if self.is_open:
            return Part("choice", title, _("nothing chosen yet"), is_open=True)
        return Part("choice", title, _("nothing chosen"))

    def _got(self, person) -> str:
        places = self.places.get(person.pk, ())
        got = sum(place.position is None for place in places)
        words = ngettext("%(count)d place", "%(count)d places", got) % {"count": got}
        if len(places) > got:
            return _("%(places)s, and on a waiting list") % {"places": words}
        return words


def of_people(edition, people) -> Choice | None:
    """What some people of one conference choose; None: nothing, or not yet."""
    if not edition.has_choice_begun():
        return None
    items = programme.released(edition)
    found = slots.of(items)
    lots = Allotment.objects.filter(edition=edition).first()
    if not found and lots is None:
        return None
    is_made, is_told = _reached(lots)
    choice = Choice(found, edition.choice_is_open() and not is_made, is_told)
    keys = [person.pk for person in people]
    for wish in Wish.objects.filter(participant__in=keys):
        choice.wishes.setdefault(wish.participant_id, {})[wish.session_id] = wish.rank
    if is_told:
        stand = seating.standings(edition)
        choice.places = {key: _in_order(items, stand.get(key, [])) for key in keys}
    return choice


def of_side(side) -> Choice | None:
    """What is chosen for the people of a side; None: nothing, or not yet."""
    delegation = side.delegation
    if delegation.state != Delegation.State.APPROVED:
        return None
    return of_people(delegation.edition, side.people)


def _reached(lots: Allotment | None) -> tuple[bool, bool]:
    """Whether the places are given, and whether people know it."""
    if lots is None:
        return False, False
    return lots.made_at is not None, lots.sent_at is not None


def standing_in_words(edition, kept: dict[str, list]) -> list[tuple[Participant, str]]:
    """A letter's lines: each person with each session, as it was when it was written.

    Who was taken out meanwhile has none.
    """
    items = programme.released(edition)
    people = Participant.objects.in_bulk([int(key) for key in kept])
    lines = []
    for key, stand in kept.items():
        person = people.get(int(key))
        if person is None:
            continue
        places = _in_order(items, stand)
        words = [f"{what(place.item)}: {place.words}" for place in places]
        lines += [(person, line) for line in words or [_("no place at the moment")]]
    return lines


def what(item: Item) -> str:
    """A session with its day and time, in one line."""
    return _("%(title)s, %(when)s") % {"title": title_of(item), "when": when(item)}


def title_of(item: Item) -> str:
    return text_and_language(item.texts, "title")[0]


def when(span: Item | Slot) -> str:
    """The day and the times at the conference, of a session or a slot."""
    return _("%(day)s, %(begins)s–%(ends)s") % {
        "day": dates.weekday(span.starts_at.date()),
        "begins": programme.clock(span.starts_at),
        "ends": programme.clock(span.ends_at),
    }


def _in_order(items: list[Item], stand) -> list[Place]:
    """The sessions by time, those with a place first."""
    positions = dict(map(tuple, stand))
    places = [Place(item, positions[item.pk]) for item in items if item.pk in positions]
    return sorted(places, key=lambda one: (one.item.starts_at, one.position or 0))
