"""The facts that `manage.py seed` loads."""

import re

import pytest

from conferences.models import Edition, Figure, Host, Page, Publication, Series

pytestmark = pytest.mark.django_db


def test_seed_loads_every_row(facts):
    assert Series.objects.count() == 5
    assert Edition.objects.published().count() == 19
    assert Host.objects.count() == 16
    assert Figure.objects.count() == 19
    assert Publication.objects.count() == 3
    assert set(Page.objects.values_list("key", flat=True)) == set(Page.Key.values)
    assert Edition.objects.filter(is_demonstration=True).count() == 0


def test_giessen_was_received_by_two_partnerships(facts):
    edition = Edition.objects.get(series__slug="afrika", slug="2025")

    assert [str(host) for host in edition.hosts.order_by("order")] == [
        "Gießen – Swakopmund",
        "Landkreis Gießen – Mubende",
    ]


def test_a_host_may_come_from_a_country_that_is_not_on_the_list(facts):
    host = Host.objects.get(municipality__slug="lublin-pl")

    assert host.edition.city == "Münster"
    assert not host.municipality.country.is_oda_listed()


def test_the_first_conference_on_eastern_europe_has_its_exact_days(facts):
    edition = Edition.objects.get(series__slug="osteuropa")

    assert (str(edition.starts_on), str(edition.ends_on)) == (
        "2017-10-23",
        "2017-10-25",
    )
    assert (edition.season, edition.month) == ("", None)


def test_numbers_stay_as_they_were_published(facts):
    numbers = Edition.objects.filter(series__slug="ukraine").values_list("number")

    assert sorted(number for (number,) in numbers) == [1, 5, 6, 7]


def test_an_edition_may_be_known_by_its_year_only(facts):
    edition = Edition.objects.get(series__slug="afrika", slug="2022")

    assert (edition.starts_on, edition.city, edition.figures.count()) == (None, "", 0)


def test_expected_participants_are_no_actual_ones(facts):
    figure = Figure.objects.get(edition__series__slug="osteuropa", what="participants")

    assert (figure.kind, figure.quality, figure.value) == ("expected", "up_to", 90)


def test_every_text_is_there_in_both_languages(facts):
    for page in Page.objects.all():
        assert page.title_de, page.key
        assert page.title_en, page.key
        assert page.text_de, page.key
        assert page.text_en, page.key


def test_no_link_in_a_text_leads_nowhere(facts, client):
    texts = [
        text for page in Page.objects.all() for text in (page.text_de, page.text_en)
    ]
    addresses = set(re.findall(r"\]\((/[^)]+)\)", " ".join(texts)))
    assert addresses

    answers = {address: client.get(address).status_code for address in addresses}

    assert answers == dict.fromkeys(addresses, 200)


def test_texts_of_series_begin_with_one_paragraph_as_lead(facts):
    series = Series.objects.get(slug="asien")

    assert series.lead_de.startswith("Akteur*innen aus Verwaltung")
    assert series.text_de == (
        "Die vierte Asienkonferenz fand im September 2023 in Hildesheim statt."
    )
