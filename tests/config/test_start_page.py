"""The first page of the admin says what waits, to those who may see it."""

import re

import pytest
from django.urls import reverse

from registrations.models import Letter, PreparedDecision, Request
from tests.factories import EditionFactory, MunicipalityFactory, staff, submitted

pytestmark = pytest.mark.django_db


def much_to_do(how_many):
    """One of each task for every delegation, and rows with which nothing is to do."""
    edition = EditionFactory()
    for _number in range(how_many):
        side = submitted(edition).german_side
        Request.objects.ask(side, "change", "Bitte.")
        MunicipalityFactory(checked_at=None)
        for state in ("failed", "in_doubt"):
            letter = Letter.objects.write(side, "new_link")
            Letter.objects.filter(pk=letter.pk).update(state=state)
        side.change_planned(1, by=side)
        PreparedDecision.objects.prepare(side.delegation, "approve", by=None)
    done = submitted(edition)
    Request.objects.ask(done.german_side, "change", "Bitte.").answer(
        granted=True, reason="Ja", by=staff()
    )
    done.approve(by=staff())
    MunicipalityFactory()


def waiting(client):
    return client.get(reverse("admin:index")).context["waiting"]


def test_everything_that_waits_is_counted(admin_client):
    much_to_do(2)

    assert [words for words, _address in waiting(admin_client)] == [
        "2 Anfragen sind zu beantworten",
        "2 Delegationen warten auf Ihre Entscheidung",
        "2 vorbereitete Entscheidungen sind zu senden",
        "2 Delegationen haben etwas geändert",
        "2 eingetragene Kommunen sind zu prüfen",
        "2 E-Mails konnten nicht gesendet werden",
        "Bei 2 E-Mails ist unklar, ob sie ankamen",
    ]


def test_each_count_leads_to_the_list_of_just_these(admin_client):
    much_to_do(2)

    for words, address in waiting(admin_client):
        shown = admin_client.get(address, follow=True).context
        rows = shown["rows"] if "rows" in shown else shown["cl"].result_list
        assert len(rows) == 2, words


def test_the_page_links_what_waits(admin_client):
    much_to_do(1)

    page = admin_client.get(reverse("admin:index")).content.decode()

    address = "/admin/registrations/request/?answered=no"
    assert f'<a href="{address}">1 Anfrage ist zu beantworten</a>' in page


def test_where_nothing_waits_one_line_says_so(admin_client):
    page = admin_client.get(reverse("admin:index")).content.decode()

    assert re.findall(r'<p class="waiting.*</p>', page) == [
        '<p class="waiting waiting--nothing">Zurzeit wartet nichts auf Sie.</p>'
    ]


def test_staff_are_told_of_what_they_may_see_only(client):
    much_to_do(1)
    client.force_login(staff("registrations.view_request"))

    found = [words for words, _address in waiting(client)]

    assert found == ["1 Anfrage ist zu beantworten"]


def test_who_may_see_no_such_list_is_told_nothing(client):
    much_to_do(1)
    client.force_login(staff("partnerships.view_goal"))

    page = client.get(reverse("admin:index")).content.decode()

    assert 'class="waiting' not in page


@pytest.mark.parametrize("how_many", [0, 1, 3])
def test_the_first_page_costs_the_same_however_much_waits(
    admin_client, django_assert_num_queries, how_many
):
    if how_many:
        much_to_do(how_many)

    with django_assert_num_queries(14):
        response = admin_client.get(reverse("admin:index"))

    assert len(response.context["waiting"]) == (7 if how_many else 0)
