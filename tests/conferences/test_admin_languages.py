"""Forms with texts in five languages stay short, and hide no fault."""

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.urls import reverse
from modeltranslation.translator import translator

from conferences.models import Edition, News, Page, Picture, Series, Session, Speaker
from registrations.models import Question
from tests.conferences.test_admin import change_page, filled
from tests.factories import EditionFactory

pytestmark = pytest.mark.django_db

OTHERS = {
    "en": "Englisch",
    "fr": "Französisch",
    "es": "Spanisch",
    "uk": "Ukrainisch",
}


def fieldsets(response):
    """The parts of the form by their headings, and whether each is folded."""
    return {
        str(part.name): part.is_collapsible for part in response.context["adminform"]
    }


@pytest.mark.parametrize(
    "model", [Edition, News, Page, Picture, Question, Series, Session, Speaker]
)
def test_every_text_is_asked_once_in_every_language(rf, admin_user, model):
    request = rf.get("/")
    request.user = admin_user
    fields = flatten_fieldsets(admin.site.get_model_admin(model).get_fieldsets(request))
    columns = [
        f"{name}_{code}"
        for name in translator.get_options_for_model(model).fields
        for code, _language in settings.LANGUAGES
    ]

    assert {name: fields.count(name) for name in columns} == dict.fromkeys(columns, 1)


def test_texts_of_other_languages_are_folded_and_say_how_many_there_are(admin_client):
    edition = EditionFactory(title_de="Titel", motto_de="Motto", title_en="Title")

    shown = fieldsets(admin_client.get(change_page(edition)))

    assert {name: folded for name, folded in shown.items() if folded} == {
        "Texte auf Englisch: 1 von 2": True,
        "Texte auf Französisch: 0 von 2": True,
        "Texte auf Spanisch: 0 von 2": True,
        "Texte auf Ukrainisch: 0 von 2": True,
    }


def test_a_new_row_has_nothing_to_count(admin_client):
    shown = fieldsets(admin_client.get(reverse("admin:conferences_edition_add")))

    assert [name for name, folded in shown.items() if folded] == [
        f"Texte auf {language}" for language in OTHERS.values()
    ]


def test_a_part_with_a_fault_is_open(admin_client):
    edition = EditionFactory()
    too_long = filled(edition, title_fr="x" * 2000)

    response = admin_client.post(change_page(edition), too_long)

    assert list(response.context["adminform"].form.errors) == ["title_fr"]
    folded = {name[10:] for name, folded in fieldsets(response).items() if folded}
    assert folded == {"Englisch", "Spanisch", "Ukrainisch"}


def test_what_is_written_in_a_folded_part_is_saved(admin_client):
    edition = EditionFactory()

    admin_client.post(change_page(edition), filled(edition, title_uk="Назва"))

    edition.refresh_from_db()
    assert edition.title_uk == "Назва"
