"""Rows that are given out stand in one order, whatever the database does.

What nobody orders comes backwards on SQLite; on PostgreSQL as the rows were written.
"""

import json
from datetime import timedelta

import pytest

from registrations.models import (
    Allotment,
    Answer,
    Consent,
    HistoryEntry,
    Letter,
    Participant,
    PersonalLink,
    PersonLink,
    Request,
    Seat,
    Wish,
)
from tests.conferences.sessions import SessionFactory
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    ParticipantFactory,
    QuestionFactory,
)
from tests.people import AT
from tests.registrations.answers import address

pytestmark = pytest.mark.django_db

MADE = ["first", "second", "third"]
UNTIL = [(AT + timedelta(day)).isoformat() for day in range(3)]


@pytest.fixture
def edition():
    edition = EditionFactory()
    Allotment.objects.create(edition=edition, made_at=AT, sent_at=AT, seed="1")
    return edition


@pytest.fixture
def side(edition):
    """With three rows of each kind, made at the same instant but for one letter."""
    side = DelegationFactory(edition=edition).german_side
    for text, rule in zip(MADE, Request.Rule.values, strict=False):
        side.delegation.history.create(
            at=AT, actor_kind=side.which, verb=HistoryEntry.Verb.ASK, reason=text
        )
        side.requests.create(text=text, kind="admission", rule=rule, asked_at=AT)
        ParticipantFactory(side=side, family_name=text)
        _common(side, text)
    return side


@pytest.fixture
def person(side, edition):
    """The same of one person, whose first wish is the second workshop."""
    person = ParticipantFactory(side=side, family_name="of its own")
    sessions = [
        SessionFactory(
            edition=edition, title_en=text, starts_at=AT, ends_at=AT + timedelta(1)
        )
        for text in MADE
    ]
    for text, session in zip(MADE, sessions, strict=True):
        person.consents.create(
            what="photos", wording=text, given_at=AT, withdrawn_at=AT
        )
        person.seats.create(session=session, how=Seat.How.STAFF, given_at=AT)
        _common(side, text, participant=person)
    for rank, session in zip((2, 1, 2), sessions, strict=True):
        person.wishes.create(session=session, rank=rank)
    return person


def _common(side, text, participant=None):
    """What both have: an answer, a letter and a link."""
    later = AT + timedelta(MADE.index(text))
    Answer.objects.create(
        question=QuestionFactory(edition=side.delegation.edition),
        delegation=side.delegation,
        side=side,
        participant=participant,
        value=text,
        wording="W",
        words=text,
    )
    side.letters.create(
        kind=Letter.Kind.CONTINUE_LINK,
        participant=participant,
        language="de",
        subject=text,
        written_at=later if text == "second" else AT,
        message_id=f"{text}-{participant}@example.org",
    )
    (participant or side).links.create(
        token_hash=f"{text}-{participant}", created_at=AT, expires_at=later
    )


def laid_behind(*models):
    """The row of each that was made first is the last that is written."""
    for model in models:
        row = model.objects.order_by("pk")[0]
        key = row.pk
        row.delete()
        row.pk = key
        row.save(force_insert=True)


def given(client, page, token):
    return json.loads(client.get(address(page, token)).content)


def shown(part, name):
    return [row[name] for row in part["rows"]]


def test_what_a_side_gets_stands_in_one_order(client, side):
    token = side.mint_link()
    laid_behind(Answer, Request, PersonalLink, Participant)

    found = given(client, "data-file", token)

    assert shown(found["answers"], "words") == MADE
    assert shown(found["requests"], "text") == MADE
    assert shown(found["history"], "reason") == MADE
    assert shown(found["letters"], "subject") == ["second", "third", "first"]
    links = shown(found["links"], "expires_at")
    assert [until for until in links if until in UNTIL] == UNTIL
    people = [found[f"person_{number}"] for number in (1, 2, 3)]
    assert [shown(one, "family_name") for one in people] == [[name] for name in MADE]


def test_what_a_person_gets_stands_in_one_order(client, person):
    token = person.links.mint(person)
    laid_behind(Answer, PersonLink, Consent, Seat, Wish)

    found = given(client, "own-data-file", token)

    own = found["person"]
    assert shown(own["answers"], "words") == MADE
    assert shown(own["consents"], "wording") == MADE
    assert shown(own["seats"], "session") == MADE
    assert shown(own["wishes"], "session") == ["second", "first", "third"]
    assert shown(found["letters"], "subject") == ["second", "third", "first"]
    links = shown(found["links"], "expires_at")
    assert [until for until in links if until in UNTIL] == UNTIL


def test_a_request_that_waits_for_its_answer_comes_first(client, side):
    side.requests.exclude(text="third").update(answered_at=AT, granted=True)

    found = given(client, "data-file", side.mint_link())

    assert shown(found["requests"], "text") == ["third", "first", "second"]
