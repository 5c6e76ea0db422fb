"""One search over all that is public."""

import pytest
from django.utils import translation

from conferences import search
from conferences.models import Page, Publication
from tests.conferences.pages import address, coming, html, past
from tests.conferences.sessions import SessionFactory, path, released
from tests.factories import (
    MunicipalityFactory,
    NewsFactory,
    PartnershipFactory,
    PartnerTownFactory,
    berlin,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]

PAGE = "/de/suche/"
TOMORROW = berlin("2026-11-23 12:00")


def paths(query, language="de"):
    with translation.override(language):
        return [entry.get_absolute_url() for entry in search.find(query)]


@pytest.mark.parametrize("published_at", [None, TOMORROW], ids=["never", "tomorrow"])
def test_nothing_that_is_hidden_is_found(published_at):
    edition = coming(title_de="Verborgen", published_at=published_at)
    released(edition, title_de="Verborgen")
    Publication.objects.create(edition=edition, series="Verborgen", number=1)
    NewsFactory(title_de="Verborgen", published_at=published_at)
    town = PartnerTownFactory(name="Verborgen")
    PartnershipFactory(partner=town, published_at=published_at)

    assert paths("verborgen") == []


def test_what_was_hidden_is_found_from_its_day_on(time_machine):
    edition = coming(title_de="Bald", published_at=TOMORROW)

    time_machine.move_to(TOMORROW)

    assert paths("bald") == [address(edition)]


def test_what_is_only_prepared_is_not_found():
    session = released(coming(), title_de="Öffentlich")
    session.title_de = "Vorbereitet"
    session.save()
    SessionFactory(edition=session.edition, title_de="Vorbereitet")

    assert paths("vorbereitet") == []
    where = path("session", session.edition, session.slug, language="de")
    assert paths("öffentlich") == [where]


@pytest.mark.parametrize("text", ["results_de", "next_steps_de"])
def test_what_came_of_a_conference_is_found_once_it_is_over(text):
    over = past(2022, **{text: "Trinkwasserbrunnen"})
    coming(**{text: "Trinkwasserbrunnen"})

    assert paths("trinkwasserbrunnen") == [address(over)]


def test_a_town_that_nobody_checked_is_not_found():
    town = PartnerTownFactory(name="Unbekannt", checked_at=None)
    PartnershipFactory(partner=town)

    assert paths("unbekannt") == []


def test_a_town_is_found_since_the_first_of_its_partnerships_is_public():
    town = PartnerTownFactory(name="Swakopmund")
    PartnershipFactory(partner=town)
    PartnershipFactory(partner=town, published_at=TOMORROW)

    assert address(town) in paths("swakopmund")


def test_every_word_counts():
    town = PartnerTownFactory(name="Swakopmund")
    row = PartnershipFactory(german=MunicipalityFactory(name="Gießen"), partner=town)

    assert paths("Swakopmund Gießen") == [address(row)]
    assert paths("Swakopmund Köln") == []


@pytest.mark.parametrize("query", ["Muenster", "Münster", "münster", "MUNSTER"])
def test_umlauts_are_found_in_every_spelling(query):
    town = MunicipalityFactory(name="Münster")
    PartnershipFactory(german=town)

    assert address(town) in paths(query)


def test_other_spellings_of_a_town_are_found():
    town = PartnerTownFactory(name="Kyjiw")
    town.names.create(name="Kiew")
    row = PartnershipFactory(partner=town)

    assert paths("kiew") == paths("kyjiw") == [address(town), address(row)]


def test_the_words_of_any_language_find_a_page_in_the_readers_language():
    Page.objects.create(key="imprint", title_de="Impressum", title_en="Imprint")

    assert paths("imprint", "de") == ["/de/impressum/"]
    assert paths("impressum", "en") == ["/en/imprint/"]


def test_a_title_comes_before_a_text_and_a_whole_word_before_a_part():
    text = NewsFactory(title_de="Neues", text_de="Es geht um Wasser.")
    part = NewsFactory(title_de="Trinkwasser")
    title = NewsFactory(title_de="Über Wasser")
    whole = NewsFactory(title_de="Wasser")

    assert paths("wasser") == [address(one) for one in (whole, title, part, text)]


def test_a_page_with_several_texts_is_found_once():
    for key in (Page.Key.LEAD, Page.Key.AIMS):
        Page.objects.create(key=key, title_de="Agenda")

    assert paths("agenda") == ["/de/"]


def test_no_more_are_shown_than_can_be_read(client, monkeypatch):
    monkeypatch.setattr(search, "MOST", 2)
    for number in range(3):
        NewsFactory(title_de=f"Wasser {number}")

    assert len(paths("wasser")) == 2
    assert "Die 2 besten Treffer" in html(client, f"{PAGE}?q=wasser")


@pytest.mark.parametrize("query", ["", "%20", "%00", "*", "%", "a" * 5000, "%E2%80%8B"])
def test_any_query_is_answered(client, query):
    response = client.get(f"{PAGE}?q={query}")

    assert response.status_code == 200


def test_what_was_typed_stays_words(client):
    page = html(client, f"{PAGE}?q=%22%3E%3Cscript%3E")

    assert "<script>" not in page
    assert "&quot;&gt;&lt;script&gt;" in page


def test_results_are_not_for_search_engines(client):
    assert '<meta name="robots" content="noindex">' in html(client, f"{PAGE}?q=x")


def test_what_is_invented_says_so(client):
    edition = coming(is_demonstration=True, number=None, title_de="Wasser")
    released(edition, title_de="Wasser")
    NewsFactory(title_de="Wasser", edition=edition, series=edition.series)

    page = html(client, f"{PAGE}?q=wasser")

    assert page.count('<span class="demonstration">Demonstration</span>') == 3


def test_the_search_of_the_header_leads_here(client):
    assert f'action="{PAGE}"' in html(client, PAGE)


@pytest.mark.parametrize("how_many", [10, 100])
def test_the_page_costs_the_same_however_much_is_found(
    client, django_assert_num_queries, how_many
):
    PartnershipFactory.create_batch(how_many)
    edition = coming()
    SessionFactory.create_batch(how_many, edition=edition)

    with django_assert_num_queries(7):
        client.get(f"{PAGE}?q=a")
