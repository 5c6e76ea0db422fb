"""Staff give places in workshops on the page of a conference in the admin."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from conferences.models import Session
from registrations.models import Allotment, Seat, Wish
from tests.conferences.sessions import let_out
from tests.factories import ParticipantFactory, staff
from tests.registrations.workshops import (
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
MAY = ["registrations.view_participant", "registrations.view_editionchoice"]
NAME = "admin:registrations_editionchoice"


def page(edition):
    return reverse(f"{NAME}_change", args=[edition.pk])


def person_page(person):
    edition = person.side.delegation.edition
    return reverse(f"{NAME}_person", args=[edition.pk, person.pk])


def do(client, edition, what, **more):
    return client.post(page(edition), {"do": what, **more}, follow=True)


def told(response):
    return [str(message) for message in response.context["messages"]]


def content(response):
    """What stands on the page itself."""
    return response.content.decode().split('id="content"')[1]


def one_wish():
    here = edition()
    [session] = workshops(here, 1)
    [person] = coming(here)
    wish(person, session)
    return here, session, person


def test_staff_go_from_the_question_to_the_letters(admin_client):
    here, session, person = one_wish()

    asked = do(admin_client, here, "ask")
    close(here)
    drawn = do(admin_client, here, "draw")
    shown = drawn.context["outlook"]
    given = do(admin_client, here, "give", seen=shown.seen)
    sent = do(admin_client, here, "tell")

    assert told(asked) == ["1 E-Mail ist unterwegs."]
    assert told(drawn) == ["Die Lose sind gezogen."]
    assert "Erstwunsch, mit Los 1." in drawn.content.decode()
    assert told(given) == ["Ein Platz wurde vergeben."]
    assert told(sent) == ["1 E-Mail ist unterwegs."]
    assert places(person) == {session.slug: None}
    assert [len(letters_to(person, kind)) for kind in ("choose", "workshops")] == [1, 1]
    assert LogEntry.objects.count() == 4


def test_the_page_says_at_which_step_the_choice_is(admin_client):
    here, _session, _person = one_wish()

    def steps(query=""):
        found = content(admin_client.get(page(here) + query)).split('"step">')[1:]
        return [one.split("<")[0] for one in found]

    assert steps() == ["Die Teilnehmenden wählen"]
    choice = close(here)
    assert steps() == ["Sie ziehen die Lose"]
    choice.draw()
    look = "Sie sehen die Plätze an und vergeben sie"
    assert steps() == [look]
    seen = admin_client.get(page(here)).context["outlook"].seen
    do(admin_client, here, "give", seen=seen)
    assert steps() == ["Sie senden die E-Mails"]
    assert steps("?anew") == [look]
    do(admin_client, here, "tell")
    assert steps() == []


def test_the_page_of_the_conference_leads_to_the_choice(admin_client):
    here, _session, _person = one_wish()
    address = reverse("admin:conferences_edition_change", args=[here.pk])

    assert f'href="{page(here)}"' in content(admin_client.get(address))
    assert "Wünsche gibt es erst, wenn die Konferenz gespeichert ist." in content(
        admin_client.get(reverse("admin:conferences_edition_add"))
    )


def test_what_was_changed_after_it_was_seen_is_not_given(admin_client):
    here, _session, _person = one_wish()
    close(here).draw()
    seen = admin_client.get(page(here)).context["outlook"].seen
    Wish.objects.all().delete()

    answer = do(admin_client, here, "give", seen=seen)

    assert not Seat.objects.exists()
    assert told(answer) == [
        "Inzwischen wurde etwas geändert. Bitte sehen Sie noch einmal hin."
    ]


def test_a_refusal_is_said_in_words(admin_client):
    here, _session, _person = one_wish()

    answer = do(admin_client, here, "draw")

    assert not Allotment.objects.exists()
    assert told(answer) == [
        "Die Wahl ist noch nicht beendet. Verlost wird erst danach."
    ]


@pytest.mark.parametrize("what", ["", "delete", "anything"])
def test_another_verb_is_not_there(admin_client, what):
    here, _session, _person = one_wish()

    assert admin_client.post(page(here), {"do": what}).status_code == 404


@pytest.mark.parametrize("lacking", MAY)
def test_who_may_not_see_people_or_the_choice_sees_nothing(client, lacking):
    here, session, person = one_wish()
    client.force_login(staff(*[name for name in MAY if name != lacking]))
    paths = [
        page(here),
        person_page(person),
        reverse(f"{NAME}_clear", args=[here.pk, session.pk]),
        reverse(f"{NAME}_attendance", args=[here.pk, session.pk]),
    ]

    assert [client.get(one).status_code for one in paths] == [403] * 4


def test_who_may_only_see_changes_nothing(client):
    here, session, person = one_wish()
    given(here)
    client.force_login(staff(*MAY))

    for path in (
        page(here),
        person_page(person),
        reverse(f"{NAME}_clear", args=[here.pk, session.pk]),
    ):
        answer = client.post(path, {"do": "tell", "reason": "x", "session": session.pk})
        assert answer.status_code == 403
        assert 'type="submit"' not in content(client.get(path))
    assert places(person) == {session.slug: None}


def test_staff_seat_and_take_out_a_person_with_a_reason(admin_client):
    here, _session, person = one_wish()
    other = workshop(here, slug="other")
    let_out(here)
    given(here)
    address = person_page(person)

    admin_client.post(address, {"session": other.pk, "reason": "Bitte"})
    assert places(person) == {"other": None}
    admin_client.post(
        address, {"session": other.pk, "reason": "Krank", "_take_out": "x"}
    )

    assert places(person) == {}


def test_a_refused_seat_keeps_what_was_typed(admin_client):
    here, session, _person = one_wish()
    given(here)
    [late] = coming(here)

    answer = admin_client.post(
        person_page(late), {"session": session.pk, "reason": "Ein Grund"}
    )

    assert answer.status_code == 200
    assert len(answer.context["form"].non_field_errors()) == 1
    assert "Ein Grund" in answer.content.decode()
    assert places(late) == {}


@pytest.mark.parametrize("value", ["", "abc", "9" * 30, "-1", "\0"])
def test_a_strange_session_is_refused(admin_client, value):
    here, _session, person = one_wish()
    given(here)

    answer = admin_client.post(person_page(person), {"session": value, "reason": "x"})

    assert "session" in answer.context["form"].errors


def test_people_of_other_conferences_have_no_page_here(admin_client):
    here, session, _person = one_wish()
    _elsewhere, other, stranger = one_wish()
    paths = [
        reverse(f"{NAME}_person", args=[here.pk, stranger.pk]),
        reverse(f"{NAME}_clear", args=[here.pk, other.pk]),
        reverse(f"{NAME}_attendance", args=[here.pk, other.pk]),
        reverse(f"{NAME}_attendance", args=[0, session.pk]),
    ]

    assert [admin_client.get(path).status_code for path in paths] == [404] * 4


def test_what_a_release_took_away_is_said_and_cleared(admin_client):
    here, session, person = one_wish()
    given(here, tell=True)
    Session.objects.update(is_cancelled=True)
    let_out(here)
    address = reverse(f"{NAME}_clear", args=[here.pk, session.pk])

    assert address in admin_client.get(page(here)).content.decode()
    admin_client.post(address, {"reason": "Die Leitung ist krank."})

    assert places(person) == {}
    assert letters_to(person)[-1].context["reason"] == "Die Leitung ist krank."
    assert address not in admin_client.get(page(here)).content.decode()


def worries(client, here):
    return client.get(page(here)).context["overview"].worries


def test_fewer_places_than_people_are_a_worry(admin_client):
    here = edition()
    [session] = workshops(here, 1, places=2)
    for person in coming(here, 2):
        wish(person, session)
    given(here)
    assert worries(admin_client, here) == []

    Session.objects.update(capacity=1)
    let_out(here)

    [words] = worries(admin_client, here)
    assert str(session) in words


def test_two_places_at_one_time_are_a_worry(admin_client):
    here = edition()
    [early], [late] = workshops(here, 1), workshops(here, 1, hour=14)
    [person] = coming(here)
    for session in (early, late):
        Wish.objects.create(participant=person, session=session, rank=1)
    given(here)
    assert worries(admin_client, here) == []

    late.starts_at, late.ends_at = early.starts_at, early.ends_at
    late.save()
    let_out(here)

    [words] = worries(admin_client, here)
    assert person.full_name in words


def test_the_list_of_people_is_no_formula(admin_client):
    here, session, person = one_wish()
    type(person).objects.filter(pk=person.pk).update(family_name="=1+1")
    [waits] = coming(here)
    Seat.objects.create(
        participant=waits, session=session, how="waits", waiting_number=7
    )
    Seat.objects.create(participant=person, session=session, how="first")

    answer = admin_client.get(reverse(f"{NAME}_attendance", args=[here.pk, session.pk]))

    header, first, second = answer.content.decode("utf-8-sig").splitlines()
    assert header.count(";") == 6
    assert first.startswith('"\'=1+1";"Erika";')
    assert '"' + waits.family_name + '"' in second
    assert "7" in second.split(";")[-1]
    assert answer["Content-Disposition"] == (
        f'attachment; filename="{here.slug}-{session.slug}.csv"'
    )
    assert LogEntry.objects.count() == 1


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_page_costs_the_same_for_one_or_three(
    admin_client, django_assert_num_queries, how_many
):
    here = edition()
    sessions = workshops(here, how_many)
    for _number in range(how_many):
        [person] = coming(here)
        wish(person, *sessions[:2])
    given(here)
    admin_client.get(page(here))

    with django_assert_num_queries(12):
        admin_client.get(page(here))


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_costs_the_same_for_one_or_three(
    admin_client, django_assert_num_queries, how_many
):
    for _number in range(how_many):
        here, _session, _person = one_wish()
        given(here, tell=True)
    address = reverse(f"{NAME}_changelist")
    admin_client.get(address)

    with django_assert_num_queries(8):
        answer = admin_client.get(address)

    rows = answer.context["cl"].result_list
    assert [(row.wished, row.seats) for row in rows] == [(1, 1)] * how_many


def test_people_without_a_delegation_that_comes_are_not_counted(admin_client):
    here, session, _person = one_wish()
    other = ParticipantFactory(
        side=coming(here)[0].side.delegation.partner_side, family_name="Mensah"
    )
    wish(other, session)
    delegation = other.side.delegation
    delegation.state = "submitted"
    delegation.save()

    overview = admin_client.get(page(here)).context["overview"]

    assert (overview.people_who_wished, overview.people_who_may) == (1, 1)
