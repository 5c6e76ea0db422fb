from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils import translation

from conferences.models import Figure, Host, Page
from tests.factories import (
    CountryFactory,
    EditionFactory,
    PartnershipFactory,
    SeriesFactory,
    berlin,
    submitted,
)

pytestmark = pytest.mark.django_db

NOW = berlin("2026-11-22 12:00")


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW, tick=False):
        yield


def address(instance, language="de"):
    with translation.override(language):
        return instance.get_absolute_url()


def html(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def past(year, **values):
    values = {"starts_on": None, "ends_on": None, "city": "", **values}
    dates = {"opens_at": None, "closes_at": None, "changes_until": None}
    return EditionFactory(year=year, slug=str(year), **{**dates, **values})


def coming(**values):
    """Six months ahead, its registration open since October."""
    return EditionFactory(
        **{
            "year": 2027,
            "slug": "2027",
            "starts_on": date(2027, 5, 10),
            "ends_on": date(2027, 5, 12),
            "opens_at": berlin("2026-10-01 08:00"),
            "closes_at": berlin("2027-01-31 23:59"),
            "changes_until": None,
            **values,
        }
    )


@pytest.mark.parametrize("how_many", [10, 100])
@pytest.mark.parametrize(
    ("name", "queries"), [("home", 8), ("list", 4), ("series", 6), ("edition", 7)]
)
def test_a_page_costs_the_same_however_much_there_is(
    client, django_assert_num_queries, name, queries, how_many
):
    edition = coming()
    for year in range(how_many):
        past(1900 + year)
    partnerships = PartnershipFactory.create_batch(how_many)
    edition.attending.set(partnerships)
    for order, partnership in enumerate(partnerships):
        Host.objects.create(edition=edition, order=order, partnership=partnership)
    path = {
        "home": "/de/",
        "list": "/de/konferenzen/",
        "series": address(edition.series),
        "edition": address(edition),
    }[name]

    with django_assert_num_queries(queries):
        client.get(path)


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_past_edition_costs_the_same_however_much_is_recorded(
    client, django_assert_num_queries, how_many
):
    edition = past(2022)
    edition.attending.set(PartnershipFactory.create_batch(how_many))
    for what in list(Figure.What)[:how_many]:
        Figure.objects.create(edition=edition, what=what, value=7)

    with django_assert_num_queries(6):
        client.get(address(edition))


BOX = [
    ("2026-09-30 12:00", "Die Anmeldung ist noch nicht offen"),
    ("2026-10-01 08:00", "Die Anmeldung ist offen"),
    ("2027-01-31 23:59", "Die Anmeldung ist offen"),
    ("2027-02-01 00:00", "Die Anmeldung ist geschlossen"),
    ("2027-05-12 23:59", "Die Anmeldung ist geschlossen"),
    ("2027-05-13 00:00", "Diese Konferenz ist vorbei"),
]


@pytest.mark.parametrize(("at", "words"), BOX, ids=[at for at, _words in BOX])
def test_the_box_says_where_registration_stands(client, at, words):
    edition = coming()

    with time_machine.travel(berlin(at), tick=False):
        page = client.get(address(edition)).content.decode()

    assert f'<h2 id="registration-box">{words}</h2>' in page


def test_the_box_of_an_open_edition_leads_to_the_start_page(client):
    edition = coming()

    page = html(client, address(edition))

    start = reverse("registrations:start", args=[edition.series.slug, edition.slug])
    assert f'<a class="button" href="{start}">Delegation anmelden</a>' in page
    assert "31. Januar 2027, 23:59 Uhr (Berlin)" in page


def test_the_box_says_when_every_place_is_taken(client):
    edition = coming(capacity_people=2)
    submitted(edition, german=2)

    page = html(client, address(edition))

    assert "Alle Plätze sind vergeben" in page
    assert "Auf die Warteliste setzen" in page


def test_the_box_says_so_where_no_registration_is_known(client):
    edition = coming(opens_at=None, closes_at=None)

    page = html(client, address(edition))

    assert "steht noch nicht fest" in page
    assert 'class="button"' not in page


def test_a_hidden_edition_is_not_found_by_the_public(client):
    hidden = coming(published_at=None)

    assert client.get(address(hidden)).status_code == 404
    assert client.get(address(hidden) + "kalender.ics").status_code == 404


def test_a_hidden_edition_is_not_found_by_staff_without_the_permission(client):
    client.force_login(User.objects.create_user("staff", is_staff=True))

    assert client.get(address(coming(published_at=None))).status_code == 404


def test_staff_with_the_permission_see_a_marked_preview_that_is_not_kept(client):
    staff = User.objects.create_user("staff", is_staff=True)
    staff.user_permissions.add(Permission.objects.get(codename="view_edition"))
    client.force_login(staff)

    response = client.get(address(coming(published_at=None)))

    assert "Vorschau" in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]


