"""Workshops chosen on the own page of a person, or by the side for its people."""

import pytest
from django.urls import reverse

from conferences.models import Edition
from registrations import letters, seeding
from registrations.models import Delegation, Letter
from tests.factories import later
from tests.registrations.answers import address
from tests.registrations.workshops import (
    close,
    coming,
    edition,
    given,
    places,
    wish,
    workshop,
    workshops,
)

pytestmark = pytest.mark.django_db


def choosing():
    """A person who may choose between two sessions, and the own link."""
    here = edition()
    first, second = workshops(here)
    [person] = coming(here)
    return first, second, person, person.links.mint(person)


def fields(first, second=None, *, key=None, **more):
    """What the form sends for one slot."""
    key = key or first.pk
    chosen = {f"first-{key}": first.pk, f"second-{key}": second.pk if second else ""}
    return {**chosen, **more}


def sent(client, path, **answers):
    """Sends the form as it was shown, with these answers."""
    seen = client.get(path).context["form"]["seen"].value()
    return client.post(path, {"seen": seen, **answers})


def wished(person):
    return {one.session: one.rank for one in person.wishes.all()}


def part(response):
    [found] = [one for one in response.context["parts"] if one.page == "choice"]
    return str(found.state), found.is_open


def test_a_person_chooses_on_the_own_page(client):
    first, second, person, token = choosing()
    own, path = address("own-page", token), address("own-choice", token)
    assert part(client.get(own)) == ("nothing chosen yet", True)
    assert f'href="{path}"' in client.get(own).content.decode()

    answer = sent(client, path, **fields(first, second))

    assert answer.url == f"{own}?done=saved"
    assert wished(person) == {first: 1, second: 2}
    assert part(client.get(own)) == ("2 wishes", False)
    line = person.side.delegation.history.latest("pk")
    assert (line.verb, line.actor_kind) == ("choose", "person")


def test_what_was_chosen_stands_in_the_form(client):
    first, second, person, token = choosing()
    wish(person, second, first)

    form = client.get(address("own-choice", token)).context["form"]

    key = first.pk
    assert form[f"first-{key}"].value() == second.pk
    assert form[f"second-{key}"].value() == first.pk


def test_all_wishes_can_be_taken_back(client):
    first, second, person, token = choosing()
    wish(person, first, second)

    sent(client, address("own-choice", token))

    assert wished(person) == {}


def test_the_same_session_twice_is_no_second_wish(client):
    first, _second, person, token = choosing()

    answer = sent(client, address("own-choice", token), **fields(first, first))

    assert list(answer.context["form"].errors) == [f"second-{first.pk}"]
    assert wished(person) == {}


def test_a_second_wish_needs_a_first_one(client):
    first, second, person, token = choosing()
    key = first.pk

    answer = sent(client, address("own-choice", token), **{f"second-{key}": second.pk})

    assert list(answer.context["form"].errors) == [f"first-{key}"]
    assert wished(person) == {}


@pytest.mark.parametrize("value", ["abc", "9" * 30, "-1", "\0"])
def test_a_strange_session_is_refused_beside_its_field(client, value):
    first, _second, person, token = choosing()
    key = first.pk

    answer = sent(client, address("own-choice", token), **{f"first-{key}": value})

    assert list(answer.context["form"].errors) == [f"first-{key}"]
    assert wished(person) == {}


def test_a_programme_that_was_changed_meanwhile_is_shown_anew(client):
    first, second, person, token = choosing()
    path = address("own-choice", token)
    seen = client.get(path).context["form"]["seen"].value()
    workshops(person.side.delegation.edition, 1)

    answer = client.post(path, {"seen": seen, **fields(first, second)})

    assert "programme was changed" in answer.content.decode()
    assert wished(person) == {}
    form = answer.context["form"]
    assert form[f"first-{first.pk}"].value() == str(first.pk)
    again = {"seen": form["seen"].value(), **fields(first, second)}
    assert client.post(path, again).status_code == 302


def test_who_sends_after_the_closing_is_told_so(client):
    first, second, person, token = choosing()
    path = address("own-choice", token)
    seen = client.get(path).context["form"]["seen"].value()
    close(person.side.delegation.edition)

    answer = client.post(path, {"seen": seen, **fields(first, second)})

    assert "The time for choosing workshops is over." in answer.content.decode()
    assert wished(person) == {}


def test_after_the_closing_the_wishes_are_shown_to_read(client):
    first, _second, person, token = choosing()
    wish(person, first)
    close(person.side.delegation.edition)

    page = client.get(address("own-choice", token)).content.decode()

    assert first.title_en in page
    assert "<select" not in page


def test_a_side_chooses_for_its_people(client):
    first, second, person, _token = choosing()
    side = person.side
    token = side.mint_link()
    status = client.get(address("delegation", token)).content.decode()
    overview = address("choice", token)
    path = address("choose", token, person.pk)
    assert f'href="{overview}"' in status
    assert f'href="{path}"' in client.get(overview).content.decode()

    answer = sent(client, path, **fields(first, second))

    assert answer.url == f"{overview}?done=saved"
    assert wished(person) == {first: 1, second: 2}


