import pytest
from django.db import IntegrityError, transaction

from registrations import places
from registrations.models import AlreadyRegistered, Delegation, Letter, Refused, Request
from tests.factories import (
    CountryFactory,
    DelegationFactory,
    EditionFactory,
    PartnershipFactory,
    berlin,
    submitted,
)

pytestmark = pytest.mark.django_db
State = Delegation.State


def letters_of(delegation):
    return list(
        Letter.objects.filter(side=delegation.german_side)
        .order_by("pk")
        .values_list("kind", flat=True)
    )


def test_a_delegation_that_fits_holds_its_planned_places():
    delegation = DelegationFactory(german__planned=2, partner__planned=3)

    delegation.submit()

    assert delegation.state == State.SUBMITTED
    assert places.held(delegation.edition) == places.Places(2, 3, 1)
    assert letters_of(delegation) == ["submitted"]


@pytest.mark.parametrize(
    "capacities",
    [
        {"capacity_people": 4},
        {"capacity_german": 1},
        {"capacity_partner": 2},
        {"capacity_delegations": 0},
    ],
)
def test_a_delegation_that_breaks_one_capacity_waits_as_a_whole(capacities):
    delegation = DelegationFactory(
        edition=EditionFactory(**capacities), german__planned=2, partner__planned=3
    )

    delegation.submit()

    assert (delegation.state, delegation.queue_number) == (State.WAITING, 1)
    assert places.held(delegation.edition) == places.Places(0, 0, 0)
    assert letters_of(delegation) == ["waiting"]


def test_capacities_that_are_just_reached_are_enough():
    edition = EditionFactory(
        capacity_people=5,
        capacity_german=2,
        capacity_partner=3,
        capacity_delegations=1,
    )
    delegation = DelegationFactory(
        edition=edition, german__planned=2, partner__planned=3
    )

    delegation.submit()

    assert delegation.state == State.SUBMITTED


def test_nobody_overtakes_who_waits():
    edition = EditionFactory(capacity_people=3)
    submitted(edition, german=2)
    large = submitted(edition, german=2)

    small = submitted(edition, german=1)

    assert (large.position, small.position) == (1, 2)
    assert small.state == State.WAITING


def test_queue_numbers_are_never_given_twice():
    edition = EditionFactory(capacity_people=0)
    first, second = submitted(edition), submitted(edition)
    second.withdraw(by=second.german_side)

    third = submitted(edition)

    assert [first.queue_number, third.queue_number] == [1, 3]
    assert third.position == 2


def test_submitting_twice_is_submitting_once():
    delegation = submitted(EditionFactory(), german=2)

    delegation.submit()

    assert places.held(delegation.edition).german == 2
    assert letters_of(delegation) == ["submitted"]
    assert delegation.history.filter(verb="submit").count() == 1


def test_a_second_delegation_of_a_partnership_is_told_who_was_first():
    first = submitted(EditionFactory())
    second = DelegationFactory(edition=first.edition, partnership=first.partnership)

    with pytest.raises(AlreadyRegistered, match=first.reference):
        second.submit()

    second.refresh_from_db()
    assert second.state == State.DRAFT


def test_the_first_contact_gets_one_letter_for_each_second_delegation():
    first = submitted(EditionFactory())
    second = DelegationFactory(edition=first.edition, partnership=first.partnership)

    for _try in range(2):
        with pytest.raises(AlreadyRegistered):
            second.submit()

    assert letters_of(first) == ["submitted", "second_delegation"]


def test_the_database_keeps_a_partnership_from_coming_twice():
    first = submitted(EditionFactory())
    second = DelegationFactory(edition=first.edition, partnership=first.partnership)

    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.filter(pk=second.pk).update(state=State.SUBMITTED)


def test_the_database_keeps_a_municipality_from_coming_twice():
    edition = EditionFactory(partner_optional=True)
    values = {"edition": edition, "partnership": None, "kind": "municipality"}
    town = PartnershipFactory().german
    first = DelegationFactory(**values, german_municipality=town)
    first.submit()
    second = DelegationFactory(**values, german_municipality=town)

    with pytest.raises(AlreadyRegistered):
        second.submit()
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.filter(pk=second.pk).update(state=State.SUBMITTED)


