"""Staff make the next conference from the page of the last."""

import pytest
from django.urls import reverse

from conferences.models import Edition
from tests.factories import staff
from tests.registrations.test_cloning import NEXT, old

pytestmark = pytest.mark.django_db


def page_of(edition):
    return reverse("admin:registrations_editionquestions_clone", args=[edition.pk])


def test_staff_make_the_next_conference_from_the_page_of_the_last(admin_client):
    edition = old(audience_de="Alle")
    form = reverse("admin:conferences_edition_change", args=[edition.pk])
    assert page_of(edition) in admin_client.get(form).text
    page = admin_client.get(page_of(edition))

    sent = {name: page.context["form"][name].value() for name in NEXT}
    response = admin_client.post(page_of(edition), sent, follow=True)

    new = Edition.objects.get(slug="2103")
    assert new.audience_de == "Alle"
    assert response.redirect_chain[0][0] == form.replace(str(edition.pk), str(new.pk))
    assert [str(message) for message in response.context["messages"]] == [
        f"{new} ist angelegt und noch nicht öffentlich. Bitte gehen Sie die Texte "
        "durch und tragen Sie dann die Tage und die Zeiten der Anmeldung ein."
    ]


def test_the_page_names_what_is_taken_over_and_what_stays_behind(admin_client):
    page = admin_client.get(page_of(old())).text

    taken, left = page.split("Das wird nicht übernommen")
    for words in ("Fragen", "Räume", "Zweite Stufe"):
        assert words in taken
    for words in ("Delegationen", "Gastgeber", "Motto"):
        assert words in left


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"number": ""}, {"number": ["Dieses Feld ist zwingend erforderlich."]}),
        (
            {"number": "6"},
            {
                "__all__": [
                    "Diese Nummer gibt es in der Konferenzreihe schon. "
                    "Bitte wählen Sie eine andere."
                ]
            },
        ),
        (
            {"slug": "2100"},
            {
                "__all__": [
                    "Dieses Wort in der Adresse gibt es in der Konferenzreihe schon. "
                    "Bitte wählen Sie ein anderes."
                ]
            },
        ),
    ],
)
def test_a_next_conference_that_cannot_be_is_explained(admin_client, typed, errors):
    edition = old(slug="2100")

    response = admin_client.post(page_of(edition), {**NEXT, **typed})

    assert response.context["form"].errors == errors
    assert 'value="2103"' in response.text
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("year", ["x", "-1", "99999", "0"])
def test_a_year_that_is_none_is_refused(admin_client, year):
    edition = old()

    response = admin_client.post(page_of(edition), {**NEXT, "year": year})

    assert "year" in response.context["form"].errors
    assert Edition.objects.count() == 1


def test_who_may_not_add_conferences_makes_none(client):
    edition = old()
    client.force_login(
        staff("conferences.change_edition", "registrations.change_editionquestions")
    )
    form = reverse("admin:conferences_edition_change", args=[edition.pk])

    assert page_of(edition) not in client.get(form).text
    assert client.get(page_of(edition)).status_code == 403
    assert client.post(page_of(edition), NEXT).status_code == 403
    assert Edition.objects.count() == 1


def test_of_a_conference_that_is_not_there_nothing_is_made(admin_client):
    page = reverse("admin:registrations_editionquestions_clone", args=[999])

    assert admin_client.get(page).status_code == 404