def test_the_partner_chooses_for_its_own_people_only(client):
    _first, _second, person, _token = choosing()
    partner = person.side.delegation.partner_side
    token = partner.mint_link()

    assert client.get(address("choice", token)).context["people"] == []
    assert client.get(address("choose", token, person.pk)).status_code == 404


def test_no_other_link_opens_the_choice(client):
    _first, _second, person, own = choosing()
    side = person.side.mint_link()

    assert client.get(address("own-choice", side)).status_code == 404
    assert client.get(address("own-choice", "dead")).status_code == 404
    assert client.get(address("choice", own)).status_code == 404
    assert client.get(address("choose", own, person.pk)).status_code == 404


def not_approved():
    Delegation.objects.update(state="submitted")


def before():
    Edition.objects.update(choice_opens_at=later(hours=1))


def without_choice():
    Edition.objects.update(choice_opens_at=None, choice_closes_at=None)


@pytest.mark.parametrize("why", [not_approved, before, without_choice])
def test_where_nothing_is_chosen_there_is_no_page(client, why):
    _first, _second, person, own = choosing()
    token = person.side.mint_link()
    why()

    for name, opened in (("own-choice", own), ("choice", token)):
        assert client.get(address(name, opened)).status_code == 302
    page = client.get(address("own-page", own))
    assert [one.page for one in page.context["parts"] if one.page == "choice"] == []
    status = client.get(address("delegation", token)).content.decode()
    assert address("choice", token) not in status


def test_until_people_are_told_nobody_sees_the_places(client):
    first, _second, person, token = choosing()
    wish(person, first)
    choice = given(person.side.delegation.edition)
    path = address("own-choice", token)
    before = client.get(path)
    assert before.context["places"] == []
    assert "a place is reserved" not in before.content.decode()

    choice.tell_all()

    page = client.get(path)
    assert "a place is reserved" in page.content.decode()
    assert part(client.get(address("own-page", token))) == ("1 place", False)


def test_who_waits_sees_the_position_and_not_the_number(client):
    here = edition()
    [session] = workshops(here, 1)
    people = [coming(here)[0] for _number in range(3)]
    for person in people:
        wish(person, session)
    given(here, tell=True)
    by_number = {places(person)[session.slug]: person for person in people}
    by_number[1].seats.all().delete()

    token = by_number[2].links.mint(by_number[2])
    page = client.get(address("own-choice", token)).content.decode()

    assert "waiting list, position 1" in page


def test_a_session_that_was_cancelled_is_said_not_to_take_place(client):
    first, _second, person, token = choosing()
    wish(person, first)
    here = person.side.delegation.edition
    given(here, tell=True)
    first.refresh_from_db()
    first.is_cancelled = True
    first.save()
    workshop(here)
    workshops(here, 0)

    page = client.get(address("own-choice", token)).content.decode()

    assert "does not take place" in page


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_overview_costs_the_same_however_many_people(
    client, django_assert_num_queries, how_many
):
    here = edition()
    first, second = workshops(here)
    people = coming(here, how_many)
    for person in people:
        wish(person, first, second)
    given(here, tell=True)
    path = address("choice", people[0].side.mint_link())
    client.get(path)

    with django_assert_num_queries(9):
        client.get(path)


def test_the_letter_says_what_each_person_got_in_its_language():
    seeding.load()
    here = edition()
    first, _second = workshops(here)
    one, two = coming(here, 2, language="de")
    wish(one, first)
    wish(two, first)
    given(here, tell=True)
    by_number = {places(who)[first.slug]: who for who in (one, two)}

    def body(who):
        letter = Letter.objects.get(participant=who, kind="workshops")
        return " ".join(letters.rendered(letter).body.split())

    title = f"- {first.title_de}, Montag, 6. September 2100, 10:00–11:00:"
    assert f"{title} Platz zugesagt" in body(by_number[None])
    assert f"{title} Warteliste, Position 1" in body(by_number[1])


def test_the_letter_to_the_contact_names_each_person():
    seeding.load()
    here = edition()
    first, _second = workshops(here)
    one, two = coming(here, 2, email="")
    wish(one, first)
    wish(two, first)
    given(here, tell=True)
    two.delete()

    body = letters.rendered(Letter.objects.get(kind="workshops")).body

    assert f"- {one.full_name}: {first.title_de}" in body
    assert two.full_name not in body


def test_a_name_in_the_letter_to_the_contact_is_no_link():
    seeding.load()
    here = edition()
    first, _second = workshops(here)
    [person] = coming(here, email="", family_name="evil.example")
    wish(person, first)
    given(here, tell=True)

    body = letters.rendered(Letter.objects.get(kind="workshops")).body

    assert "- Erika evil. example: " in body


def test_the_session_says_in_public_that_it_is_chosen(client):
    first, _second, person, _token = choosing()
    here = person.side.delegation.edition

    path = reverse(
        "conferences:session", args=[here.series.slug, here.slug, first.slug]
    )

    assert "participants choose beforehand" in client.get(path).content.decode()
