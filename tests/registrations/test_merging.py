import pytest

from partnerships.models import Municipality, Partnership
from registrations import merging
from registrations.models import Refused
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    MunicipalityFactory,
    PartnershipFactory,
    PartnerTownFactory,
    staff,
    submitted,
)
from tests.partnerships.test_corrections import correction

pytestmark = pytest.mark.django_db


@pytest.fixture
def entered():
    town = MunicipalityFactory(name="Cologne", checked_at=None)
    town.names.create(name="Coeln")
    return town


@pytest.fixture
def koeln():
    return MunicipalityFactory(name="Köln")


def test_its_names_become_other_spellings(entered, koeln):
    koeln.names.create(name="Cologne")

    merging.merge(entered, koeln, by=staff())

    assert [row.name for row in koeln.names.all()] == ["Coeln", "Cologne"]
    assert list(Municipality.objects.all()) == [koeln]


def test_its_partnerships_move(entered, koeln):
    partnership = PartnershipFactory(german=entered)

    merging.merge(entered, koeln, by=staff())

    partnership.refresh_from_db()
    assert partnership.german == koeln


def test_a_partner_town_takes_its_partnerships_along():
    entered, kitgum = PartnerTownFactory(checked_at=None), PartnerTownFactory()
    partnership = PartnershipFactory(partner=entered)

    merging.merge(entered, kitgum, by=staff())

    partnership.refresh_from_db()
    assert partnership.partner == kitgum


def test_corrections_that_somebody_suggested_move(entered, koeln):
    partner = PartnerTownFactory()
    double = PartnershipFactory(german=entered, partner=partner)
    same = PartnershipFactory(german=koeln, partner=partner)
    of_town = correction(partnership=None, municipality=entered)
    of_pair = correction(partnership=double)

    merging.merge(entered, koeln, by=staff())

    for row, about in ((of_town, koeln), (of_pair, same)):
        row.refresh_from_db()
        assert row.about == about


def test_the_same_partnership_becomes_one_with_all_that_hangs_on_it(entered, koeln):
    double = PartnershipFactory(german=entered, since=1988, source="https://a.example")
    stays = PartnershipFactory(german=koeln, partner=double.partner, since=1990)
    edition = EditionFactory()
    edition.attending.add(double)
    host = edition.hosts.create(partnership=double)
    delegation = DelegationFactory(partnership=double)

    merging.merge(entered, koeln, by=staff())

    assert list(Partnership.objects.all()) == [stays]
    stays.refresh_from_db()
    assert (stays.since, stays.source) == (1990, "https://a.example")
    assert list(edition.attending.all()) == [stays]
    host.refresh_from_db()
    delegation.refresh_from_db()
    assert (host.partnership, delegation.partnership) == (stays, stays)
    assert delegation.german_municipality == koeln


def test_hosts_move(entered, koeln):
    host = EditionFactory().hosts.create(municipality=entered)

    merging.merge(entered, koeln, by=staff())

    host.refresh_from_db()
    assert host.municipality == koeln


def test_a_registered_delegation_notes_the_change(entered, koeln):
    delegation = submitted(
        EditionFactory(), partnership=PartnershipFactory(german=entered)
    )

    merging.merge(entered, koeln, by=staff())

    entry = delegation.history.get(verb="change_partnership")
    assert entry.changes == {"german_municipality": koeln.pk}


def unchanged(entered, koeln):
    entered.refresh_from_db()
    return entered.names.count() == 1 and koeln.names.count() == 0


def test_refused_while_both_partnerships_are_registered(entered, koeln):
    edition = EditionFactory()
    double = PartnershipFactory(german=entered)
    same = PartnershipFactory(german=koeln, partner=double.partner)
    first = submitted(edition, partnership=double)
    second = submitted(edition, partnership=same)

    with pytest.raises(Refused) as refusal:
        merging.merge(entered, koeln, by=staff())

    assert first.reference in str(refusal.value)
    assert second.reference in str(refusal.value)
    assert unchanged(entered, koeln)
    assert Partnership.objects.count() == 2


def test_refused_while_both_municipalities_are_registered_alone(entered, koeln):
    edition = EditionFactory(partner_optional=True)
    for town in (entered, koeln):
        submitted(
            edition, kind="municipality", partnership=None, german_municipality=town
        )

    with pytest.raises(Refused, match="are both registered"):
        merging.merge(entered, koeln, by=staff())

    assert unchanged(entered, koeln)


def test_delegations_of_different_editions_do_not_meet(entered, koeln):
    double = PartnershipFactory(german=entered)
    same = PartnershipFactory(german=koeln, partner=double.partner)
    submitted(EditionFactory(), partnership=double)
    submitted(EditionFactory(), partnership=same)

    merging.merge(entered, koeln, by=staff())

    assert same.delegations.live().count() == 2


def test_a_withdrawn_delegation_does_not_hinder(entered, koeln):
    edition = EditionFactory()
    double = PartnershipFactory(german=entered)
    same = PartnershipFactory(german=koeln, partner=double.partner)
    submitted(edition, partnership=double).withdraw(by=staff())
    submitted(edition, partnership=same)

    merging.merge(entered, koeln, by=staff())

    assert same.delegations.count() == 2


def test_a_town_is_not_merged_into_itself(koeln):
    with pytest.raises(Refused, match="another municipality"):
        merging.merge(koeln, koeln, by=staff())


def test_a_german_town_does_not_become_a_foreign_one(entered):
    with pytest.raises(Refused, match="foreign"):
        merging.merge(entered, PartnerTownFactory(), by=staff())

    assert Municipality.objects.filter(pk=entered.pk).exists()


def test_partners_do_not_become_one():
    partnership = PartnershipFactory(german=PartnerTownFactory())

    with pytest.raises(Refused, match="partners"):
        merging.merge(partnership.partner, partnership.german, by=staff())

    assert Partnership.objects.count() == 1
