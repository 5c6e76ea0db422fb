"""Two members of staff decide at the same moment: each decision is sent once."""

import threading

import pytest
from django.urls import reverse

from registrations import prepared
from registrations.models import Delegation, Letter, PreparedDecision
from tests.factories import EditionFactory, submitted
from tests.registrations.deciding import prepare, states
from tests.registrations.test_at_once import PATIENCE, again, at_once
from tests.signing_in import StaffClient

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("plain_texts"),
]
State = Delegation.State
REALLY = prepared.outlook


@pytest.fixture
def both_have_looked(monkeypatch):
    """Nobody sends before both have seen the same letters."""
    barrier = threading.Barrier(2)

    def looked(edition):
        found = REALLY(edition)
        barrier.wait(PATIENCE * 20)
        return found

    monkeypatch.setattr(prepared, "outlook", looked)


def seen(edition):
    """What the page says that was seen, without waiting for the other."""
    return REALLY(edition).seen


def letters(*kinds):
    return Letter.objects.filter(kind__in=kinds).count()


def test_two_send_at_once_and_each_decision_goes_once(both_have_looked, admin_user):
    edition = EditionFactory()
    yes, no = submitted(edition), submitted(edition)
    prepare(yes)
    prepare(no, "decline", reason="Zu spät")
    address = reverse("admin:registrations_prepareddecision_edition", args=[edition.pk])
    clients = StaffClient(), StaffClient()
    for client in clients:
        client.force_login(admin_user)

    form = {"number": "2", "seen": seen(edition)}

    outcomes = at_once(
        *(
            lambda client=client: client.post(address, form).status_code
            for client in clients
        )
    )

    assert outcomes == [302, 302]
    assert states(yes, no) == [State.APPROVED, State.DECLINED]
    assert letters("approved", "declined") == 2
    assert PreparedDecision.objects.count() == 0


def test_one_sends_while_another_takes_back(admin_user):
    delegation = submitted(EditionFactory())
    row = prepare(delegation)

    outcomes = at_once(
        lambda: PreparedDecision.objects.get(pk=row.pk).send(by=admin_user),
        lambda: PreparedDecision.objects.get(pk=row.pk).take_back(by=admin_user),
    )

    assert outcomes.count(True) == 1
    is_sent = again(delegation).state == State.APPROVED
    assert letters("approved") == int(is_sent)
    assert PreparedDecision.objects.count() == 0


def test_one_sends_while_a_side_changes_its_number(monkeypatch, admin_user):
    """The change comes first or last; it is never overlooked by who sends."""
    delegation = submitted(EditionFactory())
    row = prepare(delegation)
    changing, written = threading.Event(), threading.Event()
    changed = Delegation.changed

    def held_up(self, *args):
        changed(self, *args)
        changing.set()
        written.wait(PATIENCE)

    monkeypatch.setattr(Delegation, "changed", held_up)
    side = delegation.german_side

    def send():
        changing.wait()
        return PreparedDecision.objects.get(pk=row.pk).send(by=admin_user)

    outcomes = at_once(lambda: side.change_planned(1, by=side), send)

    assert type(outcomes[1]).__name__ == "Refused"
    assert states(delegation) == [State.SUBMITTED]


def test_a_change_after_the_look_is_still_to_be_looked_at(monkeypatch, admin_user):
    """A contact changes while staff tick off: it waits for them, and marks anew."""
    delegation = submitted(EditionFactory(), partner=1)
    side = delegation.german_side
    side.change_planned(1, by=side)
    looking, changing = threading.Event(), threading.Event()
    refresh = Delegation.renew_with_sides

    def held_up(self):
        refresh(self)
        looking.set()
        changing.wait(PATIENCE * 20)

    def look():
        monkeypatch.setattr(Delegation, "renew_with_sides", held_up)
        return again(delegation).look_at(by=admin_user)

    def change():
        looking.wait()
        partner = again(delegation).partner_side
        changing.set()
        partner.change_contact(by=side, contact_name="Kofi Asante")

    outcomes = at_once(look, change)

    assert outcomes[0] is True
    assert again(delegation).needs_review_since is not None
