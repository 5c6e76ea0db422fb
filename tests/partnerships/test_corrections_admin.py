"""Staff check what was suggested, and tick it off."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Correction
from tests.factories import MunicipalityFactory, staff
from tests.partnerships.test_corrections import TYPED, correction

pytestmark = pytest.mark.django_db
LIST = reverse("admin:partnerships_correction_changelist")


def page_of(row):
    return reverse("admin:partnerships_correction_change", args=[row.pk])


def act(client, action, *rows):
    data = {"action": action, "_selected_action": [row.pk for row in rows]}
    response = client.post(LIST, data, follow=True)
    return [str(message) for message in response.context["messages"]]


def test_open_ones_come_first_and_are_told_apart(admin_client):
    answered = correction(outcome="done", answered_at=timezone.now())
    waiting = correction()

    def shown(query=""):
        return list(admin_client.get(LIST + query).context["cl"].result_list)

    assert shown() == [waiting, answered]
    assert shown("?answered=no") == [waiting]
    assert shown("?answered=yes") == [answered]


@pytest.mark.parametrize("query", ["?answered=x", "?outcome__exact=x", "?q=%25"])
def test_a_strange_filter_is_no_error(admin_client, query):
    correction()

    assert admin_client.get(LIST + query, follow=True).status_code == 200


@pytest.mark.parametrize(
    ("action", "outcome"), [("mark_done", "done"), ("mark_not_taken", "not_taken")]
)
def test_staff_tick_off_what_is_open(admin_client, action, outcome):
    answered = correction(outcome="done", answered_at=timezone.now())
    first, second = correction(), correction()

    assert act(admin_client, action, answered, first, second) == [
        "2 Vorschläge abgehakt.",
        "1 war schon beantwortet und bleibt, wie er ist.",
    ]

    for row in (first, second):
        row.refresh_from_db()
        assert (row.outcome, row.answered_at is None) == (outcome, False)
    assert LogEntry.objects.count() == 2


def test_what_was_sent_is_read_and_only_the_note_is_written(admin_client):
    row = correction(municipality=MunicipalityFactory(name="Musterstadt"))
    page = admin_client.get(page_of(row))
    town = reverse("admin:partnerships_municipality_change", args=[row.municipality_id])
    assert f'<a href="{town}">' in page.text
    assert list(page.context["adminform"].form.fields) == ["note"]

    admin_client.post(page_of(row), {"note": "Nachgefragt.", "text": "Anders"})

    row.refresh_from_db()
    assert (row.note, row.text) == ("Nachgefragt.", TYPED["text"])


def test_what_was_sent_is_shown_as_it_was_written(admin_client):
    row = correction(text="<script>alert(1)</script>")

    page = admin_client.get(page_of(row)).text

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_nobody_adds_a_suggestion_in_the_admin(admin_client):
    add = reverse("admin:partnerships_correction_add")

    assert admin_client.get(add).status_code == 403


def test_who_may_only_look_ticks_nothing_off(client):
    row = correction()
    client.force_login(staff("partnerships.view_correction"))

    act(client, "mark_done", row)

    assert client.get(page_of(row)).status_code == 200
    assert Correction.objects.open().exists()


def test_who_may_do_something_else_reads_no_suggestion(client):
    client.force_login(staff("partnerships.change_partnership"))

    assert client.get(LIST).status_code == 403
    assert client.get(page_of(correction())).status_code == 403


def test_the_first_page_counts_what_is_open(admin_client, client):
    correction(outcome="done", answered_at=timezone.now())
    correction()

    page = admin_client.get(reverse("admin:index")).text
    assert (
        f'<a href="{LIST}?answered=no">1 Korrekturvorschlag ist zu prüfen</a>' in page
    )

    client.force_login(staff("partnerships.view_partnership"))
    assert "Korrekturvorschl" not in client.get(reverse("admin:index")).text


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_costs_the_same_however_long(
    admin_client, django_assert_num_queries, how_many
):
    for _number in range(how_many):
        correction()
        correction(partnership=None, municipality=MunicipalityFactory())

    with django_assert_num_queries(7):
        admin_client.get(LIST)


def test_a_note_takes_back_no_answer_that_was_given_meanwhile():
    row = correction()
    read_before = Correction.objects.get(pk=row.pk)
    Correction.objects.answer(Correction.Outcome.DONE)

    shown = admin.site.get_model_admin(Correction)
    shown.save_model(None, read_before, None, True)

    row.refresh_from_db()
    assert row.outcome == "done"
