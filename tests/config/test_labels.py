import pytest
from django.urls import reverse
from django.utils import translation

from conferences.models import Page
from partnerships.models import Municipality

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
