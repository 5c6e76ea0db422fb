"""The network in figures."""

import pytest

from partnerships import network
from partnerships.models import Partnership
from tests.factories import (
    CountryFactory,
    MunicipalityFactory,
    PartnershipFactory,
    PartnerTownFactory,
    RegionFactory,
)

pytestmark = pytest.mark.django_db


def partner_in(iso2, region):
    return PartnerTownFactory(country=CountryFactory(iso2=iso2, region=region))


def counted():
    return network.network(Partnership.objects.published())


def figures(found):
    towns = (found.german_towns, found.partner_towns)
    return (found.partnerships, *towns, len(found.countries))


def test_a_town_counts_once_however_many_partners_it_has(django_assert_num_queries):
    africa, asia = RegionFactory(code="AFR"), RegionFactory(code="ASI")
    german, namibian = MunicipalityFactory(), partner_in("NA", africa)
    for partner in (
        namibian,
        partner_in("NA", africa),
        partner_in("GH", africa),
        partner_in("VN", asia),
        partner_in("XX", None),
    ):
        PartnershipFactory(german=german, partner=partner)
    PartnershipFactory(partner=namibian)
    PartnershipFactory(partner=partner_in("KE", africa), published_at=None)

    with django_assert_num_queries(2):
        found = counted()

    assert found.by_region == {africa.pk: 4, asia.pk: 1}
    assert figures(found) == (6, 2, 5, 4)


def test_an_empty_directory_counts_nothing():
    found = counted()

    assert (found.by_region, figures(found)) == ({}, (0, 0, 0, 0))
