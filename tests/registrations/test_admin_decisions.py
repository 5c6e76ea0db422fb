import re

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from registrations.models import Delegation, HistoryEntry, Letter, LetterText, Request
from tests.factories import DelegationFactory, EditionFactory, staff, submitted
from tests.registrations.offered import turn_down

pytestmark = pytest.mark.django_db
State = Delegation.State
LIST = "admin:registrations_delegation_changelist"


@pytest.fixture(autouse=True)
def _texts(db):
    LetterText.objects.all().delete()
    for kind in Letter.Kind.values:
        LetterText.objects.create(
            kind=kind,
            language="de",
            subject="Delegation {reference}",
            body=f"{kind} für {{name}}.\n\nGrund: {{reason}}",
        )


def page_of(verb, *rows, model="delegation"):
    chosen = ",".join(str(row.pk) for row in rows)
    return reverse(f"admin:registrations_{model}_{verb}") + f"?chosen={chosen}"


def act(client, verb, *rows, model="delegation", **form):
    chosen = ",".join(str(row.pk) for row in rows)
    address = reverse(f"admin:registrations_{model}_{verb}")
    return client.post(address, {"chosen": chosen, **form})


def states(*delegations):
    for delegation in delegations:
        delegation.refresh_from_db()
    return [delegation.state for delegation in delegations]


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_the_list_leads_to_the_page_of_the_decision(admin_client):
    delegation = submitted(EditionFactory())

    response = admin_client.post(
        reverse(LIST), {"action": "approve", "_selected_action": [delegation.pk]}
    )

    assert response.url == page_of("approve", delegation)
    assert states(delegation) == [State.SUBMITTED]


def test_the_page_names_the_letters_that_will_go(admin_client):
    edition = EditionFactory()
    first, second = submitted(edition), submitted(edition, german__language="en")
    draft = DelegationFactory(edition=edition)

    response = admin_client.get(page_of("approve", first, second, draft))

    outcome = response.context["outcome"]
    assert [
        (letter.side.delegation, letter.kind, letter.language)
        for letter in outcome.letters
    ] == [(first, "approved", "de"), (second, "approved", "en")]
    assert outcome.refused == [
        (
            draft,
            "Zusagen können Sie nur, was eingereicht ist oder auf der Warteliste "
            "steht.",
        )
    ]
    assert "2 E-Mails werden gesendet" in response.content.decode()


def buttons(response):
    page = response.content.decode()
    return re.findall(r'<input (?:class="default" )?type="submit".* value="(.*)"', page)


def test_a_page_that_sends_nothing_offers_no_sending(admin_client):
    draft = DelegationFactory()

    response = admin_client.get(page_of("decline", draft))

    assert "<h2>Es wird keine E-Mail gesendet</h2>" in response.content.decode()
    assert buttons(response) == []


def test_what_a_reason_may_make_possible_is_looked_at_first(admin_client):
    edition = EditionFactory(capacity_people=2)
    holding = submitted(edition)
    first, second = submitted(edition), submitted(edition)
    holding.withdraw(by=staff())
    for delegation in (first, second):
        turn_down(delegation)

    without = admin_client.get(page_of("approve", second))
    looked = act(admin_client, "approve", second, reason="Gastgeberin", _look="1")

    assert buttons(without) == ["Prüfen, ob es mit dieser Begründung geht"]
    assert buttons(looked) == [
        "Zusagen und E-Mails senden",
        "E-Mails mit dieser Begründung ansehen",
    ]
    assert states(second) == [State.WAITING]


def test_withdrawing_twice_says_that_nothing_was_left(admin_client):
    delegation = submitted(EditionFactory())
    delegation.withdraw(by=staff())
    before = Letter.objects.count()

    response = act(admin_client, "withdraw", delegation, reason="Noch einmal")

    assert told(response) == [f"{delegation}: Hier war nichts mehr zu tun."]
    assert Letter.objects.count() == before


