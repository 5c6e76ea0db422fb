"""People choose sessions, staff give places by lot, and who waits moves up."""

import pytest
from django.db import IntegrityError, transaction

from conferences.models import Session
from registrations.models import (
    Allotment,
    Delegation,
    HistoryEntry,
    Letter,
    Refused,
    Seat,
    Side,
    Wish,
)
from tests.conferences.sessions import let_out
from tests.factories import ParticipantFactory, berlin, later, staff
from tests.registrations.workshops import (
    choice_of,
    close,
    coming,
    edition,
    given,
    letters_to,
    places,
    wish,
    workshop,
    workshops,
)

pytestmark = pytest.mark.django_db


def choose(person, *sessions):
    side = Side.objects.get(pk=person.side_id)
    wishes = {one.pk: rank for rank, one in enumerate(sessions, start=1)}
    side.choose(person, wishes, by=side)


def wished(person):
    return {wish.session: wish.rank for wish in person.wishes.all()}


def free_places(edition, count):
    Session.objects.filter(edition=edition).update(capacity=count)
    let_out(edition)


def test_a_person_wishes_for_two_sessions_and_changes_its_mind():
    here = edition()
    first, second = workshops(here)
    [person] = coming(here)

    choose(person, first, second)
    choose(person, second)

    assert wished(person) == {second: 1}
    line = HistoryEntry.objects.latest("pk")
    assert (line.verb, line.changes) == ("choose", {})


def test_two_wishes_of_one_rank_at_one_time_are_refused():
    here = edition()
    first, second = workshops(here)
    [person] = coming(here)
    side = person.side

    with pytest.raises(Refused, match="programme was changed"):
        side.choose(person, {first.pk: 1, second.pk: 1}, by=side)

    assert not Wish.objects.exists()


@pytest.mark.parametrize("what", ["prepared", "cancelled", "plain", "elsewhere"])
def test_only_released_sessions_of_the_conference_are_wished_for(what):
    here = edition()
    workshops(here)
    session = workshop(edition() if what == "elsewhere" else here)
    if what == "plain":
        Session.objects.filter(pk=session.pk).update(is_by_choice=False)
    if what != "prepared":
        let_out(session.edition)
    if what == "cancelled":
        Session.objects.filter(pk=session.pk).update(is_cancelled=True)
        let_out(here)
    [person] = coming(here)

    with pytest.raises(Refused, match="programme was changed"):
        choose(person, session)


@pytest.mark.parametrize(
    ("window", "why"),
    [
        ({"choice_opens_at": later(hours=1)}, "cannot be chosen yet"),
        ({"choice_closes_at": later(minutes=-2)}, "time for choosing workshops is"),
        ({"choice_opens_at": None, "choice_closes_at": None}, "cannot be chosen yet"),
    ],
)
def test_outside_the_time_for_choosing_nothing_is_wished_for(window, why):
    here = edition(**window)
    first, _second = workshops(here)
    [person] = coming(here)

    with pytest.raises(Refused, match=why):
        choose(person, first)


def test_the_minute_that_is_shown_is_included():
    last = berlin("2100-08-01 23:59")
    here = edition(choice_closes_at=last)

    assert here.choice_is_open(berlin("2100-08-01 23:59:59"))
    assert not here.choice_is_open(berlin("2100-08-02 00:00"))


def test_only_people_of_approved_delegations_choose():
    here = edition()
    first, _second = workshops(here)
    [person] = coming(here)
    Delegation.objects.update(state="submitted")

    with pytest.raises(Refused, match="once your delegation is approved"):
        choose(person, first)


def test_a_side_chooses_for_nobody_else():
    here = edition()
    first, _second = workshops(here)
    [person], [other] = coming(here), coming(here)

    with pytest.raises(Refused, match="no longer part"):
        person.side.choose(other, {first.pk: 1}, by=person.side)


def test_once_places_are_given_nobody_chooses_even_where_it_is_opened_again():
    here = edition()
    first, _second = workshops(here)
    [person] = coming(here)
    given(here)
    choice = choice_of(here)
    choice.choice_closes_at = later(hours=1)
    choice.save()

    with pytest.raises(Refused, match="places are given already"):
        choose(person, first)


def test_lots_are_drawn_once():
    here = edition()
    workshops(here)
    choice = close(here)

    assert (choice.draw(), choice.draw()) == (True, False)

    assert len(Allotment.objects.get().seed) == 32


