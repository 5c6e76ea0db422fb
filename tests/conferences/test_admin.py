from datetime import UTC, datetime

import pytest
from django.urls import reverse

from conferences.models import Edition, Page
from tests.factories import (
    EditionFactory,
    NewsFactory,
    RegionFactory,
    SeriesFactory,
    staff,
)

pytestmark = pytest.mark.django_db


def make_series(how_many):
    for number in range(how_many):
        SeriesFactory(slug=f"s-{number}", region=RegionFactory(code=f"S{number}"))


def make_editions(how_many):
    for number in range(how_many):
        series = SeriesFactory(slug=f"s-{number}", region__code=f"S{number}")
        EditionFactory(series=series)


def make_pages(how_many):
    for key in list(Page.Key)[:how_many]:
        Page.objects.create(key=key, title_de="Titel", text_de="[[offen]]")


def make_news(how_many):
    for number in range(how_many):
        series = SeriesFactory(slug=f"s-{number}", region__code=f"S{number}")
        NewsFactory(series=series, edition=EditionFactory(series=series))


MAKERS = {
    "series": make_series,
    "edition": make_editions,
    "page": make_pages,
    "news": make_news,
}
QUERIES = {"series": 7, "edition": 8, "page": 7, "news": 8}


@pytest.mark.parametrize("how_many", [1, 3])
@pytest.mark.parametrize("model", MAKERS)
def test_list_costs_the_same_however_long(
    admin_client, django_assert_num_queries, model, how_many
):
    MAKERS[model](how_many)

    with django_assert_num_queries(QUERIES[model]):
        response = admin_client.get(reverse(f"admin:conferences_{model}_changelist"))

    assert response.context["cl"].result_count == how_many


def change_page(edition):
    return reverse("admin:conferences_edition_change", args=[edition.pk])


def filled(edition, **values):
    """What the browser sends when the form is saved as it stands."""
    form = {
        "series": edition.series_id,
        "number": edition.number,
        "year": edition.year,
        "attendance": edition.attendance,
        "offer_days": edition.offer_days,
        "offer_land": edition.offer_land,
        "starts_on": edition.starts_on,
        "ends_on": edition.ends_on,
        "time_zone": edition.time_zone,
        "contact_email": edition.contact_email,
    }
    for name in ("hosts", "figures", "publications"):
        form |= {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0}
    return {**form, **values}


def test_times_are_shown_as_the_clocks_at_the_conference_show_them(admin_client):
    closes_at = datetime(2100, 3, 31, 21, 59, tzinfo=UTC)
    edition = EditionFactory(closes_at=closes_at, time_zone="Asia/Kolkata")

    page = admin_client.get(change_page(edition)).content.decode()

    assert 'name="closes_at_0" value="01.04.2100"' in page
    assert 'name="closes_at_1" value="03:29:00"' in page


def test_times_are_read_as_the_clocks_at_the_conference_show_them(admin_client):
    edition = EditionFactory(time_zone="Asia/Kolkata", opens_at=None, closes_at=None)
    times = {
        "opens_at_0": "01.01.2100",
        "opens_at_1": "10:00",
        "closes_at_0": "31.03.2100",
        "closes_at_1": "23:59",
    }

    admin_client.post(change_page(edition), filled(edition, **times))

    edition.refresh_from_db()
    assert edition.closes_at == datetime(2100, 3, 31, 18, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    "day", ["2027-03-28", "2026-10-25"], ids=["does not exist", "exists twice"]
)
def test_a_local_time_that_is_not_one_instant_is_asked_back(admin_client, day):
    edition = EditionFactory(opens_at=None, closes_at=None)
    times = {
        "opens_at_0": "01.01.2020",
        "opens_at_1": "10:00",
        "closes_at_0": day,
        "closes_at_1": "02:30",
    }

    response = admin_client.post(change_page(edition), filled(edition, **times))

    errors = response.context["adminform"].form.errors
    assert list(errors) == ["closes_at"]
    assert "Europe/Berlin" in errors["closes_at"][0]
    edition.refresh_from_db()
    assert edition.closes_at is None


def test_the_word_in_the_address_stays_as_it_is(admin_client):
    edition = EditionFactory(slug="2100")

    admin_client.post(change_page(edition), filled(edition, slug="other", city="Köln"))

    edition.refresh_from_db()
    assert (edition.city, edition.slug) == ("Köln", "2100")


def test_the_form_does_not_change_the_places(admin_client):
    edition = EditionFactory(capacity_people=80)
    form = filled(edition, city="Köln", capacity_people=2)

    admin_client.post(change_page(edition), form)

    edition.refresh_from_db()
    assert (edition.city, edition.capacity_people) == ("Köln", 80)


def test_a_broken_rule_is_said_beside_the_form(admin_client):
    edition = EditionFactory(year=2100)

    response = admin_client.post(change_page(edition), filled(edition, year=2099))

    assert response.context["adminform"].form.non_field_errors() == [
        "Das Jahr passt nicht zum ersten Tag. Bitte tragen Sie das Jahr des ersten "
        "Tages ein."
    ]


def test_a_stranger_to_conferences_does_not_see_them(client):
    client.force_login(staff("partnerships.view_partnership"))

    response = client.get(change_page(EditionFactory()))

    assert response.status_code == 403


def test_a_page_names_what_is_still_missing(admin_client):
    page = Page.objects.create(key="imprint", title_de="Impressum", text_de="[[Sitz]]")

    response = admin_client.get(
        reverse("admin:conferences_page_change", args=[page.pk])
    )

    assert "<li>Sitz</li>" in response.content.decode()


def test_not_even_a_superuser_deletes_a_page(admin_client):
    page = Page.objects.create(key="imprint", title_de="Impressum")

    response = admin_client.post(
        reverse("admin:conferences_page_delete", args=[page.pk]), {"post": "yes"}
    )

    assert response.status_code == 403
    assert Page.objects.filter(pk=page.pk).exists()


def test_an_edition_can_be_added_before_anything_but_the_year_is_known(admin_client):
    series = SeriesFactory()
    form = filled(EditionFactory.build(series=series, number=4, year=2101))
    form |= {"series": series.pk, "slug": "2101", "starts_on": "", "ends_on": ""}

    admin_client.post(reverse("admin:conferences_edition_add"), form)

    assert [(row.year, row.starts_on) for row in Edition.objects.all()] == [
        (2101, None)
    ]
