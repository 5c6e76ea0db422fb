"""How the pages that search for a town behave."""

import pytest

from tests.factories import CountryFactory, MunicipalityFactory
from tests.registrations.answers import address, draft, empty_draft

pytestmark = pytest.mark.django_db


def test_a_new_search_leaves_the_earlier_choice_out(client):
    _delegation, token = draft()

    page = client.get(address("municipality", token) + "?q=Nirgendwo")

    assert page.context["found"] == []
    assert "We know no municipality" in page.content.decode()


def test_the_only_town_found_is_chosen_already(client):
    _delegation, token = empty_draft()
    only = MunicipalityFactory(name="Anderstadt")

    page = client.get(address("municipality", token) + "?q=Anderstadt")

    assert page.context["form"].initial == {"town": only.pk}


def test_countries_stand_in_the_order_of_the_reader(client):
    german = MunicipalityFactory()
    _delegation, token = empty_draft(german_municipality=german)
    for code, name in [("EG", "Ägypten"), ("BJ", "Benin"), ("AL", "Albanien")]:
        CountryFactory(iso2=code, name_en=name)

    page = client.get(address("partner-town-enter", token))

    labels = [label for _code, label in page.context["form"].fields["country"].choices]
    wanted = ["Ägypten", "Albanien", "Benin"]
    assert [label for label in labels if label in wanted] == wanted