@pytest.mark.parametrize("verb", ["draw", "give_places"])
def test_nothing_is_drawn_or_given_while_people_can_choose(verb):
    here = edition()
    workshops(here)
    close(here).draw()
    open_again = edition()
    Allotment.objects.create(edition=open_again, seed="s") if verb != "draw" else None
    choice = choice_of(open_again)
    how = {} if verb == "draw" else {"has_seen": choice.outlook().seen}

    with pytest.raises(Refused, match="not over yet"):
        getattr(choice, verb)(**how)


def test_places_are_given_with_their_grounds():
    here = edition()
    first, second = workshops(here)
    people = coming(here, 3)
    for person in people:
        wish(person, first, second)

    given(here)

    rows = {row.how: row for row in Seat.objects.filter(session=first)}
    assert sorted(rows) == ["first", "waits"]
    assert rows["first"].why == "First wish, with lot 1."
    assert rows["waits"].why == (
        "Waits. The first wish was full with lot 1; own lot: 3."
    )
    by_second = Seat.objects.get(how="second")
    assert by_second.why == (
        "Second wish. The first wish was full with lot 1; own lot: 2."
    )


def test_nothing_is_given_before_the_lots_are_drawn():
    here = edition()
    workshops(here)

    with pytest.raises(Refused, match="not drawn yet"):
        close(here).give_places(has_seen="")


def test_nothing_is_given_where_wishes_are_others_than_were_seen():
    here = edition()
    first, second = workshops(here)
    one, two = coming(here, 2)
    wish(one, first)
    choice = close(here)
    choice.draw()
    seen = choice.outlook().seen
    wish(two, second)

    assert choice.give_places(has_seen=seen) is None

    assert not Seat.objects.exists()


def test_nothing_is_given_where_places_are_others_than_were_seen():
    here = edition()
    first, _second = workshops(here)
    [one] = coming(here)
    wish(one, first)
    choice = close(here)
    choice.draw()
    seen = choice.outlook().seen
    free_places(here, 7)

    assert choice.give_places(has_seen=seen) is None


def test_whoever_comes_second_with_the_same_page_gives_nothing_anew():
    here = edition()
    first, _second = workshops(here)
    [one] = coming(here)
    wish(one, first)
    choice = close(here)
    choice.draw()
    seen = choice.outlook().seen

    assert [choice.give_places(has_seen=seen) for _time in range(2)] == [1, None]


def test_until_people_are_told_places_are_given_anew_and_those_of_staff_stay():
    here = edition()
    first, second = workshops(here)
    one, two = coming(here, 2)
    wish(one, first)
    wish(two, first)
    choice = given(here)
    [waits] = [one for one in (one, two) if places(one) != {first.slug: None}]
    choice.seat(waits, second, by=staff(), reason="Darum")

    choice.give_places(has_seen=choice.outlook().seen)

    assert places(waits) == {second.slug: None}


def test_after_people_are_told_places_are_not_given_anew():
    here = edition()
    workshops(here)
    choice = given(here, tell=True)

    with pytest.raises(Refused, match="letters are sent"):
        choice.give_places(has_seen=choice.outlook().seen)


def test_people_of_delegations_that_do_not_come_get_nothing():
    here = edition()
    first, _second = workshops(here)
    [person] = coming(here)
    wish(person, first)
    Delegation.objects.update(state="withdrawn")

    given(here)

    assert not Seat.objects.exists()


def test_everybody_is_told_once():
    here = edition()
    first, _second = workshops(here)
    one, two, three = coming(here, 3)
    wish(one, first)
    wish(two, first)
    choice = given(here)

    assert [choice.tell_all(), choice.tell_all()] == [2, 0]

    assert [len(letters_to(person)) for person in (one, two, three)] == [1, 1, 0]
    told = [letters_to(who)[0].context["workshops"][str(who.pk)] for who in (one, two)]
    assert sorted(told, key=str) == [[[first.pk, 1]], [[first.pk, None]]]


def test_the_contact_is_told_once_about_all_without_an_address():
    here = edition()
    first, _second = workshops(here)
    people = coming(here, 2, email="")
    for person in people:
        wish(person, first)

    assert given(here).tell_all() == 1

    letter = Letter.objects.get(kind="workshops")
    assert (letter.side, letter.participant) == (people[0].side, None)
    assert set(letter.context["workshops"]) == {str(one.pk) for one in people}


