"""What staff may do with the questions of a conference as a whole."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registrations.models import Question, SecondStage
from tests.factories import EditionFactory, QuestionFactory, berlin, staff

pytestmark = pytest.mark.django_db

ADMIN = "admin:registrations_editionquestions"


def typed(stage, **values):
    """The form of a conference with its second stage, as it was shown."""
    return {
        "second_stage-TOTAL_FORMS": "1",
        "second_stage-INITIAL_FORMS": "1",
        "second_stage-0-id": stage.pk,
        "second_stage-0-edition": stage.edition_id,
        "second_stage-0-asks_diet": "on",
        "second_stage-0-visa_for": "nobody",
        "second_stage-0-needs_erased_after": "7",
        "second_stage-0-visa_erased_after": "3",
        **values,
    }


def change(client, stage, **values):
    address = reverse(f"{ADMIN}_change", args=[stage.edition_id])
    return client.post(address, typed(stage, **values))


@pytest.fixture
def stage():
    return SecondStage.objects.create(edition=EditionFactory())


def test_not_even_a_superuser_adds_or_deletes_a_conference_here(admin_client, stage):
    delete = reverse(f"{ADMIN}_delete", args=[stage.edition_id])

    assert admin_client.get(reverse(f"{ADMIN}_add")).status_code == 403
    assert admin_client.post(delete, {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("verb", ["view", "change"])
def test_who_may_only_look_adds_no_usual_questions(client, stage, verb):
    client.force_login(staff(f"registrations.{verb}_editionquestions"))

    client.post(
        reverse(f"{ADMIN}_changelist"),
        {"action": "add_usual_questions", "_selected_action": [stage.edition_id]},
    )

    assert Question.objects.exists() is (verb == "change")


def test_a_second_stage_that_was_begun_is_not_deleted(admin_client, stage):
    response = change(admin_client, stage, **{"second_stage-0-DELETE": "on"})

    assert response.status_code == 302
    assert SecondStage.objects.get() == stage


def test_saving_what_is_asked_writes_nothing_of_the_conference(admin_client, stage):
    with CaptureQueriesContext(connection) as made:
        change(admin_client, stage, **{"second_stage-0-asks_photos": "on"})

    written = [one["sql"].split(" SET ")[0] for one in made if "UPDATE" in one["sql"]]
    assert 'UPDATE "registrations_secondstage"' in written
    assert 'UPDATE "conferences_edition"' not in written


def test_times_are_those_of_the_clocks_at_the_conference(admin_client):
    edition = EditionFactory(time_zone="Africa/Nairobi")
    stage = SecondStage.objects.create(edition=edition)
    times = {"answers_until_0": "1.7.2100", "answers_until_1": "14:00"}

    change(admin_client, stage, **{f"second_stage-0-{k}": v for k, v in times.items()})
    page = admin_client.get(reverse(f"{ADMIN}_change", args=[edition.pk]))

    stage.refresh_from_db()
    assert stage.answers_until == berlin("2100-07-01 13:00")
    assert 'value="14:00:00"' in page.content.decode()


def test_the_preview_in_a_language_that_is_not_there_is_german(admin_client):
    question = QuestionFactory(label_de="Welches Thema?")
    address = reverse(f"{ADMIN}_preview", args=[question.edition_id, "xx"])

    text = admin_client.get(address).content.decode()

    assert '<html lang="de">' in text
    assert "Welches Thema?" in text


def test_strangers_are_led_from_the_preview_to_the_login(client, stage):
    address = reverse(f"{ADMIN}_preview", args=[stage.edition_id, "de"])

    response = client.get(address)

    assert response.url.startswith(reverse("admin:login"))


def test_of_a_conference_that_is_not_there_is_no_preview(admin_client):
    address = reverse(f"{ADMIN}_preview", args=[999, "de"])

    assert admin_client.get(address).status_code == 404
