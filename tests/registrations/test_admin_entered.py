import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from partnerships.models import Municipality
from tests.factories import EditionFactory, MunicipalityFactory, staff, submitted

pytestmark = pytest.mark.django_db
LIST = "admin:registrations_enteredmunicipality_changelist"


@pytest.fixture
def entered():
    return MunicipalityFactory(name="Cologne", checked_at=None)


def merge_page(town):
    return reverse("admin:registrations_enteredmunicipality_merge", args=[town.pk])


def test_no_button_leads_to_a_page_that_nobody_can_see(admin_client, entered):
    page = reverse("admin:registrations_enteredmunicipality_change", args=[entered.pk])

    assert "viewsitelink" not in admin_client.get(page).content.decode()


def test_the_list_shows_what_nobody_has_checked(admin_client, entered):
    MunicipalityFactory()
    delegation = submitted(EditionFactory(), german_municipality=entered)

    response = admin_client.get(reverse(LIST))

    assert [row.pk for row in response.context["cl"].queryset] == [entered.pk]
    assert delegation.reference in response.content.decode()


def test_a_checked_town_may_be_shown(admin_client, entered):
    response = admin_client.post(
        reverse(LIST), {"action": "mark_checked", "_selected_action": [entered.pk]}
    )

    assert list(Municipality.objects.checked()) == [entered]
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "1 Kommune ist geprüft."
    ]


def test_the_page_suggests_towns_of_that_name(admin_client, entered):
    koeln = MunicipalityFactory(name="Köln")
    koeln.names.create(name="Cologne")
    MunicipalityFactory(name="Bonn")

    response = admin_client.get(merge_page(entered))

    assert list(response.context["alike"]) == [koeln]


def test_a_town_is_merged_into_the_chosen_one(admin_client, entered):
    koeln = MunicipalityFactory(name="Köln")

    response = admin_client.post(merge_page(entered), {"into": koeln.pk})

    assert response.url == reverse(LIST)
    assert list(Municipality.objects.all()) == [koeln]


def test_a_refused_merge_says_why_beside_the_field(admin_client, entered):
    response = admin_client.post(merge_page(entered), {"into": entered.pk})

    assert response.context["form"].errors == {
        "into": ["Bitte wählen Sie eine andere Kommune."]
    }


def test_a_town_that_staff_checked_is_not_offered_for_merging(admin_client):
    response = admin_client.get(merge_page(MunicipalityFactory()))

    assert response.status_code == 404


def test_who_may_only_look_neither_checks_nor_merges(client, entered):
    koeln = MunicipalityFactory(name="Köln")
    client.force_login(staff("registrations.view_enteredmunicipality"))

    client.post(
        reverse(LIST), {"action": "mark_checked", "_selected_action": [entered.pk]}
    )
    response = client.post(merge_page(entered), {"into": koeln.pk})

    assert response.status_code == 403
    assert list(Municipality.objects.unchecked()) == [entered]