def test_looking_at_the_page_changes_nothing(admin_client):
    delegation = submitted(EditionFactory())
    before = Letter.objects.count(), HistoryEntry.objects.count()

    admin_client.get(page_of("approve", delegation))

    assert states(delegation) == [State.SUBMITTED]
    assert (Letter.objects.count(), HistoryEntry.objects.count()) == before


def test_the_letter_is_shown_with_the_reason_that_was_typed(admin_client):
    delegation = submitted(EditionFactory())

    response = act(
        admin_client, "decline", delegation, reason="Zu spät", _look="Ansehen"
    )

    [(_letter, mail)] = response.context["outcome"].mails
    assert mail.subject == f"Delegation {delegation.reference}"
    assert mail.body.splitlines()[-1] == "Grund: Zu spät"
    assert states(delegation) == [State.SUBMITTED]


def test_approving_writes_a_letter_for_each(admin_client, admin_user):
    edition = EditionFactory()
    first, second = submitted(edition), submitted(edition)

    response = act(admin_client, "approve", first, second, reason="")

    assert states(first, second) == [State.APPROVED, State.APPROVED]
    assert told(response) == ["2 Delegationen zugesagt.", "2 E-Mails sind unterwegs."]
    entry = first.history.get(verb="approve")
    assert (entry.actor_kind, entry.actor) == ("staff", admin_user)


def test_what_could_not_be_done_is_named_row_by_row(admin_client):
    edition = EditionFactory(capacity_people=2)
    fits, waits = submitted(edition), submitted(edition)

    response = act(admin_client, "approve", fits, waits, reason="")

    assert states(fits, waits) == [State.APPROVED, State.WAITING]
    assert told(response) == [
        "1 Delegation zugesagt.",
        "1 E-Mail ist unterwegs.",
        f"{waits.reference}: Es gibt nicht genug freie Plätze. Bitte erhöhen Sie "
        "zuerst die Zahl der Plätze.",
    ]


def test_waiting_delegations_are_approved_in_the_order_of_the_queue(admin_client):
    edition = EditionFactory(capacity_people=2)
    submitted(edition).withdraw(by=staff())
    holding = submitted(edition)
    first, second = submitted(edition), submitted(edition)
    holding.withdraw(by=staff())
    for delegation in (first, second):
        turn_down(delegation)

    act(admin_client, "approve", second, first, reason="")

    assert states(first, second) == [State.APPROVED, State.WAITING]


def test_who_did_not_wait_longest_is_approved_with_a_reason_only(admin_client):
    edition = EditionFactory(capacity_people=2)
    holding = submitted(edition)
    first, second = submitted(edition), submitted(edition)
    holding.withdraw(by=staff())
    for delegation in (first, second):
        turn_down(delegation)

    act(admin_client, "approve", second, reason="")
    without = states(second)
    act(admin_client, "approve", second, reason="Gastgeberin")

    assert (without, states(second)) == ([State.WAITING], [State.APPROVED])


@pytest.mark.parametrize("verb", ["decline", "withdraw"])
def test_ending_a_delegation_needs_a_reason(admin_client, verb):
    delegation = submitted(EditionFactory())

    response = act(admin_client, verb, delegation, reason="  ")

    assert response.context["form"].errors == {
        "reason": ["Dieses Feld ist zwingend erforderlich."]
    }
    assert states(delegation) == [State.SUBMITTED]


@pytest.mark.parametrize(
    ("verb", "state"), [("decline", State.DECLINED), ("withdraw", State.WITHDRAWN)]
)
def test_ending_a_delegation_keeps_the_reason(admin_client, verb, state):
    delegation = submitted(EditionFactory())

    act(admin_client, verb, delegation, reason="Zu spät")

    assert states(delegation) == [state]
    assert delegation.history.get(verb=verb).reason == "Zu spät"


