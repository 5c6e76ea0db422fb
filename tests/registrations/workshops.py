"""Conferences whose people choose sessions, for the tests of the choice."""

from conferences.models import Edition
from registrations.models import EditionChoice, Letter, Side, Wish
from tests.conferences.sessions import SessionFactory, let_out
from tests.factories import EditionFactory, ParticipantFactory, berlin, later
from tests.people import approved

OPEN = {"choice_opens_at": berlin("2020-01-01 09:00")}
LAST = berlin("2100-08-01 23:59")


def edition(**values):
    """Its people can choose, and have pages of their own."""
    window = {**OPEN, "choice_closes_at": LAST}
    return EditionFactory(**{**window, "has_person_pages": True, **values})


def workshop(edition, *, hour=10, places=1, **values):
    """A prepared session for choice."""
    return SessionFactory(
        edition=edition, hour=hour, capacity=places, is_by_choice=True, **values
    )


def workshops(edition, count=2, **values):
    """Released sessions for choice at one time."""
    found = [workshop(edition, **values) for _number in range(count)]
    let_out(edition)
    return found


def coming(edition, count=1, **values):
    """Named people of one approved delegation, each with an address."""
    side = approved(edition=edition).german_side
    Side.objects.filter(pk=side.pk).update(planned=count, held=count)
    people = []
    for number in range(count):
        email = f"person{side.pk}-{number}@example.org"
        name = {"given_names": "Erika", "family_name": f"Muster {side.pk}-{number}"}
        person = ParticipantFactory(side=side, **{"email": email, **name, **values})
        people.append(person)
    return people


def wish(person, *sessions):
    """A first and a second wish, without the verb's checks."""
    for rank, session in enumerate(sessions, start=1):
        Wish.objects.create(participant=person, session=session, rank=rank)


def choice_of(edition) -> EditionChoice:
    return EditionChoice.objects.get(pk=edition.pk)


def close(edition) -> EditionChoice:
    Edition.objects.filter(pk=edition.pk).update(choice_closes_at=later(hours=-1))
    return choice_of(edition)


def given(edition, *, tell=False) -> EditionChoice:
    """The places are given by lot, and people may know it."""
    choice = close(edition)
    choice.draw()
    choice.give_places(has_seen=choice.outlook().seen)
    if tell:
        choice.tell_all()
    return choice


def letters_to(person, kind="workshops"):
    return list(Letter.objects.filter(participant=person, kind=kind).order_by("pk"))


def places(person):
    """Slugs of sessions with the number of the waiting order; None: a place."""
    rows = person.seats.order_by("session").values_list(
        "session__slug", "waiting_number"
    )
    return dict(rows)
