"""Staff read what is due, by which rule, and erase who asks them to."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations import erasure, erasure_log
from registrations.admin.erasure import RULES
from registrations.due import due
from registrations.models import (
    Delegation,
    EditionFigures,
    Letter,
    Participant,
    Side,
)
from registrations.register import REGISTER
from tests.factories import DelegationFactory, EditionFactory, staff, submitted
from tests.people import AT, draft, everything_about, long_over
from tests.registrations.test_forgetting import coming

pytestmark = pytest.mark.django_db
MAY_ERASE = ("registrations.change_side", "registrations.delete_participant")


def outlook(client):
    return client.get(reverse("admin:registrations_editionfigures_erasure"))


def erase_address(side):
    return reverse("admin:registrations_side_erase", args=[side.pk])


def test_what_is_due_is_told_by_rule_and_conference():
    edition, other = long_over(), EditionFactory()
    everything_about(edition)
    draft(edition=other)

    found = {(one.rule, one.edition): (one.count, one.since) for one in due(AT)}

    assert found[("people", edition)] == (1, erasure.erased_from(edition))
    assert found[("needs", edition)] == (1, erasure.erased_from(edition, 7))
    assert found[("visa", edition)] == (1, erasure.erased_from(edition, 3))
    assert found[("draft", other)] == (1, AT)


def test_what_is_due_is_what_the_next_run_erases():
    everything_about(long_over())
    draft()
    erasure.erase(at=AT)

    assert due(AT) == []


def test_who_waits_for_the_night_is_due():
    delegation = coming()
    person = delegation.german_side.participants.first()
    erasure_log.note("person", delegation.reference, person.key)

    [found] = due(timezone.now())

    assert (found.rule, found.edition, found.count) == (
        "request",
        delegation.edition,
        1,
    )


def test_every_rule_has_words():
    everything_about(long_over())
    draft()

    assert {one.rule for one in due(AT)} <= RULES.keys()


def test_looking_erases_nothing(client):
    client.force_login(staff("registrations.view_editionfigures"))
    everything_about(EditionFactory(year=2020, starts_on=None, ends_on=None))

    page = outlook(client)

    assert page.status_code == 200
    assert page.context["due"] != []
    assert Participant.objects.count() == 1


def test_the_register_stands_there_whole(client):
    client.force_login(staff("registrations.view_editionfigures"))

    shown = outlook(client).context["register"]

    assert len(shown) == len(REGISTER)
    assert all(all(entry.values()) for entry in shown)
    assert "Angemeldetes Mitglied des Organisationsteams" in {
        entry["model"] for entry in shown
    }


def test_the_register_speaks_german_of_packages_that_do_not(client):
    client.force_login(staff("registrations.view_editionfigures"))

    shown = outlook(client).context["register"]

    assert {
        "model": "Authenticator-App eines Kontos",
        "fields": "Konto, Schlüssel, erstellt am, zuletzt benutzt am",
    }.items() <= {entry["model"]: entry for entry in shown}[
        "Authenticator-App eines Kontos"
    ].items()


@pytest.mark.parametrize("permissions", [(), ("registrations.view_delegation",)])
def test_the_outlook_is_for_those_who_may_see_it(client, permissions):
    client.force_login(staff(*permissions))

    assert outlook(client).status_code == 403


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_outlook_costs_the_same_however_much_is_due(
    client, django_assert_num_queries, how_many
):
    client.force_login(staff("registrations.view_editionfigures"))
    for _number in range(how_many):
        edition = EditionFactory(
            year=2020, starts_on=date(2020, 1, 1), ends_on=date(2020, 1, 2)
        )
        draft(edition=edition, state=Delegation.State.APPROVED)

    with django_assert_num_queries(26):
        outlook(client)


def test_figures_are_counted_before_the_people_go():
    edition = long_over()
    everything_about(edition)
    DelegationFactory(
        edition=edition, state=Delegation.State.APPROVED, partner__online=1
    )
    DelegationFactory(edition=edition, state=Delegation.State.DECLINED)

    erasure.erase(at=AT)

    row = EditionFigures.objects.values().get()
    counted = {name: row[name] for name in EditionFigures.counted(edition)}
    assert Participant.objects.count() == 0
    assert counted == {
        "people": 8,
        "german": 4,
        "partner": 4,
        "online": 1,
        "delegations": 2,
        "partnerships": 2,
        "countries": 1,
    }


def test_figures_are_counted_once():
    edition = long_over()
    everything_about(edition)
    erasure.erase(at=AT)
    Side.objects.update(planned=0, held=0)
    draft(edition=edition, state=Delegation.State.APPROVED)

    erasure.erase(at=AT)

    assert EditionFigures.objects.get().people == 4


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_of_figures_costs_the_same(
    client, django_assert_num_queries, how_many
):
    client.force_login(staff("registrations.view_editionfigures"))
    for edition in EditionFactory.create_batch(how_many):
        EditionFigures.objects.freeze(edition)

    with django_assert_num_queries(9):
        page = client.get(reverse("admin:registrations_editionfigures_changelist"))

    assert page.context["cl"].result_count == how_many


@pytest.mark.parametrize("who", ["person", "side"])
def test_staff_erase_who_asks_them(client, who):
    client.force_login(staff(*MAY_ERASE, "registrations.view_delegation"))
    delegation = coming()
    side = delegation.partner_side
    person = side.participants.first()
    chosen = "side" if who == "side" else str(person.pk)

    response = client.post(erase_address(side), {"who": chosen}, follow=True)

    left = {"person": (1, "Ama Mensah"), "side": (0, "")}[who]
    kept = Side.objects.get(pk=side.pk)
    assert (kept.participants.count(), kept.contact_name) == left
    assert delegation.history.last().actor_kind == "staff"
    assert response.status_code == 200


def test_nothing_is_erased_without_a_choice(client):
    client.force_login(staff(*MAY_ERASE))
    side = coming().german_side

    response = client.post(erase_address(side), {})

    assert response.status_code == 200
    assert "who" in response.context["form"].errors
    assert Participant.objects.count() == 4


def test_a_person_of_another_side_cannot_be_chosen(client):
    client.force_login(staff(*MAY_ERASE))
    side, other = coming().german_side, coming().german_side
    person = other.participants.first()

    response = client.post(erase_address(side), {"who": str(person.pk)})

    assert "who" in response.context["form"].errors
    assert Participant.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize("missing", MAY_ERASE)
def test_staff_need_both_permissions_to_erase(client, missing):
    client.force_login(staff(*(set(MAY_ERASE) - {missing})))
    side = coming().german_side

    codes = [
        client.get(erase_address(side)).status_code,
        client.post(erase_address(side), {"who": "side"}).status_code,
    ]

    assert codes == [403, 403]
    assert Side.objects.get(pk=side.pk).contact_name == "Erika Muster"


def test_staff_are_told_when_it_has_to_wait(client):
    client.force_login(staff(*MAY_ERASE, "registrations.view_delegation"))
    side = submitted(EditionFactory()).german_side
    Letter.objects.update(state=Letter.State.SENDING)

    page = client.post(erase_address(side), {"who": "side"}, follow=True)

    assert [str(one.level_tag) for one in page.context["messages"]] == ["warning"]


def test_a_draft_that_staff_erase_leads_to_the_list(client):
    client.force_login(staff(*MAY_ERASE, "registrations.view_delegation"))
    side = DelegationFactory().german_side

    response = client.post(erase_address(side), {"who": "side"})

    assert response.url == reverse("admin:registrations_delegation_changelist")
