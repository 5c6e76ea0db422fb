"""The partner says itself whether it comes; its number agrees with it."""

import pytest

from registrations import places
from registrations.models import Letter, Participant, PersonalLink, Refused, Side
from tests.factories import EditionFactory, ParticipantFactory, submitted
from tests.registrations.offered import full, held, renewed, states, take

pytestmark = pytest.mark.django_db
COLLEAGUE = {
    "contact_name": "Kofi Annor",
    "contact_email": "kofi@example.org",
    "language": "en",
}


def came(**values):
    """A submitted delegation with two people on each side, and its partner side."""
    delegation = submitted(EditionFactory(**values), partner=2)
    return delegation, delegation.partner_side


def fresh(side):
    return Side.objects.get(pk=side.pk)


def letters_to(side, kind):
    return Letter.objects.filter(side=side, kind=kind)


def test_coming_is_told_to_the_german_side_once():
    delegation, partner = came()

    assert partner.come(by=partner) is True
    assert partner.come(by=partner) is False

    assert fresh(partner).answer == Side.Answer.COMING
    assert letters_to(delegation.german_side, "partner_coming").count() == 1
    line = delegation.history.get(verb="come")
    assert line.actor_kind == "partner"


def test_coming_is_nothing_that_staff_must_look_at():
    delegation, partner = came()

    partner.come(by=partner)

    delegation.refresh_from_db()
    assert delegation.needs_review_since is None


def test_who_comes_says_a_number_first():
    delegation = submitted(EditionFactory(), partner=0)

    with pytest.raises(Refused, match="how many people"):
        delegation.partner_side.come(by=delegation.partner_side)


def test_declining_gives_people_and_places_back_and_keeps_the_state():
    delegation, partner = came()
    ParticipantFactory(side=partner)

    partner.decline_to_come(by=partner, reason="No visa.")

    delegation.refresh_from_db()
    now = fresh(partner)
    assert (now.planned, now.held, now.answer) == (0, 0, "not_coming")
    assert (delegation.state, places.held(delegation.edition)) == (
        "submitted",
        places.Places(2, 0, 1),
    )
    assert not Participant.objects.filter(side=partner).exists()
    assert delegation.needs_review_since is not None
    letter = letters_to(delegation.german_side, "partner_declined").get()
    assert letter.context["reason"] == "No visa."


def test_places_that_a_declining_partner_frees_are_offered_at_once():
    edition = EditionFactory(capacity_people=4)
    delegation = submitted(edition, german=2, partner=2)
    waits = submitted(edition, german=2)
    partner = delegation.partner_side

    partner.decline_to_come(by=partner)

    assert states(delegation, waits) == ["submitted", "offered"]
    assert held(waits) == (2, 0)


def test_a_partner_does_not_decline_while_an_offer_runs():
    holding, asked = full(4, (2, 2))
    holding.withdraw(by=holding.german_side)
    partner = renewed(asked).partner_side

    with pytest.raises(Refused, match="answering an offer"):
        partner.decline_to_come(by=partner)

    assert held(asked) == (2, 2)


def test_declining_twice_is_declining_once():
    delegation, partner = came()

    assert partner.decline_to_come(by=partner) is True
    assert partner.decline_to_come(by=partner) is False

    assert letters_to(delegation.german_side, "partner_declined").count() == 1


def test_taking_out_all_is_declining():
    delegation, partner = came()
    partner.change_planned(1, by=partner)
    person = ParticipantFactory(side=partner)

    partner.take_out(person, by=partner)

    assert (fresh(partner).planned, fresh(partner).answer) == (0, "not_coming")
    assert letters_to(delegation.german_side, "partner_declined").count() == 1


def test_coming_back_is_a_raise():
    delegation, partner = came()
    partner.decline_to_come(by=partner)

    partner.change_planned(1, by=partner)

    now = fresh(partner)
    assert (now.planned, now.held, now.answer) == (1, 1, "coming")
    assert letters_to(delegation.german_side, "partner_coming").count() == 1


def test_coming_back_is_refused_where_no_places_are_left():
    delegation, partner = came(capacity_people=4)
    partner.decline_to_come(by=partner)
    submitted(delegation.edition, german=2)

    with pytest.raises(Refused, match="no places left"):
        partner.change_planned(1, by=partner)

    assert (fresh(partner).planned, fresh(partner).answer) == (0, "not_coming")


def test_a_number_of_the_german_side_answers_nothing_for_the_partner():
    delegation, partner = came()
    partner.come(by=partner)

    partner.change_planned(0, by=delegation.german_side)

    assert fresh(partner).answer == ""
    assert not letters_to(delegation.german_side, "partner_declined").exists()


def test_a_partner_that_comes_with_fewer_people_still_comes():
    delegation, partner = came()
    partner.come(by=partner)

    partner.change_planned(1, by=delegation.german_side)

    assert (fresh(partner).planned, fresh(partner).answer) == (1, "coming")


def test_a_partner_for_which_fewer_places_are_taken_still_comes():
    holding, asked = full(4, (2, 2))
    asked.sides.filter(which="partner").update(answer="coming")
    holding.withdraw(by=holding.german_side)

    take(asked, 2, 1)

    partner = renewed(asked).partner_side
    assert (partner.planned, partner.answer) == (1, "coming")


@pytest.mark.parametrize("verb", ["come", "decline_to_come"])
def test_the_german_side_has_no_answer_of_a_partner(verb):
    delegation, _partner = came()

    with pytest.raises(Refused):
        getattr(delegation.german_side, verb)(by=delegation.german_side)


@pytest.mark.parametrize("verb", ["come", "decline_to_come"])
def test_what_was_withdrawn_is_not_answered(verb):
    delegation, partner = came()
    delegation.withdraw(by=delegation.german_side)

    with pytest.raises(Refused, match="no longer coming"):
        getattr(partner, verb)(by=partner)


@pytest.mark.parametrize("which", ["german", "partner"])
def test_handing_over_leaves_no_old_link(which):
    delegation, _partner = came()
    side = delegation.side(which)
    token = side.mint_link(PersonalLink.Purpose.LETTER)
    Letter.objects.all().delete()

    side.hand_over(by=side, **COLLEAGUE)

    now = fresh(side)
    assert (now.contact_name, now.confirmed_at) == ("Kofi Annor", None)
    assert not PersonalLink.objects.usable().filter(side=side).exists()
    assert not PersonalLink.objects.usable().opened_by(token).exists()
    kind = {"german": "new_link", "partner": "partner_link"}[which]
    assert [letter.kind for letter in Letter.objects.all()] == [kind]
    assert delegation.history.filter(verb="hand_over", actor_kind=which).exists()


def test_handing_over_within_one_letter_box_sends_a_link_too():
    _delegation, partner = came()
    partner.confirm()
    Letter.objects.all().delete()

    partner.hand_over(
        by=partner, **{**COLLEAGUE, "contact_email": partner.contact_email}
    )

    assert [letter.kind for letter in Letter.objects.all()] == ["partner_new_link"]
    assert fresh(partner).confirmed_at is None


def test_the_history_says_which_side_acted_for_the_other():
    delegation, partner = came()
    person = ParticipantFactory.build(side=partner)

    partner.save_person(person, by=delegation.german_side)

    line = delegation.history.get(verb="change_people")
    assert line.actor_kind == "german"
    assert line.changes == {
        "side": "partner",
        "people_added": 1,
        "people": 1,
        "on_behalf": "partner",
    }
    assert Participant.objects.get().entered_by == "german"
