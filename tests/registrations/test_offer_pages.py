"""The German side answers an offer by its personal link."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from registrations import letters, seeding
from registrations.models import Letter
from tests.factories import ParticipantFactory
from tests.registrations.offered import full, held, renewed, states, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    holding, first, second = full(4, (3, 2), (2, 0), changes_until=None)
    holding.withdraw(by=holding.german_side)
    return renewed(first), second


def token_of(delegation):
    return delegation.german_side.mint_link()


def address(name, token):
    return reverse(f"registrations:{name}", args=[token])


def run_out(delegation, time_machine):
    expires_at = delegation.offers.running().get().expires_at
    time_machine.move_to(expires_at + timedelta(minutes=1))


def test_the_status_page_leads_to_the_offer(client, asked):
    token = token_of(asked[0])

    page = client.get(address("delegation", token)).content.decode()

    assert f'href="{address("offer", token)}"' in page
    assert "2 of 3 places that you asked for" in page
    assert "Please answer the offer of places first." in page
    assert "Nothing at the moment." not in page


def test_the_page_of_the_offer_asks_with_all_places_filled_in(client, asked):
    response = client.get(address("offer", token_of(asked[0])))

    form = response.context["form"]
    assert (form["german"].value(), form["partner"].value()) == (2, 2)
    assert response["Cache-Control"] == "no-store, private"
    assert states(*asked) == ["offered", "waiting"]


def test_the_button_takes_the_places(client, asked):
    token = token_of(asked[0])

    response = client.post(address("offer", token), {"german": "1", "partner": "2"})

    assert response.url == f"{address('delegation', token)}?done=taken"
    assert (states(*asked), held(asked[0])) == (["submitted", "offered"], (1, 2))


def test_too_many_are_refused_beside_the_field(client, asked):
    response = client.post(
        address("offer", token_of(asked[0])), {"german": "2", "partner": "3"}
    )

    assert response.context["form"].errors == {
        "partner": ["The offer holds 2 places here."]
    }
    assert response.context["form"]["partner"].value() == "3"
    assert states(asked[0]) == ["offered"]


def test_a_partner_without_places_is_not_asked_for(client):
    holding, first = full(2, (2, 0))
    holding.withdraw(by=holding.german_side)
    token = token_of(renewed(first))

    fields = list(client.get(address("offer", token)).context["form"].fields)
    client.post(address("offer", token), {"german": "2"})

    assert fields == ["german"]
    assert states(first) == ["submitted"]


def test_looking_at_the_page_to_decline_declines_nothing(client, asked):
    client.get(address("offer-decline", token_of(asked[0])))

    assert states(*asked) == ["offered", "waiting"]


def test_the_button_to_decline_goes_on_waiting(client, asked):
    token = token_of(asked[0])

    response = client.post(address("offer-decline", token))

    assert response.url == f"{address('delegation', token)}?done=turned-down"
    assert states(*asked) == ["waiting", "offered"]


@pytest.mark.parametrize(
    ("name", "verb"), [("offer", "take_offer"), ("offer-decline", "decline_offer")]
)
def test_the_history_says_that_the_german_side_answered(client, asked, name, verb):
    typed = {"german": "1", "partner": "1"}

    client.post(address(name, token_of(asked[0])), typed)

    assert asked[0].history.get(verb=verb).actor_kind == "german"


@pytest.mark.parametrize("name", ["offer", "offer-decline"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_offer_that_was_answered_leads_to_the_status_page(
    client, asked, name, method
):
    token = token_of(asked[0])
    take(asked[0], 2, 2)

    response = getattr(client, method)(address(name, token))

    assert response.url == address("delegation", token)
    assert held(asked[0]) == (2, 2)


def test_who_answers_too_late_is_told_so(client, asked, time_machine):
    token = token_of(asked[0])
    run_out(asked[0], time_machine)

    response = client.post(address("offer", token), {"german": "1", "partner": "1"})

    assert response.context["form"].non_field_errors() == [
        "The time to answer the offer is over. Your delegation waits on."
    ]
    assert states(*asked) == ["waiting", "offered"]


def test_the_status_page_says_that_the_time_is_over(client, asked, time_machine):
    token = token_of(asked[0])
    run_out(asked[0], time_machine)

    page = client.get(address("delegation", token)).content.decode()

    assert "The time to answer our offer of places is over." in page
    assert address("offer", token) not in page


@pytest.mark.parametrize("name", ["offer", "offer-decline"])
def test_a_stranger_finds_no_offer(client, asked, name):
    response = client.get(address(name, "no-link-at-all"))

    assert response.status_code == 404


@pytest.mark.parametrize("name", ["offer", "offer-decline"])
def test_the_link_of_the_partner_answers_no_offer(client, asked, name):
    token = asked[0].partner_side.mint_link()

    response = client.post(address(name, token), {"german": "1", "partner": "0"})

    assert response.status_code == 404
    assert states(asked[0]) == ["offered"]


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_costs_the_same_however_many_wait(
    client, django_assert_num_queries, people
):
    holding, first, *_others = full(3, *[(2, 1)] * people)
    holding.withdraw(by=holding.german_side)
    token = token_of(renewed(first))

    with django_assert_num_queries(8):
        client.get(address("offer", token))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ["2 für die deutsche Seite", "Angemeldet haben Sie 3 und 2", "23:59"]),
        ("en", ["2 for the German side", "You asked for 3 and 2", "23:59"]),
    ],
)
def test_the_letter_names_places_and_time_and_leads_to_the_offer(
    asked, postbox, language, words
):
    seeding.load()
    Letter.objects.exclude(kind="offer").delete()
    Letter.objects.update(language=language)

    letters.send_due()

    body = " ".join(postbox.message().get_content().split())
    assert [word for word in words if word not in body] == []
    with translation.override(language):
        path = reverse("registrations:offer", args=["token"]).split("token")
    assert path[0] in body
    assert f"{path[1]} " in body


def test_people_of_a_side_without_places_are_named_in_words(client, asked):
    """The page asks for no number of theirs, so that no field can say it."""
    holding, waiting = full(2, (2, 0))
    ParticipantFactory(side=waiting.partner_side)
    holding.withdraw(by=holding.german_side)

    response = client.post(address("offer", token_of(waiting)), {"german": "2"})

    assert response.status_code == 200
    assert response.context["form"].errors == {
        "__all__": ["More people are named than that: please take one out by name."]
    }
    assert states(waiting) == ["offered"]
