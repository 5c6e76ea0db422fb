"""Decisions of staff that are carried out after one page that names the letters."""

from dataclasses import replace

import pytest
from django.urls import reverse

from registrations.admin import delegation_decisions
from registrations.admin.decisions import carry_out
from registrations.models import Delegation, HistoryEntry, Letter, Refused, Request
from tests.factories import DelegationFactory, EditionFactory, staff, submitted
from tests.registrations.deciding import act, buttons, page_of, states, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_texts")]
State = Delegation.State
LIST = "admin:registrations_delegation_changelist"


def test_the_list_leads_to_the_page_of_the_decision(admin_client):
    delegation = submitted(EditionFactory())

    response = admin_client.post(
        reverse(LIST), {"action": "withdraw", "_selected_action": [delegation.pk]}
    )

    assert response.url == page_of("withdraw", delegation)
    assert states(delegation) == [State.SUBMITTED]


def test_the_page_names_the_letters_that_will_go(admin_client):
    edition = EditionFactory()
    first, second = submitted(edition), submitted(edition, german__language="en")
    draft = DelegationFactory(edition=edition)

    response = admin_client.get(page_of("withdraw", first, second, draft))

    outcome = response.context["outcome"]
    assert [
        (letter.side.delegation, letter.kind, letter.language)
        for letter in outcome.letters
    ] == [(first, "withdrawn", "de"), (second, "withdrawn", "en")]
    assert outcome.refused == [
        (draft, "Zurückziehen können Sie nur eine angemeldete Delegation.")
    ]
    assert "2 E-Mails werden gesendet" in response.content.decode()


def test_a_page_that_sends_nothing_offers_no_sending(admin_client):
    draft = DelegationFactory()

    response = admin_client.get(page_of("withdraw", draft))

    body = response.content.decode()
    assert "Zurückziehen können Sie nur eine angemeldete Delegation." in body
    assert "E-Mail gesendet" not in body  # there is nothing to send or to hold back
    assert buttons(response) == []


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

    admin_client.get(page_of("withdraw", delegation))

    assert states(delegation) == [State.SUBMITTED]
    assert (Letter.objects.count(), HistoryEntry.objects.count()) == before


def test_the_letter_is_shown_with_the_reason_that_was_typed(admin_client):
    delegation = submitted(EditionFactory())

    response = act(
        admin_client, "withdraw", delegation, reason="Zu spät", _look="Ansehen"
    )

    [(_letter, mail)] = response.context["outcome"].mails
    assert mail.subject == f"Delegation {delegation.reference}"
    assert mail.body.splitlines()[-1] == "Grund: Zu spät"
    assert states(delegation) == [State.SUBMITTED]


def test_what_could_not_be_done_is_named_row_by_row(admin_client, admin_user):
    live, draft = submitted(EditionFactory()), DelegationFactory()

    response = act(admin_client, "withdraw", live, draft, reason="Rückruf")

    assert states(live, draft) == [State.WITHDRAWN, State.DRAFT]
    assert told(response) == [
        "1 Delegation zurückgezogen.",
        "1 E-Mail ist unterwegs.",
        f"{draft}: Zurückziehen können Sie nur eine angemeldete Delegation.",
    ]
    entry = live.history.get(verb="withdraw")
    assert (entry.actor_kind, entry.actor) == ("staff", admin_user)


def test_withdrawing_needs_a_reason(admin_client):
    delegation = submitted(EditionFactory())

    response = act(admin_client, "withdraw", delegation, reason="  ")

    assert response.context["form"].errors == {
        "reason": ["Dieses Feld ist zwingend erforderlich."]
    }
    assert states(delegation) == [State.SUBMITTED]


@pytest.mark.parametrize(
    ("length", "state"), [(2000, State.WITHDRAWN), (2001, State.SUBMITTED)]
)
def test_a_reason_is_no_longer_than_a_page(admin_client, length, state):
    delegation = submitted(EditionFactory())

    act(admin_client, "withdraw", delegation, reason="x" * length)

    assert states(delegation) == [state]


def test_where_no_reason_is_kept_none_is_asked(admin_client):
    delegation = submitted(EditionFactory())

    response = admin_client.get(page_of("send_link", delegation))

    assert list(response.context["form"].fields) == []


def test_what_is_refused_at_last_is_taken_back_as_a_whole(admin_user):
    delegation = submitted(EditionFactory())

    def withdraw_and_refuse(row, by, reason):
        row.withdraw(by=by, reason=reason)
        raise Refused("Doch nicht.")

    outcome = carry_out(
        replace(delegation_decisions.ALL[0], act=withdraw_and_refuse),
        [delegation],
        by=admin_user,
        reason="Zu spät",
        delegation_of=lambda row: row,
    )

    assert outcome.refused == [(delegation, "Doch nicht.")]
    assert states(delegation) == [State.SUBMITTED]


def test_withdrawing_keeps_the_reason(admin_client):
    delegation = submitted(EditionFactory())

    act(admin_client, "withdraw", delegation, reason="Zu spät")

    assert states(delegation) == [State.WITHDRAWN]
    assert delegation.history.get(verb="withdraw").reason == "Zu spät"


def test_reopening_needs_a_reason(admin_client):
    delegation = submitted(EditionFactory())
    delegation.withdraw(by=staff())

    response = act(admin_client, "reopen", delegation, reason="  ")

    assert list(response.context["form"].errors) == ["reason"]
    assert states(delegation) == [State.WITHDRAWN]


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


def test_a_partner_that_was_not_written_to_gets_no_link(admin_client):
    draft = DelegationFactory()

    response = act(admin_client, "send_partner_link", draft)

    assert told(response) == [f"{draft}: An den Partner ging noch keine E-Mail."]
    assert not draft.partner_side.letters.exists()


@pytest.mark.parametrize(
    "verb",
    [
        "prepare_approval",
        "prepare_refusal",
        "take_back",
        "withdraw",
        "reopen",
        "send_link",
    ],
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
    address = reverse("admin:registrations_delegation_withdraw")

    response = admin_client.get(address, {"chosen": "x,-1,٣,," + "9" * 40})

    assert response.status_code == 200
    assert response.context["outcome"].letters == []


def test_a_page_offers_what_the_state_allows(admin_client):
    declined = submitted(EditionFactory())
    declined.decline(by=staff(), reason="Zu spät")
    page = "admin:registrations_delegation_change"

    offered = [
        admin_client.get(reverse(page, args=[row.pk])).context["decisions"]
        for row in (declined, DelegationFactory())
    ]

    assert [[decision.name for decision in one] for one in offered] == [
        ["reopen", "send_link", "send_partner_link"],
        ["send_link"],
    ]