def test_a_hidden_edition_stands_in_no_list(client):
    hidden = coming(published_at=None, city="Geheimstadt")

    for path in ("/de/", "/de/konferenzen/", address(hidden.series)):
        assert "Geheimstadt" not in html(client, path)


def test_a_published_page_varies_by_nothing_personal(client):
    response = client.get(address(coming()))

    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies


def test_a_demonstration_is_marked_wherever_it_stands(client):
    edition = coming(is_demonstration=True, number=None)

    for path in ("/de/", "/de/konferenzen/", address(edition.series), address(edition)):
        assert '<span class="demonstration">Demonstration' in html(client, path), path


def test_a_demonstration_neither_counts_nor_stops_the_expectation(client):
    past(2024, city="Köln")
    coming(is_demonstration=True, number=None)

    page = html(client, "/de/")

    assert "1 Konferenz, im Jahr 2024" in page
    assert "Nächste voraussichtlich 2027" in page


def test_the_rhythm_is_worded_as_an_expectation(client):
    series = past(2024, city="Köln").series

    assert "2027, voraussichtlich" in html(client, address(series))
    assert "Nach dem üblichen Turnus erwarten wir" in html(client, "/de/")


def test_nothing_is_expected_in_a_year_that_is_past(client):
    series = past(2022).series

    assert "voraussichtlich" not in html(client, address(series))


def test_an_edition_of_which_only_the_year_is_known_is_a_quiet_line(client):
    edition = past(2022)

    page = html(client, address(edition.series))

    assert (
        '<li class="timeline__quiet"><p><a href="/de/konferenzen/afrika/2022/">'
        '<time datetime="2022">2022</time></a></p></li>' in page
    )


def test_what_is_not_known_of_an_edition_has_no_heading(client):
    page = html(client, address(past(2022)))

    for heading in ("Worum es geht", "Zu Gast bei", "Zahlen", "Programm"):
        assert f"<h2>{heading}" not in page


def test_what_is_known_of_an_edition_is_shown(client):
    edition = past(2022, city="Bonn", programme_de="Plenum", theme_de="Wasser")
    Host.objects.create(edition=edition, partnership=PartnershipFactory())
    Figure.objects.create(
        edition=edition, what="participants", quality="about", value=180
    )

    page = html(client, address(edition))

    for words in ("<p>Plenum</p>", "<b>Wasser</b>", "<dd>rund 180</dd>", "Namibia"):
        assert words in page


def test_a_text_of_the_other_language_carries_its_language(client):
    edition = coming(introduction_de="Worte", introduction_en="", motto_de="Motto")

    page = html(client, address(edition, "en"))

    assert '<div lang="de"><p>Worte</p> </div>' in page
    assert '<span lang="de">Motto</span>' in page
    assert '<html lang="en">' in page


def test_the_home_page_shows_its_texts(client):
    Page.objects.create(key="audience", title_de="Für wen?", text_de="Für *alle*.")

    page = html(client, "/de/")

    assert "<h2>Für wen?</h2> <p>Für <em>alle</em>.</p>" in page


