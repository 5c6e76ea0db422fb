import re

import pytest
from django.urls import reverse
from django.utils import translation

from conferences.models import Page
from partnerships.models import Municipality
from tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


def test_a_translated_field_names_its_language(admin_client):
    page = admin_client.get(reverse("admin:conferences_page_add")).content.decode()

    for label in ("Titel (Deutsch)", "Titel (Englisch)", "Text (Deutsch)"):
        assert f"{label}:</label>" in page
    assert "[de]" not in page


def test_the_language_is_named_in_the_language_of_the_reader():
    field = Page._meta.get_field("title_de")

    with translation.override("de"):
        german = str(field.verbose_name)

    assert (german, str(field.verbose_name)) == ("Titel (Deutsch)", "title (German)")


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_two_kinds_of_municipality_have_one_name(language):
    with translation.override(language):
        labels = [str(label) for label in Municipality.Kind.labels]

    assert len(set(labels)) == len(labels)


def labels(page):
    return re.findall(r'aria-label="([^"]+)"', page)


def test_day_and_time_of_a_moment_say_whose_they_are(admin_client):
    page = admin_client.get(reverse("admin:conferences_edition_add")).content.decode()

    named = labels(page)
    assert "Anmeldung öffnet: Tag" in named
    assert "Anmeldung öffnet: Zeit" in named


def test_each_cell_of_a_table_of_fields_says_its_column(admin_client):
    town = MunicipalityFactory()
    town.names.create(name="Anders")
    address = reverse("admin:partnerships_municipality_change", args=[town.pk])

    page = admin_client.get(address).content.decode()

    cell = re.search(r'<input[^>]*name="names-0-name"[^>]*>', page)[0]
    box = re.search(r'<input[^>]*name="names-0-DELETE"[^>]*>', page)[0]
    assert (labels(cell), labels(box)) == (["Schreibweise"], ["Diese Zeile löschen"])


def test_rows_without_a_value_are_chosen_by_a_word(admin_client):
    MunicipalityFactory(land="")
    address = reverse("admin:partnerships_municipality_changelist")

    page = admin_client.get(address).content.decode()

    assert '<a href="?land=">ohne Angabe</a>' in page


@pytest.mark.parametrize(
    ("query", "words"),
    [("", "Hier ist noch nichts."), ("?q=Nirgendwo", "Nichts passt zu Ihrer Auswahl.")],
)
def test_a_list_without_rows_says_why(admin_client, query, words):
    address = reverse("admin:conferences_room_changelist")

    page = admin_client.get(address + query).content.decode()

    assert words in page
