"""How staff write news."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse

from conferences.models import News
from tests.factories import EditionFactory, NewsFactory, SeriesFactory, berlin, staff

pytestmark = pytest.mark.django_db

ADD = "admin:conferences_news_add"
LIST = "admin:conferences_news_changelist"


def change_page(item):
    return reverse("admin:conferences_news_change", args=[item.pk])


def filled(**values):
    form = {
        "title_de": "Es geht los",
        "teaser_de": "Kurz gesagt.",
        "slug": "es-geht-los",
        "published_at_0": "01.12.2026",
        "published_at_1": "08:00",
    }
    return {**form, **values}


@pytest.fixture
def editor(client):
    """Somebody of the group that looks after the texts."""
    call_command("staff_groups")
    user = staff()
    user.groups.add(Group.objects.get(name="Redaktion"))
    client.force_login(user)
    return client


def test_an_editor_writes_an_item(editor):
    edition = EditionFactory()

    response = editor.post(reverse(ADD), filled(edition=edition.pk))

    assert response.status_code == 302
    item = News.objects.get()
    assert (item.title_de, item.slug) == ("Es geht los", "es-geht-los")
    assert item.published_at == berlin("2026-12-01 08:00")
    assert (item.edition, item.series) == (edition, edition.series)


def test_a_conference_of_another_series_is_refused_in_words(editor):
    other = SeriesFactory(slug="asien", region__code="ASI")
    form = filled(edition=EditionFactory().pk, series=other.pk)

    response = editor.post(reverse(ADD), form)

    assert response.context["adminform"].form.non_field_errors() == [
        "Diese Konferenz gehört zu einer anderen Konferenzreihe."
    ]
    assert not News.objects.exists()


@pytest.mark.parametrize("slug", ["feed", "meldung-da"])
def test_a_word_that_is_taken_is_refused_beside_it(editor, slug):
    NewsFactory(slug="meldung-da")

    response = editor.post(reverse(ADD), filled(slug=slug))

    assert list(response.context["adminform"].form.errors) == ["slug"]


def test_the_word_in_the_address_stays_as_it_is(editor):
    item = NewsFactory(slug="alt")

    editor.post(change_page(item), filled(slug="neu"))

    item.refresh_from_db()
    assert (item.title_de, item.slug) == ("Es geht los", "alt")


def test_what_is_not_published_yet_stands_first(editor):
    NewsFactory(slug="alt")
    NewsFactory(slug="neu", published_at=berlin("2026-01-01 08:00"))
    NewsFactory(slug="entwurf", published_at=None)

    rows = editor.get(reverse(LIST)).context["cl"].result_list

    assert [row.slug for row in rows] == ["entwurf", "neu", "alt"]


@pytest.mark.parametrize(
    ("published", "slugs"), [("yes", ["alt"]), ("no", ["entwurf"])]
)
def test_the_list_tells_what_the_public_sees(editor, published, slugs):
    NewsFactory(slug="alt")
    NewsFactory(slug="entwurf", published_at=None)

    page = editor.get(reverse(LIST), {"published": published})

    assert [row.slug for row in page.context["cl"].result_list] == slugs


@pytest.mark.parametrize(
    ("permission", "may"),
    [("conferences.view_news", {"view"}), ("conferences.view_edition", set())],
)
def test_who_may_not_write_news_cannot(client, permission, may):
    item = NewsFactory(title_de="Wie es war")
    client.force_login(staff(permission))

    assert client.get(reverse(LIST)).status_code == (200 if may else 403)
    assert client.get(reverse(ADD)).status_code == 403
    assert client.post(change_page(item), filled()).status_code == 403
    delete = reverse("admin:conferences_news_delete", args=[item.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    item.refresh_from_db()
    assert item.title_de == "Wie es war"


def test_a_stranger_is_asked_to_sign_in(client):
    response = client.get(reverse(LIST))

    assert response.headers["Location"].startswith(reverse("admin:login"))
