"""No letter holds a link, an element or a header of what a visitor typed."""

import re

import pytest
from django.conf import settings
from django.db import models, transaction

from registrations import letter_values, letters, seeding
from registrations.models import Letter, LetterText, Side
from registrations.register import REGISTER
from tests.factories import EditionFactory, QuestionFactory
from tests.people import everything_about
from tests.postbox import fresh, taken_letter, written
from tests.registrations import workshops
from tests.texts import names, payloads

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

TYPED = (
    '<a href="https://evil.example">x</a> [x](https://evil.example/a) www.evil.example '
    "evil.example //evil.example a@evil.example mailto:a@evil tel:+49301 evil。example"
)
# What mail programs are known to make a link of.
LINK = re.compile(
    r"\w+:/|\bwww\.\w|(mailto|tel):\S|\S@\S|[^\W\d_][.․。．｡][^\W\d_]{2}", re.IGNORECASE
)
OURS = re.compile(
    r"https?://(example\.org|localhost:8000)[^\s<>]*|organisation@example\.org"
)
# What visitors type stands in these; of the register only what is theirs.
OF_VISITORS = {entry.model for entry in REGISTER} - {
    "auth.User",
    "registrations.HistoryEntry",
    "registrations.PreparedDecision",
}
OF_VISITORS |= {"partnerships.Municipality"}
PLACES = ("partnerships", "registrations")


@pytest.fixture(scope="module")
def seeded_texts(django_db_setup, django_db_blocker):
    """Loaded once, for tests that only read them."""
    with django_db_blocker.unblock(), transaction.atomic():
        seeding.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def known(seeded_texts):
    """A delegation of which every text says what makes a link."""
    edition = EditionFactory(has_person_pages=True)
    delegation = everything_about(edition)
    QuestionFactory(edition=edition, required_for="both", stage="second")
    for model, columns in payloads.columns():
        if model._meta.label in OF_VISITORS and model._meta.app_label in PLACES:
            fill(model, columns)
    return type(delegation).objects.get(pk=delegation.pk)


def fill(model, columns):
    for row in model._base_manager.all():
        for column in columns:
            if not isinstance(column, models.EmailField):
                setattr(row, column.name, TYPED[: column.max_length])
        row.save()


def mails(letter):
    """As it is kept, and as it is sent, with its link."""
    kept = letters.rendered(letter)
    text = letters._text_for(letter)
    return kept, letters._message(letter, kept, text.language)


def links(text) -> list[str]:
    return [found[0] for found in LINK.finditer(OURS.sub("", text))]


@pytest.mark.parametrize("language", dict(settings.LANGUAGES))
@pytest.mark.parametrize("kind", Letter.Kind)
def test_what_a_visitor_typed_is_no_link_in_any_letter(known, kind, language):
    Side.objects.update(language=language)
    context = {"request": TYPED}
    if kind not in letter_values.REASON_OF_STAFF:
        context["reason"] = TYPED
    side = Side.objects.get(pk=known.german_side.pk)
    person = side.participants.get()
    person.language = language

    for reader in (None, person):
        letter = Letter.objects.write(side, kind, participant=reader, **context)
        kept, message = mails(letter)
        assert links(kept.subject) == links(kept.body) == []
        assert "evil" in kept.body
        assert message.content_subtype == "plain"
        assert not getattr(message, "alternatives", [])


def test_the_places_of_people_are_told_without_a_link(seeded_texts):
    edition = workshops.edition()
    first, *_others = workshops.workshops(edition)
    [person] = workshops.coming(edition, family_name=TYPED[:200])
    workshops.wish(person, first)
    workshops.given(edition, tell=True)

    found = Letter.objects.filter(kind=Letter.Kind.WORKSHOPS)

    assert found
    for letter in found:
        assert links(letters.rendered(letter).body) == []


@pytest.mark.parametrize("text", TYPED.split()[1:])
def test_a_link_would_be_found(text):
    assert links(text) or text.startswith("//")


HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "Reply-To"}
HEADERS |= {"Auto-Submitted", "Content-Language", "Content-Type", "MIME-Version"}
HEADERS |= {"Content-Transfer-Encoding"}


@pytest.mark.parametrize("broken", names.BREAKS.values(), ids=names.BREAKS)
def test_a_line_break_anywhere_makes_no_header(postbox, broken):
    """Also where it got into the table by another way than a form."""
    evil = f"{broken}\nBcc: all@example.org"
    letter = written(body="{name} {conference}", contact_name=evil)
    LetterText.objects.update(subject=f"{{name}} {{conference}} {evil}")
    edition = letter.side.delegation.edition
    type(edition).objects.update(title_de=evil, title_en=evil)

    letters.send(taken_letter())

    message = postbox.message()
    assert set(message.keys()) <= HEADERS
    assert len(message.keys()) == len(set(message.keys()))
    assert postbox.mails[0].rcpt_tos == ["erika.muster@example.org"]
    assert len(message["Subject"].splitlines()) == 1
    assert [one.addr_spec for one in message["To"].addresses] == [
        "erika.muster@example.org"
    ]


@pytest.mark.parametrize("broken", names.BREAKS.values(), ids=names.BREAKS)
@pytest.mark.parametrize("whose", ["the reader's", "the organiser's"])
def test_a_line_break_in_an_address_sends_nothing_else(postbox, broken, whose):
    evil = f"erika@example.org{broken}\nBcc: all@example.org"
    letter = written(body="Text")
    if whose == "the reader's":
        Side.objects.update(contact_email=evil)
    else:
        type(letter.side.delegation.edition).objects.update(contact_email=evil)

    letters.send(taken_letter())

    assert postbox.mails == []
    assert fresh(letter).state == Letter.State.FAILED