def test_a_partner_who_was_not_written_to_is_told_by_the_german_side():
    here = edition()
    first, _second = workshops(here)
    [one] = coming(here)
    delegation = one.side.delegation
    partner = ParticipantFactory(side=delegation.partner_side)
    wish(partner, first)

    given(here).tell_all()

    assert Letter.objects.get(kind="workshops").side == delegation.german_side


def two_in_line(here, *, tell=True):
    """Who has the one place, and who waits for it."""
    [session] = workshops(here, 1)
    [one], [two] = coming(here), coming(here)
    wish(one, session)
    wish(two, session)
    given(here, tell=tell)
    has, waits = sorted((one, two), key=lambda who: who.seats.get().waits)
    return session, has, waits


def withdraw(person):
    delegation = Delegation.objects.get(pk=person.side.delegation_id)
    delegation.withdraw(by=delegation.german_side)


def take_out_of_the_side(person):
    side = Side.objects.get(pk=person.side_id)
    Side.objects.filter(pk=side.pk).update(planned=2)
    ParticipantFactory(side=side)
    side.take_out(person, by=side)


def replace(person):
    side = Side.objects.get(pk=person.side_id)
    person.given_names, person.family_name = "Ama", "Mensah"
    side.save_person(person, by=side)


def taken_out_by_staff(person):
    choice = choice_of(person.side.delegation.edition)
    choice.take_out(person, person.seats.get().session, by=staff(), reason="Krank")


LEAVING = [withdraw, take_out_of_the_side, replace, taken_out_by_staff]


@pytest.mark.parametrize("leave", LEAVING)
def test_a_place_that_comes_free_goes_to_who_waits_first_with_a_letter(leave):
    session, has, waits = two_in_line(edition())

    leave(has)

    assert places(waits) == {session.slug: None}
    first, second = letters_to(waits)
    assert first.context["workshops"] == {str(waits.pk): [[session.pk, 1]]}
    assert second.context["workshops"] == {str(waits.pk): [[session.pk, None]]}
    assert waits.seats.get().how == "moved_up"
    assert not Seat.objects.filter(participant=has.pk).exists()
    history = HistoryEntry.objects.filter(delegation=waits.side.delegation_id)
    assert history.latest("pk").changes == {"session": session.slug}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_who_heads_two_lines_gets_the_dearer_session(order):
    here = edition()
    sessions = workshops(here, places=0)
    dearer, other = (sessions[number] for number in order)
    [person] = coming(here)
    wish(person, dearer, other)
    given(here)
    free_places(here, 1)

    choice_of(here).fill()

    assert places(person) == {dearer.slug: None}


def test_a_free_place_in_another_session_moves_nobody_up():
    here = edition()
    full, _free = workshops(here)
    people = [coming(here)[0] for _number in range(2)]
    for person in people:
        wish(person, full)
    given(here, tell=True)

    assert choice_of(here).fill() == 0

    assert Seat.objects.taken().count() == 1


def test_before_people_are_told_who_moves_up_gets_no_letter():
    session, has, waits = two_in_line(edition(), tell=False)

    withdraw(has)

    assert places(waits) == {session.slug: None}
    assert letters_to(waits) == []


def test_after_the_conference_nobody_moves_up(time_machine):
    session, has, waits = two_in_line(edition())
    time_machine.move_to("2100-09-10 12:00")

    withdraw(has)

    assert places(waits) == {session.slug: 1}


def test_another_person_in_the_place_inherits_no_wish():
    here = edition()
    first, _second = workshops(here)
    [person] = coming(here)
    wish(person, first)

    replace(person)

    assert not Wish.objects.exists()


def test_who_moves_up_waits_for_nothing_else_at_that_time():
    here = edition()
    first, second = workshops(here)
    people = [coming(here)[0] for _number in range(3)]
    for person in people:
        wish(person, first, second)
    given(here)
    [waits] = [who for who in people if len(places(who)) == 2]
    [has] = [who for who in people if places(who) == {first.slug: None}]

    withdraw(has)

    assert places(waits) == {first.slug: None}


def test_places_that_a_release_adds_go_to_who_waits_when_staff_say_so():
    here = edition()
    session, _has, waits = two_in_line(here)
    free_places(here, 2)
    assert places(waits) == {session.slug: 1}

    assert choice_of(here).fill() == 1

    assert places(waits) == {session.slug: None}
    assert len(letters_to(waits)) == 2


