"""What a process remembers is never older than the content version."""

import pytest
from django.db import transaction
from django.utils import translation

from conferences import remembered
from conferences.models import Edition
from partnerships.models import raise_content_version
from registrations.forms import PartnerTownEnterForm
from tests.factories import CountryFactory, EditionFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_edition_is_read_once(django_assert_num_queries):
    edition = EditionFactory()
    remembered.edition(pk=edition.pk)

    with django_assert_num_queries(1):  # the content version
        again = remembered.edition(pk=edition.pk)
        assert again.series.region.code


def test_an_edit_shows_at_once():
    edition = EditionFactory(city="Leipzig")
    remembered.edition(pk=edition.pk)

    edition.city = "Halle"
    edition.save()

    assert remembered.edition(pk=edition.pk).city == "Halle"


def test_what_another_process_changed_shows_at_once():
    edition = EditionFactory(city="Leipzig")
    remembered.edition(pk=edition.pk)

    Edition.objects.update(city="Halle")  # sends no signal here, as over there
    raise_content_version()

    assert remembered.edition(pk=edition.pk).city == "Halle"


def test_nobody_gets_what_another_changed_in_memory():
    edition = EditionFactory(city="Leipzig")
    remembered.edition(pk=edition.pk).city = "Halle"

    assert remembered.edition(pk=edition.pk).city == "Leipzig"


def test_what_is_rolled_back_is_not_remembered():
    edition = EditionFactory(city="Leipzig")
    with transaction.atomic():
        edition.city = "Halle"
        edition.save()
        assert remembered.edition(pk=edition.pk).city == "Halle"
        transaction.set_rollback(True)
    raise_content_version()

    assert remembered.edition(pk=edition.pk).city == "Leipzig"


def test_an_unknown_edition_is_none():
    for _time in range(2):
        with pytest.raises(Edition.DoesNotExist):
            remembered.edition(series__slug="afrika", slug="1900")


def test_the_list_of_countries_is_read_once_for_each_language():
    CountryFactory(iso2="GE", name_en="Georgia", name_de="Georgien")

    for language, name in (("en", "Georgia"), ("de", "Georgien"), ("en", "Georgia")):
        with translation.override(language):
            assert ("GE", name) in PartnerTownEnterForm().fields["country"].choices
