from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone

from conferences.models import Page
from partnerships.models import (
    ContentVersion,
    Municipality,
    Partnership,
    ThrottleKey,
    raise_content_version,
)
from partnerships.models.throttle import forget_throttles
from tests.factories import (
    CountryFactory,
    EditionFactory,
    MunicipalityFactory,
    PartnershipFactory,
    submitted,
)

pytestmark = pytest.mark.django_db


def version():
    return ContentVersion.objects.filter(pk=1).values_list("number", flat=True).first()


def test_the_first_change_makes_the_row():
    raise_content_version()

    assert list(ContentVersion.objects.values_list("pk", "number")) == [(1, 1)]


def test_published_content_raises_the_version_when_it_is_saved():
    page = Page.objects.create(key=Page.Key.CONTACT, title="Contact")
    before = version()

    page.save()

    assert version() == before + 1


def test_published_content_raises_the_version_when_it_is_deleted():
    page = Page.objects.create(key=Page.Key.CONTACT, title="Contact")
    before = version()

    page.delete()

    assert version() == before + 1


def test_a_changed_relation_raises_the_version():
    edition, partnership = EditionFactory(), PartnershipFactory()
    before = version()

    edition.attending.add(partnership)

    assert version() == before + 1


@pytest.mark.parametrize(("capacity", "raised"), [(None, 0), (3, 0), (2, 1)])
def test_a_delegation_raises_the_version_when_it_takes_the_last_places(
    capacity, raised
):
    edition = EditionFactory(capacity_people=capacity)
    partnership = PartnershipFactory()
    before = version()

    submitted(edition, partnership=partnership, german=2)

    assert version() == before + raised


def test_a_delegation_raises_the_version_when_it_is_the_first_in_line():
    edition = EditionFactory(capacity_people=2)
    submitted(edition, german=1)
    partnerships = [PartnershipFactory(), PartnershipFactory()]
    found = [version()]

    for german, partnership in zip((2, 1), partnerships, strict=True):
        waiting = submitted(edition, partnership=partnership, german=german)
        found.append(version())
    waiting.withdraw(by=waiting.german_side)
    found.append(version())

    first, *rest = found
    assert [number - first for number in rest] == [1, 1, 2]


def test_what_a_visitor_enters_raises_nothing_before_it_is_shown():
    german, country = MunicipalityFactory(), CountryFactory(iso2="NA")
    before = version()

    town = Municipality.objects.enter(country=country, name="Swakopmund", kind="")
    partnership = Partnership.objects.enter(german, town)
    entered = version()
    Municipality.objects.filter(pk=town.pk).mark_checked()
    checked = version()
    Partnership.objects.filter(pk=partnership.pk).publish()

    assert entered == before < checked < version()


def test_a_change_that_is_taken_back_raises_nothing():
    page = Page.objects.create(key=Page.Key.CONTACT, title="Contact")
    before = version()

    with transaction.atomic():
        page.save()
        transaction.set_rollback(True)

    assert version() == before


def test_throttles_that_are_forgotten_raise_nothing():
    ThrottleKey.objects.create(day=date(2020, 1, 1))
    before = version()

    forget_throttles(timezone.now())

    assert (ThrottleKey.objects.count(), version()) == (0, before)
