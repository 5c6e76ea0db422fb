"""The home page."""

from datetime import date

import pytest
from django.urls import reverse

from conferences.models import Page
from tests.conferences.pages import coming, html, past
from tests.factories import (
    EditionFactory,
    PartnershipFactory,
    SeriesFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]


def test_a_demonstration_neither_counts_nor_stops_the_expectation(client):
    past(2024, city="Köln")
    coming(is_demonstration=True, number=None)

    page = html(client, "/de/")

    assert "1 Konferenz, im Jahr 2024" in page
    assert "Nächste voraussichtlich 2027" in page


def test_the_home_page_shows_its_texts(client):
    Page.objects.create(key="audience", title_de="Für wen?", text_de="Für *alle*.")

    page = html(client, "/de/")

    assert "<h2>Für wen?</h2> <p>Für <em>alle</em>.</p>" in page


def test_the_home_page_stands_without_any_content(client):
    assert "<h1>" in html(client, "/de/")


def test_the_map_shows_published_partnerships_only(client):
    SeriesFactory()
    PartnershipFactory.create_batch(3)
    PartnershipFactory(published_at=None)

    page = html(client, "/de/")

    assert "<title>Namibia: 3 Partnerschaften</title>" in page
    assert page.count('class="map__arc ') == 1
    assert "3 Partnerschaften in unserem Verzeichnis." in page


def test_what_the_map_says_stands_beside_it_as_text(client):
    SeriesFactory()
    PartnershipFactory.create_batch(2)

    page = html(client, "/de/")

    assert '<a href="/de/konferenzen/afrika/">Afrika</a> 2</li>' in page
    assert '<a href="/de/partnerschaften/?view=map#countries">' in page


def test_the_links_of_the_map_are_no_stops_for_the_keyboard(client):
    PartnershipFactory()

    drawing = html(client, "/de/").split('<svg class="map"')[1].split("</svg>")[0]

    assert 'aria-hidden="true"' in drawing
    assert drawing.count("<a ") == drawing.count('tabindex="-1"') == 1


def test_there_is_no_map_without_partnerships(client):
    assert 'class="map"' not in html(client, "/de/")


def test_the_next_edition_is_the_nearest_that_is_announced(client):
    coming(slug="sooner", city="Naheburg")
    coming(slug="later", starts_on=date(2027, 9, 1), ends_on=date(2027, 9, 2))

    box = html(client, "/de/").split('class="next ')[1].split("</section>")[0]

    assert "Naheburg" in box


def test_an_announced_edition_without_days_is_the_next(client):
    coming(slug="2027", starts_on=None, ends_on=None, month=9, city="Ohnetag")

    assert "Ohnetag, <time" in html(client, "/de/")


def test_a_real_conference_comes_before_a_demonstration(client):
    series = SeriesFactory()
    real = EditionFactory(series=series)
    EditionFactory(
        series=series,
        number=None,
        is_demonstration=True,
        year=2099,
        starts_on=date(2099, 1, 1),
        ends_on=date(2099, 1, 2),
    )

    response = client.get(reverse("conferences:home"))

    assert response.context["edition"] == real