def test_a_withdrawn_delegation_makes_way_for_another():
    first = submitted(EditionFactory())
    first.withdraw(by=first.german_side)

    second = submitted(first.edition, partnership=first.partnership)

    assert second.state == State.SUBMITTED


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2027-01-01 07:59", False),
        ("2027-01-01 08:00", True),
        ("2027-03-31 23:59", True),
        ("2027-04-01 00:00", False),
    ],
)
def test_registration_is_asked_for_at_the_moment_of_submission(at, is_open):
    edition = EditionFactory(
        opens_at=berlin("2027-01-01 08:00"), closes_at=berlin("2027-03-31 23:59")
    )
    delegation = DelegationFactory(edition=edition)

    if is_open:
        delegation.submit(at=berlin(at))
    else:
        with pytest.raises(Refused, match="not open"):
            delegation.submit(at=berlin(at))

    assert (delegation.state == State.SUBMITTED) is is_open


def test_staff_submit_on_behalf_while_registration_is_closed(admin_user):
    edition = EditionFactory(
        opens_at=berlin("2020-01-01 08:00"), closes_at=berlin("2020-03-31 23:59")
    )
    delegation = DelegationFactory(edition=edition)

    delegation.submit(by=admin_user)

    assert delegation.state == State.SUBMITTED


def test_a_country_that_the_conference_does_not_address_is_refused():
    edition = EditionFactory()
    edition.countries.add(CountryFactory(iso2="ZM", name_en="Zambia", region=None))
    delegation = DelegationFactory(edition=edition)

    with pytest.raises(Refused, match="not addressed to Namibia"):
        delegation.submit()


def test_an_admission_lifts_the_named_rule_only(admin_user):
    edition = EditionFactory(german_most=1)
    edition.countries.add(CountryFactory(iso2="ZM", name_en="Zambia", region=None))
    delegation = DelegationFactory(edition=edition, german__planned=2)
    request = Request.objects.ask(
        delegation.german_side, Request.Kind.ADMISSION, "Please.", Request.Rule.COUNTRY
    )
    request.answer(granted=True, reason="An old partnership.", by=admin_user)

    with pytest.raises(Refused, match="At most 1 person of the German side"):
        delegation.submit()


def test_an_admission_never_lifts_a_capacity(admin_user):
    edition = EditionFactory(german_most=1, capacity_people=1)
    delegation = DelegationFactory(edition=edition, german__planned=2)
    request = Request.objects.ask(
        delegation.german_side, "admission", "Please.", Request.Rule.GERMAN_MOST
    )
    request.answer(granted=True, reason="Yes.", by=admin_user)

    delegation.submit()

    assert delegation.state == State.WAITING


def test_a_refused_request_lifts_nothing(admin_user):
    delegation = DelegationFactory(
        edition=EditionFactory(german_most=1), german__planned=2
    )
    request = Request.objects.ask(
        delegation.german_side, "admission", "Please.", Request.Rule.GERMAN_MOST
    )
    request.answer(granted=False, reason="No.", by=admin_user)

    with pytest.raises(Refused):
        delegation.submit()


def test_a_municipality_alone_needs_a_conference_that_takes_it():
    delegation = DelegationFactory(
        edition=EditionFactory(partner_optional=False),
        partnership=None,
        kind="municipality",
        german_municipality=PartnershipFactory().german,
    )

    with pytest.raises(Refused, match="expects delegations with a partner"):
        delegation.submit()


def test_a_draft_with_open_questions_is_not_submitted():
    delegation = DelegationFactory(
        partnership=None, german_municipality=None, german__planned=0
    )

    with pytest.raises(Refused) as refusal:
        delegation.submit()

    assert str(refusal.value) == (
        "Please choose your municipality. Please choose your partnership. "
        "Please say how many people will come."
    )


def test_a_partnership_of_which_only_one_side_comes_is_told_so():
    delegation = DelegationFactory(
        edition=EditionFactory(partner_optional=False),
        german__planned=2,
        partner__planned=0,
    )

    with pytest.raises(Refused, match="expects delegations with a partner"):
        delegation.submit()


def test_who_does_not_fit_reads_no_offers_of_the_others(django_assert_max_num_queries):
    edition = EditionFactory(capacity_people=1)
    DelegationFactory(edition=edition, german__planned=2).submit()
    draft = DelegationFactory(edition=edition, german__planned=2)

    with django_assert_max_num_queries(100) as asked:
        draft.submit()

    assert draft.queue_number == 2
    assert [one for one in asked if '"registrations_offer"' in one["sql"]] == []
