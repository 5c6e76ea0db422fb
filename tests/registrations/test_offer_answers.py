"""What becomes of an offer: taken, declined, expired, withdrawn by staff."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from registrations import places
from registrations.models import Letter, Offer, Participant, Refused
from tests.factories import berlin, submitted
from tests.registrations.offered import (
    full,
    held,
    raise_capacity,
    renewed,
    states,
    take,
    turn_down,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    """Two that wait for four places; the first is asked whether it takes them."""
    holding, first, second = full(4, (3, 2), (2, 0))
    holding.withdraw(by=holding.german_side)
    return first, second


def kinds(delegation):
    letters = Letter.objects.filter(side=delegation.german_side).order_by("pk")
    return list(letters.values_list("kind", flat=True))


def late(delegation):
    return delegation.offers.running().get().expires_at + timedelta(minutes=1)


def test_taking_all_holds_what_the_offer_held(asked):
    first, second = asked

    take(first, 2, 2)

    side = renewed(first).german_side
    assert (states(first, second), held(first)) == (["submitted", "waiting"], (2, 2))
    assert (side.planned, side.delegation.partner_side.planned) == (2, 2)
    assert first.offers.get().outcome == "taken"
    assert kinds(first) == ["waiting", "offer", "offer_taken"]


def test_taking_fewer_frees_the_rest_for_the_next(asked):
    first, second = asked

    take(first, 1, 1)

    assert states(first, second) == ["submitted", "offered"]
    assert (held(first), held(second)) == ((1, 1), (2, 0))
    assert renewed(first).german_side.planned == 1
    assert first.offers.get().outcome == "taken_fewer"


def test_taking_twice_is_taking_once(asked):
    first, _second = asked

    take(first, 2, 1)
    take(first, 2, 2)

    assert held(first) == (2, 1)
    assert kinds(first).count("offer_taken") == 1


def test_a_partner_for_which_no_place_is_taken_is_not_coming_any_more(asked):
    first, _second = asked
    first.sides.filter(which="partner").update(answer="coming")

    take(first, 2, 0)

    partner = renewed(first).partner_side
    assert (partner.planned, partner.answer) == (0, "")


@pytest.mark.parametrize(
    ("german", "partner", "which", "why"),
    [
        (3, 2, "german", "The offer holds 2 places"),
        (2, 3, "partner", "The offer holds 2 places"),
        (0, 2, "german", "At least one person"),
    ],
)
def test_no_more_can_be_taken_than_is_offered(asked, german, partner, which, why):
    first, _second = asked

    with pytest.raises(Refused, match=why) as refusal:
        take(first, german, partner)

    assert refusal.value.which == which
    assert (states(first), held(first)) == (["offered"], (2, 2))


def test_no_fewer_can_be_taken_than_are_named(asked):
    first, _second = asked
    side = renewed(first).german_side
    for name in ("One", "Two"):
        side.save_person(
            Participant(family_name=name, organisation_kind="other"), by=side
        )

    with pytest.raises(Refused, match="take one out by name"):
        take(first, 1, 0)

    assert states(first) == ["offered"]


def test_the_partner_does_not_answer_for_the_german_side(asked):
    first = renewed(asked[0])

    for answer in (
        lambda by: first.take_offer(1, 0, by=by),
        lambda by: first.decline_offer(by=by),
    ):
        with pytest.raises(Refused, match="Only the German side"):
            answer(first.partner_side)

    assert states(first) == ["offered"]


def test_who_declines_keeps_the_number_while_the_next_is_asked(asked):
    first, second = asked

    turn_down(first)

    now = renewed(first)
    assert (now.state, now.queue_number, now.position) == ("waiting", 1, 1)
    assert states(second) == ["offered"]
    assert kinds(first) == ["waiting", "offer", "offer_declined"]


def test_an_offer_is_answered_once(asked):
    first, _second = asked
    turn_down(first)

    with pytest.raises(Refused, match="has ended"):
        turn_down(first)
    with pytest.raises(Refused, match="has ended"):
        take(first, 1)

    assert first.offers.get().outcome == "declined"


def test_who_declined_is_passed_over_while_no_more_is_free():
    holding, first, second, third = full(2, (4, 0), (2, 0), (2, 0))
    holding.withdraw(by=holding.german_side)
    turn_down(first)

    renewed(second).withdraw(by=second.german_side)

    assert states(first, third) == ["waiting", "offered"]


def test_who_declined_is_asked_again_when_more_is_free():
    holding, first, _second = full(2, (4, 0), (2, 0))
    holding.withdraw(by=holding.german_side)
    turn_down(first)

    raise_capacity(holding.edition, 5)

    assert states(first) == ["offered"]
    assert held(first) == (3, 0)


def test_who_declined_all_it_wanted_is_asked_again_when_more_is_free():
    holding, first, _second = full(3, (2, 0), (2, 0))
    holding.withdraw(by=holding.german_side)
    turn_down(first)

    raise_capacity(holding.edition, 6)

    assert states(first) == ["offered"]


def test_what_was_free_beside_an_offer_is_no_reason_to_ask_again():
    holding, first, second = full(9, (2, 0), (2, 0))
    holding.withdraw(by=holding.german_side)

    turn_down(first)
    turn_down(second)

    assert states(first, second) == ["waiting", "waiting"]


def test_what_was_free_beside_an_offer_and_taken_since_counts_again():
    holding, first, second = full(9, (2, 0), (7, 0))
    holding.withdraw(by=holding.german_side)
    turn_down(first)
    take(second, 7)

    renewed(second).german_side.change_planned(6, by=second.german_side)

    assert states(first) == ["offered"]


def test_where_only_delegations_are_limited_one_more_is_needed():
    edition = full(1, capacity_delegations=2)[0].edition
    raise_capacity(edition, None)
    one = submitted(edition)
    first, second = submitted(edition), submitted(edition)
    one.withdraw(by=one.german_side)

    turn_down(first)
    assert states(first, second) == ["waiting", "offered"]
    other = edition.delegations.submitted().first()
    other.withdraw(by=other.german_side)

    assert states(first) == ["waiting"]
    renewed(second).withdraw(by=second.german_side)
    assert states(first) == ["offered"]


def test_an_offer_expires_after_its_last_minute(asked):
    first, second = asked
    expires_at = first.offers.get().expires_at

    assert Offer.objects.expire(expires_at + timedelta(seconds=59.999)) == 0
    assert Offer.objects.expire(expires_at + timedelta(minutes=1)) == 1

    assert states(first, second) == ["waiting", "offered"]
    assert first.offers.get().outcome == "expired"
    assert kinds(first)[-1] == "offer_expired"
    assert first.history.filter(verb="expire_offer").get().actor_kind == "system"


def test_an_offer_that_has_run_out_cannot_be_taken_although_nothing_has_run(asked):
    first, second = asked

    with pytest.raises(Refused, match="The time to answer the offer is over"):
        take(first, 2, 2, at=late(first))

    assert states(first, second) == ["waiting", "offered"]
    assert first.offers.get().outcome == "expired"


def test_declining_too_late_is_letting_it_run_out(asked):
    first, _second = asked

    with pytest.raises(Refused, match="over"):
        turn_down(first, at=late(first))

    assert first.offers.get().outcome == "expired"


def test_the_command_ends_what_nobody_answered(asked, time_machine, capsys):
    first, second = asked
    time_machine.move_to(late(first))

    call_command("expire_offers")
    call_command("expire_offers")

    assert capsys.readouterr().out == "offers: 1 ended\noffers: 0 ended\n"
    assert states(first, second) == ["waiting", "offered"]


def test_the_worker_of_the_letters_ends_what_nobody_answered(
    asked, time_machine, settings, tmp_path
):
    first, _second = asked
    Letter.objects.all().delete()
    settings.EMAIL_FILE_PATH = tmp_path
    time_machine.move_to(late(first))

    call_command("send_letters", "--once")

    assert states(first) == ["waiting"]


def test_two_that_let_it_expire_at_once_are_not_asked_again(time_machine):
    holding, first, second = full(9, (2, 0), (2, 0))
    holding.withdraw(by=holding.german_side)

    Offer.objects.expire(late(second))

    assert states(first, second) == ["waiting", "waiting"]


def test_nobody_is_asked_before_all_that_is_overdue_has_ended():
    """Else who comes later is asked for what the first offer gives back alone."""
    holding, longest, second, third = full(3, (2, 0), (1, 0), (2, 0))
    holding.withdraw(by=holding.german_side)
    turn_down(longest)
    raise_capacity(longest.edition, 4)
    last = submitted(longest.edition, german=2)

    Offer.objects.expire(late(third))

    assert states(second, third) == ["waiting", "waiting"]
    assert states(longest, last) == ["offered", "offered"]


def test_staff_withdraw_an_offer_with_a_reason(asked, admin_user):
    first, second = asked

    renewed(first).withdraw_offer(by=admin_user, reason="They called.")

    assert states(first, second) == ["waiting", "offered"]
    assert first.offers.get().outcome == "withdrawn"
    letter = Letter.objects.get(kind="offer_withdrawn")
    assert (letter.side, letter.context["reason"]) == (
        first.german_side,
        "They called.",
    )


def test_staff_withdraw_only_an_offer_that_runs(asked, admin_user):
    with pytest.raises(Refused, match="No offer runs"):
        renewed(asked[1]).withdraw_offer(by=admin_user, reason="Why not.")


def test_staff_pass_over_until_they_take_it_back(admin_user):
    holding, first, second = full(2, (2, 0), (2, 0))
    first.pass_over(by=admin_user, reason="Comes another time.")
    holding.withdraw(by=holding.german_side)
    assert states(first, second) == ["waiting", "offered"]

    renewed(first).ask_again(by=admin_user)
    renewed(second).withdraw(by=second.german_side)

    assert states(first) == ["offered"]


def test_passing_over_asks_the_next_for_what_is_free(admin_user):
    edition = full(1)[0].edition
    raise_capacity(edition, 3)
    big, small = submitted(edition, german=4), submitted(edition, german=2)

    big.pass_over(by=admin_user, reason="They agreed.")

    assert states(big, small) == ["waiting", "offered"]


def test_staff_offer_by_hand_what_is_free(admin_user):
    edition = full(1)[0].edition
    raise_capacity(edition, 3)
    big, small = submitted(edition, german=4), submitted(edition, german=2)

    with pytest.raises(Refused, match=big.reference):
        small.offer_places(by=admin_user)
    small.offer_places(by=admin_user, reason="They agreed.")

    assert states(big, small) == ["waiting", "offered"]
    assert small.offers.get().made_by == admin_user


def test_staff_offer_no_more_than_is_free(admin_user):
    _holding, first = full(2, (2, 0))

    with pytest.raises(Refused, match="no free places"):
        first.offer_places(by=admin_user)

    assert states(first) == ["waiting"]


@pytest.mark.parametrize("verb", ["offer_places", "pass_over"])
def test_only_for_who_waits(asked, admin_user, verb):
    with pytest.raises(Refused, match="that waits"):
        getattr(renewed(asked[0]), verb)(by=admin_user, reason="Why not.")


def test_an_offer_holds_its_places(asked):
    first, _second = asked

    assert places.held(renewed(first).edition) == places.Places(2, 2, 1)


def test_five_working_days_of_the_land_are_counted(time_machine):
    holding, first = full(2, (2, 0))
    time_machine.move_to(berlin("2027-05-24 15:00"))

    holding.withdraw(by=holding.german_side)

    # Thursday the 27th is Corpus Christi in Nordrhein-Westfalen.
    assert first.offers.get().expires_at == berlin("2027-06-01 23:59")
    assert timezone.now() < first.offers.get().expires_at
