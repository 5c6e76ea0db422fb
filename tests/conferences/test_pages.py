"""What holds for every public page, and the texts of the site."""

import pytest
from django.contrib.auth.models import Permission, User

from conferences.models import Host, Page
from tests.conferences.pages import address, coming, html, past
from tests.factories import (
    PartnershipFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]


@pytest.mark.parametrize("how_many", [10, 100])
@pytest.mark.parametrize(
    ("name", "queries"), [("home", 8), ("list", 3), ("series", 7), ("edition", 7)]
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