def test_reopening_takes_places_again(admin_client):
    delegation = submitted(EditionFactory())
    delegation.withdraw(by=staff())

    act(admin_client, "reopen", delegation, reason="Irrtum")

    assert states(delegation) == [State.SUBMITTED]
    assert delegation.sides.get(which="german").held == 2


def test_the_link_is_sent_again(admin_client):
    delegation = submitted(EditionFactory())

    act(admin_client, "send_link", delegation)

    assert delegation.german_side.letters.filter(kind="new_link").count() == 1


@pytest.mark.parametrize(
    "verb", ["approve", "decline", "withdraw", "reopen", "send_link"]
)
def test_who_may_only_look_decides_nothing(client, verb):
    delegation = submitted(EditionFactory())
    before = Letter.objects.count()
    client.force_login(staff("registrations.view_delegation"))

    response = act(client, verb, delegation, reason="Weil")
    client.post(reverse(LIST), {"action": verb, "_selected_action": [delegation.pk]})

    assert response.status_code == 403
    assert states(delegation) == [State.SUBMITTED]
    assert Letter.objects.count() == before


@pytest.mark.parametrize("model", ["delegation", "request"])
def test_who_may_only_look_is_offered_no_decision(client, model):
    Request.objects.ask(submitted(EditionFactory()).german_side, "change", "Bitte.")
    client.force_login(staff(f"registrations.view_{model}"))

    response = client.get(reverse(f"admin:registrations_{model}_changelist"))

    assert response.context["action_form"] is None


def test_nonsense_in_the_address_chooses_nothing(admin_client):
    address = reverse("admin:registrations_delegation_approve")

    response = admin_client.get(address, {"chosen": "x,-1,٣,," + "9" * 40})

    assert response.status_code == 200
    assert response.context["outcome"].letters == []


def test_a_page_offers_what_the_state_allows(admin_client):
    delegation = submitted(EditionFactory())
    delegation.decline(by=staff(), reason="Zu spät")

    response = admin_client.get(
        reverse("admin:registrations_delegation_change", args=[delegation.pk])
    )

    names = [decision.name for decision in response.context["decisions"]]
    assert names == ["reopen", "send_link", "send_partner_link"]


def test_looked_at_is_ticked_off(admin_client):
    delegation = submitted(EditionFactory())
    delegation.german_side.change_planned(1, by=delegation.german_side)

    response = admin_client.post(
        reverse(LIST), {"action": "looked_at", "_selected_action": [delegation.pk]}
    )

    delegation.refresh_from_db()
    assert delegation.needs_review_since is None
    assert told(response) == ["1 Delegation abgehakt."]


@pytest.fixture
def request_of_a_draft():
    side = DelegationFactory().german_side
    return Request.objects.ask(side, "admission", "Bitte.", "country")


@pytest.mark.parametrize(("verb", "granted"), [("grant", True), ("refuse", False)])
def test_a_request_is_answered_with_a_reason(
    admin_client, request_of_a_draft, verb, granted
):
    act(admin_client, verb, request_of_a_draft, model="request", reason="Darum")

    request_of_a_draft.refresh_from_db()
    assert request_of_a_draft.granted is granted
    assert request_of_a_draft.reason == "Darum"


def test_a_request_is_answered_once(admin_client, request_of_a_draft):
    act(admin_client, "grant", request_of_a_draft, model="request", reason="Darum")

    response = act(
        admin_client, "refuse", request_of_a_draft, model="request", reason="Doch nicht"
    )

    request_of_a_draft.refresh_from_db()
    assert request_of_a_draft.granted is True
    assert told(response)[-1] == f"{request_of_a_draft}: Hier war nichts mehr zu tun."


def test_who_may_only_look_answers_no_request(client, request_of_a_draft):
    client.force_login(staff("registrations.view_request"))

    response = act(client, "grant", request_of_a_draft, model="request", reason="Ja")

    assert response.status_code == 403
    request_of_a_draft.refresh_from_db()
    assert request_of_a_draft.granted is None