def test_the_home_page_stands_without_any_content(client):
    assert "<h1>" in html(client, "/de/")


def test_the_drawing_has_a_line_per_published_partnership(client):
    SeriesFactory()
    PartnershipFactory.create_batch(3)
    PartnershipFactory(published_at=None)

    page = html(client, "/de/")

    path = page.split('class="hero__lines" d="')[1].split('"')[0]
    assert path.count("M") == 3
    assert '<tspan class="hero__count">3</tspan>' in page
    assert "3 Partnerschaften in unserem Verzeichnis" in page


def test_the_next_edition_is_the_nearest_that_is_announced(client):
    coming(slug="sooner", city="Naheburg")
    coming(slug="later", starts_on=date(2027, 9, 1), ends_on=date(2027, 9, 2))

    box = html(client, "/de/").split('class="next ')[1].split("</section>")[0]

    assert "Naheburg" in box


def test_the_page_of_a_series_leads_to_its_open_registration(client):
    edition = coming()

    page = html(client, address(edition.series))

    start = reverse("registrations:start", args=[edition.series.slug, edition.slug])
    assert f'<a class="button" href="{start}">Delegation anmelden</a>' in page


def test_an_announced_edition_without_days_is_the_next(client):
    coming(slug="2027", starts_on=None, ends_on=None, month=9, city="Ohnetag")

    assert "Ohnetag, <time" in html(client, "/de/")


def test_the_calendar_entry_covers_whole_days_and_never_changes(client):
    path = address(coming(title_de="Konferenz", venue="Rathaus")) + "kalender.ics"

    first, second = client.get(path), client.get(path)

    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert first.content == second.content
    lines = first.content.decode().split("\r\n")
    for line in (
        "DTSTART;VALUE=DATE:20270510",
        "DTEND;VALUE=DATE:20270513",
        "DTSTAMP:20200101T000000Z",
        "SUMMARY;LANGUAGE=de:Konferenz",
        "LOCATION:Rathaus\\, Musterstadt",
    ):
        assert line in lines


def test_an_edition_without_days_has_no_calendar_entry(client):
    assert client.get(address(past(2022)) + "kalender.ics").status_code == 404


def test_countries_stand_in_the_order_of_the_alphabet(client):
    series = SeriesFactory()
    for iso2, name in [("EG", "Ägypten"), ("ZM", "Sambia"), ("AO", "Angola")]:
        country = CountryFactory(iso2=iso2, name_de=name, region=series.region)
        country.oda_listings.create(group="LDC")

    page = html(client, address(series))

    assert page.index("Ägypten") < page.index("Angola") < page.index("Sambia")


@pytest.mark.parametrize("key", [k for k in Page.Key.values if k not in Page.ON_HOME])
def test_a_text_of_the_site_has_its_page(client, key):
    page = Page.objects.create(key=key, title_de="Überschrift", text_de="[[Lücke]]")

    body = html(client, address(page))

    assert "<h1>Überschrift</h1>" in body
    assert "<mark>[Lücke]</mark>" in body


def test_a_text_that_is_not_written_yet_is_not_found(client):
    assert client.get("/de/impressum/").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/de/gibt-es-nicht/", "/de/konferenzen/x/", "/de/konferenzen/afrika/%00/"],
)
def test_what_does_not_exist_says_so_in_the_readers_language(client, path):
    response = client.get(path)

    assert response.status_code == 404
    assert "Diese Seite finden wir nicht" in response.content.decode()


def test_a_demonstration_is_not_announced_as_the_next_of_its_series(client):
    series = SeriesFactory()
    past = EditionFactory(series=series, year=2025, starts_on=None, ends_on=None)
    EditionFactory(series=series, number=None, is_demonstration=True)

    response = client.get(past.get_absolute_url())

    assert response.context["coming"] is None


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
