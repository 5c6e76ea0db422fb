"""What sending the prepared decisions would do is what it then does."""

import pytest

from registrations import letters, prepared
from registrations.models import Delegation, Letter, LetterText
from tests.factories import EditionFactory, submitted
from tests.registrations.deciding import outlook_of, prepare, sent, states
from tests.registrations.offered import renewed, turn_down
from tests.registrations.written import text_for_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_texts")]
State = Delegation.State


def test_what_cannot_be_sent_says_why():
    edition = EditionFactory(capacity_people=4)
    unconfirmed = submitted(edition, german__confirmed_at=None)
    without_reason = submitted(edition)
    waits = submitted(edition)
    prepare(unconfirmed)
    prepare(without_reason, "decline", reason=" ")
    prepare(waits)

    ready, held_back = outlook_of(waits)

    assert ready == []
    assert held_back == {
        unconfirmed: "The contact has not confirmed the address yet.",
        without_reason: "The reason is missing.",
        waits: "There are not enough free places: raise the capacity first.",
    }


def test_a_decision_whose_letter_has_no_words_waits_for_them():
    delegation = submitted(EditionFactory())
    prepare(delegation)
    delete_text("approved")

    _ready, held_back = outlook_of(delegation)

    assert held_back == {
        delegation: "There is no text for this letter yet. Please write one first."
    }


def test_what_stays_for_another_reason_needs_no_words_yet():
    delegation = submitted(EditionFactory(), german__confirmed_at=None)
    prepare(delegation)
    delete_text("approved")

    _ready, held_back = outlook_of(delegation)

    assert held_back == {delegation: "The contact has not confirmed the address yet."}


def delete_text(kind):
    LetterText.objects.filter(kind=kind).delete()


def three_that_wait(admin_user):
    """Places for two of three that wait, two people each."""
    edition = EditionFactory(capacity_people=4)
    holding = submitted(edition, german=4)
    waiting = [submitted(edition) for _number in range(3)]
    holding.withdraw(by=admin_user)
    for delegation in waiting:
        turn_down(delegation)
    return edition, waiting


def test_the_outlook_counts_the_places_as_sending_will(admin_user):
    edition, waiting = three_that_wait(admin_user)
    for delegation in waiting:
        prepare(delegation)

    ready, held_back = outlook_of(*waiting)

    assert (ready, list(held_back)) == (waiting[:2], waiting[2:])
    assert sent(edition, admin_user) == ready
    assert states(*waiting) == [State.APPROVED, State.APPROVED, State.WAITING]


def test_who_did_not_wait_longest_is_approved_with_a_reason_only(admin_user):
    edition, (first, second, _third) = three_that_wait(admin_user)
    prepare(second)
    why = f"{first.reference} has waited longer: please give a reason."
    assert outlook_of(second) == ([], {second: why})

    prepare(second, reason="Gastgeberin")

    assert sent(edition, admin_user) == [second]
    assert states(first, second) == [State.WAITING, State.APPROVED]


def test_places_of_a_refusal_are_free_after_the_approvals_only(admin_user):
    edition = EditionFactory(capacity_people=2)
    holding, waits = submitted(edition), submitted(edition)
    prepare(holding, "decline", reason="Zu spät")
    prepare(waits)

    assert outlook_of(waits)[0] == [holding]
    assert sent(edition, admin_user) == [holding]


def test_letters_are_shown_as_they_will_be_written(admin_user):
    edition = EditionFactory(capacity_people=2)
    text_for_all(
        kind="approved",
        edition=edition,
        subject="{state}",
        body="{reason} {position}x\n{name} {reference}\n{reason}",
    )
    delegation = submitted(edition, german=2)
    waits = submitted(edition, german__language="en")
    delegation.withdraw(by=admin_user)
    turn_down(waits)
    prepare(renewed(waits), reason="Gern")
    [shown] = prepared.outlook(edition).letters

    sent(edition, admin_user)

    letter = Letter.objects.get(kind="approved")
    assert (shown.letter.side, shown.letter.language) == (letter.side, letter.language)
    assert shown.mail == letters.rendered(letter)
    assert shown.mail.subject == "zugesagt"


def test_letters_stand_by_language():
    edition = EditionFactory()
    for language in ("en", "de", "en"):
        prepare(submitted(edition, german__language=language))

    groups = prepared.outlook(edition).languages

    assert [(language, len(shown)) for language, shown in groups] == [
        ("de", 1),
        ("en", 2),
    ]


def test_what_was_seen_is_another_when_a_text_is_another():
    delegation = submitted(EditionFactory())
    prepare(delegation)
    before = prepared.outlook(delegation.edition).seen
    same = prepared.outlook(delegation.edition).seen

    text_for_all(kind="approved", edition=delegation.edition)

    assert before == same
    assert prepared.outlook(delegation.edition).seen != before


def test_only_this_conference_is_looked_at():
    ours, other = submitted(EditionFactory()), submitted(EditionFactory())
    prepare(ours)
    prepare(other)

    assert outlook_of(ours) == ([ours], {})


@pytest.mark.parametrize("how_many", [1, 3])
def test_looking_ahead_costs_the_same_however_many(
    django_assert_num_queries, admin_user, how_many
):
    edition = EditionFactory(capacity_people=6)
    holding = submitted(edition, german=6)
    waiting = [submitted(edition) for _number in range(how_many)]
    holding.withdraw(by=admin_user)
    for delegation in waiting:
        turn_down(delegation)
        prepare(renewed(delegation), by=admin_user)

    with django_assert_num_queries(5):
        found = prepared.outlook(edition)

    assert len(found.letters) == how_many
