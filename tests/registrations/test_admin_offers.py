"""Staff see offers, and offer, withdraw and pass over with a reason."""

import pytest
from django.urls import reverse

from registrations import seeding
from registrations.models import Letter
from tests.factories import staff
from tests.registrations.offered import full, raise_capacity, renewed, states

pytestmark = pytest.mark.django_db
LIST = "admin:registrations_offer_changelist"


@pytest.fixture(autouse=True)
def _texts(db):
    seeding.load()


@pytest.fixture
def asked():
    holding, first, second = full(2, (2, 0), (2, 0))
    holding.withdraw(by=holding.german_side)
    return first, second


def act(client, verb, row, **form):
    address = reverse(f"admin:registrations_delegation_{verb}")
    return client.post(address, {"chosen": row.pk, **form})


def buttons(client, row):
    address = reverse("admin:registrations_delegation_change", args=[row.pk])
    offered = client.get(address).context["decisions"]
    names = {"offer_places", "withdraw_offer", "pass_over", "ask_again"}
    return names & {decision.name for decision in offered}


def test_the_page_of_a_delegation_offers_what_fits_its_state(
    admin_client, admin_user, asked
):
    first, second = asked

    assert buttons(admin_client, first) == {"withdraw_offer"}
    assert buttons(admin_client, second) == {"offer_places", "pass_over"}
    second.pass_over(by=admin_user, reason="Comes another time.")
    assert buttons(admin_client, second) == {"offer_places", "ask_again"}


def test_who_waits_no_longer_is_not_asked_again(admin_client, admin_user, asked):
    second = asked[1]
    second.pass_over(by=admin_user, reason="Comes another time.")
    renewed(second).withdraw(by=admin_user)

    assert buttons(admin_client, second) == set()


def test_an_offer_is_withdrawn_with_a_reason(admin_client, asked):
    without = act(admin_client, "withdraw_offer", asked[0], reason="")
    assert "reason" in without.context["form"].errors

    act(admin_client, "withdraw_offer", asked[0], reason="They called.")

    assert states(*asked) == ["waiting", "offered"]
    assert renewed(asked[0]).history.filter(reason="They called.").count() == 1


def test_the_page_shows_the_letter_before_it_goes(admin_client, asked):
    response = act(
        admin_client, "withdraw_offer", asked[0], reason="They called.", _look="1"
    )

    mails = [mail.body for _letter, mail in response.context["outcome"].mails]
    assert len(mails) == 1
    assert "They called." in mails[0]
    assert states(*asked) == ["offered", "waiting"]


def test_passing_over_and_taking_it_back(admin_client, asked):
    second = asked[1]

    act(admin_client, "pass_over", second, reason="Comes another time.")
    assert renewed(second).passed_over_at is not None
    act(admin_client, "ask_again", second)

    assert renewed(second).passed_over_at is None
    verbs = list(second.history.values_list("verb", flat=True))
    assert verbs[-2:] == ["pass_over", "ask_again"]


def test_passing_over_needs_a_reason(admin_client, asked):
    response = act(admin_client, "pass_over", asked[1], reason=" ")

    assert list(response.context["form"].errors) == ["reason"]
    assert renewed(asked[1]).passed_over_at is None


def test_places_are_offered_by_hand(admin_client, admin_user):
    holding, big, small = full(2, (4, 0), (1, 0))
    renewed(big).pass_over(by=admin_user, reason="Later.")
    renewed(small).pass_over(by=admin_user, reason="Later.")
    raise_capacity(holding.edition, 3)

    act(admin_client, "offer_places", small, reason="They agreed.")

    assert states(big, small) == ["waiting", "offered"]
    assert Letter.objects.filter(kind="offer", side=small.german_side).count() == 1


def test_the_page_of_a_delegation_shows_its_offers(admin_client, asked):
    address = reverse("admin:registrations_delegation_change", args=[asked[0].pk])

    page = admin_client.get(address).content.decode()

    assert "2 deutsche, 0 der Partnerseite, zu beantworten bis" in page


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_costs_the_same_however_long(
    admin_client, django_assert_num_queries, how_many
):
    holding, *_first = full(6, *[(2, 0)] * how_many)
    holding.withdraw(by=holding.german_side)

    with django_assert_num_queries(8):
        response = admin_client.get(reverse(LIST))

    assert len(response.context["cl"].result_list) == how_many


def test_only_who_may_see_offers_sees_them(client, asked):
    client.force_login(staff("registrations.view_letter"))
    refused = client.get(reverse(LIST)).status_code
    client.force_login(staff("registrations.view_offer"))

    assert (refused, client.get(reverse(LIST)).status_code) == (403, 200)


def test_nobody_changes_an_offer_by_hand(admin_client, asked):
    offer = asked[0].offers.get()
    address = reverse("admin:registrations_offer_change", args=[offer.pk])

    response = admin_client.post(address, {"german": "9"})

    assert response.status_code == 403
    assert asked[0].offers.get().german == 2
