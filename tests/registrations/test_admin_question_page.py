"""What the page of one question keeps as it was, and on what it lets it depend."""

import pytest
from django.urls import reverse

from registrations.models import Question
from tests.factories import EditionFactory, OptionFactory, QuestionFactory, berlin

pytestmark = pytest.mark.django_db

RETIRED = berlin("2027-01-01 12:00")


def page_of(question):
    return reverse("admin:registrations_question_change", args=[question.pk])


def save(client, question, **values):
    form = {
        "edition": question.edition_id,
        "label_de": "Anders gefragt?",
        "required_for": "nobody",
        "is_personal": "on",
        "order": "1",
        "options-TOTAL_FORMS": "0",
        "options-INITIAL_FORMS": "0",
        **values,
    }
    response = client.post(page_of(question), form)
    question.refresh_from_db()
    return response


@pytest.mark.parametrize(
    ("field", "value"),
    [("key", "other"), ("type", "date"), ("scope", "side"), ("stage", "second")],
)
def test_what_never_changes_is_no_field_of_the_page(admin_client, field, value):
    question = QuestionFactory()
    before = getattr(question, field)

    response = save(admin_client, question, **{field: value})

    assert response.status_code == 302
    assert (question.label_de, getattr(question, field)) == ("Anders gefragt?", before)


def test_a_question_stays_with_its_conference(admin_client):
    question = QuestionFactory()
    before, other = question.edition, EditionFactory()

    response = save(admin_client, question, edition=other.pk)

    form = response.context["adminform"].form
    assert [error.code for error in form.non_field_errors().as_data()] == ["fixed"]
    assert question.edition == before


def test_an_empty_form_is_shown_again_with_nothing_to_depend_on(admin_client):
    other = QuestionFactory(type="yes_no")
    address = reverse("admin:registrations_question_add")

    page = admin_client.post(f"{address}?edition={other.edition_id}", {})

    form = page.context["adminform"].form
    assert "edition" in form.errors
    assert form.fields["asked_if"].choices == []


def test_no_question_is_deleted_from_the_list(admin_client):
    question = QuestionFactory()

    admin_client.post(
        reverse("admin:registrations_question_changelist"),
        {"action": "delete_selected", "_selected_action": [question.pk], "post": "yes"},
    )

    assert Question.objects.get() == question


def test_a_question_may_depend_on_others_of_its_conference_that_decide(admin_client):
    question = QuestionFactory(type="one_of")
    OptionFactory(question=question, key="a")
    other = QuestionFactory(edition=question.edition, type="yes_no")
    QuestionFactory(edition=question.edition, type="text")
    QuestionFactory(edition=EditionFactory(), type="yes_no")

    page = admin_client.get(page_of(question))

    choices = page.context["adminform"].form.fields["asked_if"].choices
    assert [value for _label, answers in choices for value, _word in answers] == [
        f"{other.pk}:yes",
        f"{other.pk}:no",
    ]
    assert [label for label, _answers in choices] == [other.label_de]


@pytest.mark.parametrize(
    ("ticked", "expected"), [({"is_retired": "on"}, RETIRED), ({}, None)]
)
def test_saving_keeps_since_when_a_question_is_retired_or_asks_it_again(
    admin_client, ticked, expected
):
    question = QuestionFactory(retired_at=RETIRED)

    save(admin_client, question, **ticked)

    assert (question.label_de, question.retired_at) == ("Anders gefragt?", expected)