def test_fewer_places_take_nobodys_place_and_give_none_on():
    here = edition()
    [session] = workshops(here, 1, places=2)
    people = [coming(here)[0] for _number in range(3)]
    for person in people:
        wish(person, session)
    given(here, tell=True)
    free_places(here, 1)

    withdraw(next(who for who in people if not who.seats.get().waits))

    assert Seat.objects.taken().count() == 1
    assert Seat.objects.exclude(waiting_number=None).count() == 1


def test_staff_move_a_person_and_the_place_goes_on():
    here = edition()
    session, has, waits = two_in_line(here)
    other = workshop(here, slug="other")
    let_out(here)

    choice_of(here).seat(has, other, by=staff(), reason="Moderiert dort")

    assert places(has) == {"other": None}
    assert places(waits) == {session.slug: None}
    assert has.seats.get().why == "By staff: Moderiert dort"
    letter = letters_to(has)[-1]
    assert letter.context["reason"] == "Moderiert dort"
    line = HistoryEntry.objects.filter(verb="seat", reason="Moderiert dort").get()
    assert line.changes == {"session": "other"}


def test_staff_move_nobody_into_a_full_session():
    session, has, waits = two_in_line(edition())

    with pytest.raises(Refused, match="All places of this session are taken"):
        choice_of(session.edition).seat(waits, session, by=staff(), reason="Bitte")

    assert places(has) == {session.slug: None}


@pytest.mark.parametrize("verb", ["seat", "take_out"])
def test_staff_say_why(verb):
    session, has, _waits = two_in_line(edition())

    with pytest.raises(Refused, match="reason is missing"):
        getattr(choice_of(session.edition), verb)(has, session, by=staff(), reason=" ")


def test_what_is_cancelled_is_cleared_with_letters():
    here = edition()
    session, has, waits = two_in_line(here)
    with pytest.raises(Refused, match="takes place and"):
        choice_of(here).clear(session, by=staff(), reason="x")
    Session.objects.update(is_cancelled=True)
    let_out(here)

    assert choice_of(here).clear(session, by=staff(), reason="Fällt aus") == 2

    assert not Seat.objects.exists()
    assert letters_to(has)[-1].context["workshops"] == {str(has.pk): []}
    assert letters_to(waits)[-1].context["reason"] == "Fällt aus"


def test_a_place_of_a_cancelled_session_makes_room_for_another_at_its_time():
    here = edition()
    session, has, _waits = two_in_line(here)
    other = workshop(here, slug="other")
    Session.objects.filter(pk=session.pk).update(is_cancelled=True)
    let_out(here)

    choice_of(here).seat(has, other, by=staff(), reason="Statt dessen")

    assert places(has) == {"other": None}


def test_people_are_asked_to_choose_once():
    here = edition()
    workshops(here)
    one, two = coming(here, 2)
    coming(here, 2, email="")

    assert choice_of(here).ask_to_choose() == 3
    [three] = coming(here)
    assert choice_of(here).ask_to_choose() == 1

    assert [len(letters_to(who, "choose")) for who in (one, two, three)] == [1, 1, 1]


def test_nobody_is_asked_to_choose_what_cannot_be_chosen():
    here = edition()
    coming(here)
    with pytest.raises(Refused, match="no released sessions"):
        choice_of(here).ask_to_choose()
    workshops(here)

    with pytest.raises(Refused, match="cannot be chosen now"):
        close(here).ask_to_choose()


def test_the_database_keeps_rows_of_the_choice_in_order():
    here = edition()
    first, second = workshops(here)
    one, two = coming(here, 2)
    Seat.objects.create(participant=one, session=first, how="waits", waiting_number=1)
    Wish.objects.create(participant=one, session=first, rank=1)
    broken = [
        (Seat, {"participant": one, "session": first, "how": "first"}),
        (
            Seat,
            {"participant": two, "session": first, "how": "waits", "waiting_number": 1},
        ),
        (
            Seat,
            {"participant": two, "session": first, "how": "waits"},
        ),
        (
            Seat,
            {"participant": two, "session": first, "how": "first", "waiting_number": 2},
        ),
        (Wish, {"participant": one, "session": first, "rank": 2}),
        (Wish, {"participant": one, "session": second, "rank": 3}),
        (
            Allotment,
            {"edition": here, "seed": "s", "sent_at": later()},
        ),
    ]
    for model, values in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**values)


def test_what_people_choose_needs_places():
    here = edition()

    with pytest.raises(IntegrityError, match="chosen_with_places"):
        workshop(here, places=None)
