"""Staff define the questions of a conference in the admin."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertInHTML

from registrations.models import Answer, Question
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    OptionFactory,
    ParticipantFactory,
    QuestionFactory,
    staff,
)

pytestmark = pytest.mark.django_db

ADD = "admin:registrations_question_add"
CHANGE = "admin:registrations_question_change"


def typed(edition, **values):
    return {
        "edition": edition.pk,
        "key": "topic",
        "type": "one_of",
        "scope": "side",
        "stage": "registration",
        "label_de": "Welches Thema?",
        "label_en": "",
        "required_for": "german",
        "is_personal": "",
        "erased_after": "",
        "order": "1",
        "options-TOTAL_FORMS": "2",
        "options-INITIAL_FORMS": "0",
        "options-0-label_de": "Wasser",
        "options-0-order": "1",
        "options-0-is_offered": "on",
        "options-1-label_de": "Wasser",
        "options-1-order": "2",
        "options-1-is_offered": "on",
        **values,
    }


def test_staff_add_a_question_with_its_answers(admin_client):
    edition = EditionFactory()
    address = reverse(ADD) + f"?edition={edition.pk}"

    response = admin_client.post(address, typed(edition))

    question = Question.objects.get()
    assert response.url == reverse(
        "admin:registrations_editionquestions_change", args=[edition.pk]
    )
    assert (question.key, question.is_personal) == ("topic", False)
    assert [option.label_de for option in question.options.all()] == ["Wasser"] * 2
    assert len({option.key for option in question.options.all()}) == 2


@pytest.mark.parametrize("edition", ["", "abc", "9" * 30, "-1", "²", "999999"])
def test_a_question_begins_at_a_conference(admin_client, edition):
    response = admin_client.get(reverse(ADD), {"edition": edition})

    assert response.status_code in (302, 400)
    assert response.status_code == 400 or response.url == reverse(
        "admin:registrations_editionquestions_changelist"
    )


def test_a_condition_is_ticked_in_words(admin_client):
    parent = QuestionFactory(type="one_of", scope="side")
    option = OptionFactory(question=parent, key="other", label_de="anderes")
    address = reverse(ADD) + f"?edition={parent.edition_id}"
    choice = f"{parent.pk}:{option.key}"

    page = admin_client.get(address)
    admin_client.post(address, typed(parent.edition, asked_if=[choice]))

    question = Question.objects.get(key="topic")
    assert (question.condition_on, question.condition_values) == (parent, ["other"])
    [(_label, answers)] = page.context["adminform"].form.fields["asked_if"].choices
    assert answers == [(choice, "anderes")]


def test_a_condition_has_answers_of_one_question(admin_client):
    first = QuestionFactory(type="yes_no", scope="side")
    second = QuestionFactory(type="yes_no", scope="side", edition=first.edition)
    chosen = [f"{first.pk}:yes", f"{second.pk}:no"]

    response = admin_client.post(
        reverse(ADD) + f"?edition={first.edition_id}",
        typed(first.edition, asked_if=chosen),
    )

    errors = response.context["adminform"].form.errors
    assert list(errors) == ["asked_if"]


def test_two_questions_of_a_conference_have_two_names(admin_client):
    edition = QuestionFactory(key="topic").edition

    response = admin_client.post(
        reverse(ADD) + f"?edition={edition.pk}", typed(edition)
    )

    assert response.status_code == 200
    assert Question.objects.count() == 1


def test_a_question_is_retired_on_its_page(admin_client):
    question = QuestionFactory(scope="side", is_personal=True)
    form = typed(question.edition, is_retired="on", is_personal="on")
    form |= {"options-TOTAL_FORMS": "0"}

    admin_client.post(reverse(CHANGE, args=[question.pk]), form)

    question.refresh_from_db()
    assert question.retired_at is not None
    assert (question.type, question.key) == ("text", question.key)


@pytest.fixture
def answered():
    delegation = DelegationFactory()
    question = QuestionFactory(edition=delegation.edition, scope="side", type="one_of")
    OptionFactory(question=question, key="a")
    Answer.objects.create(
        question=question,
        delegation=delegation,
        side=delegation.german_side,
        value="a",
        wording="W",
        words="A",
    )
    return question


def test_an_answered_question_has_no_delete_button(admin_client, answered):
    delete = reverse("admin:registrations_question_delete", args=[answered.pk])

    page = admin_client.get(reverse(CHANGE, args=[answered.pk]))
    response = admin_client.post(delete, {"post": "yes"})

    assert delete not in page.content.decode()
    assert response.status_code == 403
    assert Question.objects.get() == answered


def test_an_answer_to_choose_cannot_be_deleted_once_it_may_be_chosen(
    admin_client, answered
):
    option = answered.options.get()
    form = typed(
        answered.edition,
        **{
            "options-TOTAL_FORMS": "1",
            "options-INITIAL_FORMS": "1",
            "options-0-id": option.pk,
            "options-0-question": answered.pk,
            "options-0-DELETE": "on",
        },
    )

    admin_client.post(reverse(CHANGE, args=[answered.pk]), form)

    assert answered.options.count() == 1


def test_the_list_has_no_action_that_deletes(admin_client, answered):
    admin_client.post(
        reverse("admin:registrations_question_changelist"),
        {"action": "delete_selected", "_selected_action": [answered.pk], "post": "yes"},
    )

    assert Question.objects.count() == 1


def test_the_page_of_a_conference_shows_its_questions(admin_client, answered):
    child = QuestionFactory(
        edition=answered.edition,
        label_de="Warum?",
        condition_on=answered,
        condition_values=["a"],
    )
    address = "admin:registrations_editionquestions_change"

    page = admin_client.get(reverse(address, args=[answered.edition_id]))

    text = page.content.decode()
    assert reverse(CHANGE, args=[child.pk]) in text
    assert f"{answered.label_de}: Antwort a" in text


def preview(client, edition, language="de"):
    address = "admin:registrations_editionquestions_preview"
    return client.get(reverse(address, args=[edition.pk, language]))


def test_the_preview_shows_every_question_with_its_condition(admin_client, answered):
    QuestionFactory(
        edition=answered.edition,
        stage="second",
        label_en="Which room?",
        condition_on=answered,
        condition_values=["a"],
    )

    text = preview(admin_client, answered.edition, "en").content.decode()

    assert '<html lang="en">' in text
    assert "Which room?" in text
    condition = f"Only if you answer “{answered.label_en}” with: Answer a."
    assert condition in text


def test_the_preview_is_for_staff_who_may_see_it(client, answered):
    client.force_login(staff())

    assert preview(client, answered.edition).status_code == 403


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_costs_the_same_however_long(
    admin_client, django_assert_num_queries, how_many
):
    for _number in range(how_many):
        QuestionFactory(edition=EditionFactory())

    with django_assert_num_queries(16):
        admin_client.get(reverse("admin:registrations_question_changelist"))
        admin_client.get(reverse("admin:registrations_editionquestions_changelist"))


def test_the_page_of_a_delegation_shows_what_each_side_answered(admin_client):
    edition = EditionFactory()
    topic = QuestionFactory(edition=edition, scope="side", label_de="Welches Thema?")
    meal = QuestionFactory(edition=edition, label_de="Was essen Sie?")
    delegation = DelegationFactory(edition=edition)
    person = ParticipantFactory(side=delegation.partner_side, family_name="Nujoma")
    about = {"delegation": delegation, "side": delegation.partner_side}
    Answer.objects.create(question=topic, value="Wasser", words="Wasser", **about)
    Answer.objects.create(
        question=meal, value="Reis", words="Reis", participant=person, **about
    )

    page = admin_client.get(
        reverse("admin:registrations_delegation_change", args=[delegation.pk])
    )

    assertInHTML("<div>Welches Thema? <strong>Wasser</strong></div>", page.text)
    assertInHTML(
        f"<div>{person.full_name} – Was essen Sie? <strong>Reis</strong></div>",
        page.text,
    )
