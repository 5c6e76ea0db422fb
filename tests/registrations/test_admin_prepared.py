"""Staff prepare decisions, look at the letters, and send them by a second step."""

import re

import pytest
from django.urls import reverse

from registrations import prepared
from registrations.models import Delegation, Letter, LetterText, PreparedDecision
from tests.factories import DelegationFactory, EditionFactory, staff, submitted
from tests.registrations.deciding import act, buttons, page_of, states, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_texts")]
State = Delegation.State
START = "admin:registrations_prepareddecision_changelist"
CHANGED = (
    "Es wurde nichts gesendet, denn inzwischen hat sich etwas geändert. So ist der "
    "Stand jetzt: Bitte sehen Sie noch einmal nach."
)


def prepare(delegation, verdict="approve", by=None, reason="Darum"):
    return PreparedDecision.objects.prepare(delegation, verdict, by=by, reason=reason)


def address(edition):
    return reverse("admin:registrations_prepareddecision_edition", args=[edition.pk])


def send(client, edition, number, seen=None):
    seen = seen or prepared.outlook(edition).seen
    return client.post(address(edition), {"number": number, "seen": seen})


@pytest.mark.parametrize(
    ("action", "verdict", "done"),
    [
        ("prepare_approval", "approve", "2 Zusagen vorbereitet."),
        ("prepare_refusal", "decline", "2 Absagen vorbereitet."),
    ],
)
def test_decisions_are_prepared_in_bulk(
    admin_client, admin_user, action, verdict, done
):
    edition = EditionFactory()
    first, second = submitted(edition), submitted(edition)

    response = act(admin_client, action, first, second, reason="Darum")

    assert [
        (row.delegation, row.verdict, row.reason, row.prepared_by)
        for row in PreparedDecision.objects.order_by("delegation_id")
    ] == [(one, verdict, "Darum", admin_user) for one in (first, second)]
    assert states(first, second) == [State.SUBMITTED, State.SUBMITTED]
    assert told(response) == [done]
    assert response.url == address(edition)


def test_preparing_names_who_is_meant_and_sends_nothing(admin_client):
    delegation, draft = submitted(EditionFactory()), DelegationFactory()

    response = admin_client.get(page_of("prepare_approval", delegation, draft))

    page = response.content.decode()
    assert "<h2>Es wird keine E-Mail gesendet</h2>" in page
    assert f"<li>{delegation}, {delegation.names}</li>" in page
    assert [row for row, _why in response.context["outcome"].refused] == [draft]
    assert buttons(response) == ["Vorbereiten und E-Mails ansehen"]
    assert PreparedDecision.objects.count() == 0


def test_of_several_conferences_one_is_chosen_next(admin_client):
    first, second = submitted(EditionFactory()), submitted(EditionFactory())

    response = act(admin_client, "prepare_approval", first, second)

    assert response.url == reverse(START)
    editions = admin_client.get(reverse(START)).context["editions"]
    assert {(one.pk, one.count) for one in editions} == {
        (first.edition_id, 1),
        (second.edition_id, 1),
    }


def test_a_single_conference_is_shown_at_once(admin_client):
    delegation = submitted(EditionFactory())
    prepare(delegation)

    assert admin_client.get(reverse(START)).url == address(delegation.edition)


@pytest.mark.parametrize("has_edition", [True, False])
def test_where_nothing_is_prepared_the_page_says_how(admin_client, has_edition):
    shown = address(EditionFactory()) if has_edition else reverse(START)

    page = admin_client.get(shown).content.decode()

    assert "Zurzeit ist nichts vorbereitet." in page
    assert buttons_of(page) == []


def buttons_of(page):
    return re.findall(r'<input [^>]*type="submit"[^>]* value="(.*)"', page)


def test_the_page_shows_every_letter_by_language_with_counts(admin_client):
    edition = EditionFactory()
    LetterText.objects.create(
        kind="approved", language="en", subject="Yes {reference}", body="Dear {name}"
    )
    for language in ("de", "en", "en"):
        prepare(submitted(edition, german__language=language))
    prepare(submitted(edition), "decline")

    page = admin_client.get(address(edition)).content.decode()

    assert [
        " ".join(words.split()) for words in re.findall("<h3>(.*?)</h3>", page, re.S)
    ] == ["Deutsch: 2 E-Mails", "Englisch: 2 E-Mails"]
    assert page.count('<div class="mail" lang="de">') == 2
    assert page.count('<div class="mail" lang="en">') == 2
    assert page.count("Dear Erika Muster") == 2
    assert "Bereit zum Senden: 4 Entscheidungen mit 4 E-Mails" in page
    assert "4 Entscheidungen mit 4 E-Mails senden" in buttons_of(page)


def test_the_page_says_what_stays_and_why(admin_client):
    edition = EditionFactory()
    prepare(submitted(edition))
    unconfirmed = submitted(edition, german__confirmed_at=None)
    prepare(unconfirmed)

    page = admin_client.get(address(edition)).content.decode()

    [warning] = re.findall('<li class="warning">(.*?)</li>', page, re.S)
    assert unconfirmed.reference in warning
    assert "hat ihre E-Mail-Adresse noch nicht bestätigt" in warning
    assert "1 Entscheidung mit 1 E-Mail senden" in buttons_of(page)


def test_the_right_number_sends(admin_client, admin_user):
    edition = EditionFactory()
    yes, no = submitted(edition), submitted(edition)
    prepare(yes)
    prepare(no, "decline")

    response = send(admin_client, edition, 2)

    assert states(yes, no) == [State.APPROVED, State.DECLINED]
    assert told(response) == ["2 Entscheidungen gesendet.", "2 E-Mails sind unterwegs."]
    assert yes.history.get(verb="approve").actor == admin_user
    assert PreparedDecision.objects.count() == 0


@pytest.mark.parametrize("number", ["", "1", "3", "zwei", "9" * 30, "-2"])
def test_another_number_sends_nothing(admin_client, number):
    edition = EditionFactory()
    rows = submitted(edition), submitted(edition)
    for row in rows:
        prepare(row)

    response = send(admin_client, edition, number)

    assert states(*rows) == [State.SUBMITTED, State.SUBMITTED]
    assert response.context["errors"] == [
        "Es wurde nichts gesendet. Die richtige Zahl ist 2: Bitte sehen Sie die "
        "E-Mails an und tragen Sie diese Zahl ein."
    ]


def test_a_number_that_changed_meanwhile_is_shown_and_nothing_is_sent(admin_client):
    edition = EditionFactory()
    first, second = submitted(edition), submitted(edition)
    prepare(first)
    seen = prepared.outlook(edition).seen
    prepare(second)

    response = send(admin_client, edition, 1, seen)

    assert states(first, second) == [State.SUBMITTED, State.SUBMITTED]
    assert CHANGED in response.context["errors"]
    page = response.content.decode()
    assert "2 Entscheidungen mit 2 E-Mails senden" in buttons_of(page)
    assert response.context["form"]["seen"].value() == prepared.outlook(edition).seen


def test_the_same_number_of_other_letters_is_not_sent(admin_client):
    edition = EditionFactory()
    delegation = submitted(edition)
    prepare(delegation)
    seen = prepared.outlook(edition).seen
    prepare(delegation, "decline")

    response = send(admin_client, edition, 1, seen)

    assert states(delegation) == [State.SUBMITTED]
    assert response.context["errors"] == [CHANGED]


def test_sending_what_was_sent_meanwhile_sends_nothing(admin_client):
    edition = EditionFactory()
    delegation = submitted(edition)
    prepare(delegation)
    seen = prepared.outlook(edition).seen
    send(admin_client, edition, 1)

    response = send(admin_client, edition, 1, seen)

    assert CHANGED in response.context["errors"]
    assert Letter.objects.filter(kind="approved").count() == 1


def test_who_may_only_look_sends_nothing(client):
    edition = EditionFactory()
    delegation = submitted(edition)
    prepare(delegation)
    client.force_login(staff("registrations.view_prepareddecision"))

    page = client.get(address(edition))
    response = send(client, edition, 1)

    assert page.status_code == 200
    assert "1 Entscheidung mit 1 E-Mail senden" not in buttons(page)
    assert response.status_code == 403
    assert states(delegation) == [State.SUBMITTED]


def test_others_see_nothing_that_is_prepared(client):
    delegation = submitted(EditionFactory())
    prepare(delegation)
    client.force_login(staff("registrations.change_delegation"))

    assert client.get(address(delegation.edition)).status_code == 403
    assert client.get(reverse(START)).status_code == 403
    assert send(client, delegation.edition, 1).status_code == 403


def test_several_are_chosen_on_the_page_to_be_taken_back(admin_client):
    edition = EditionFactory()
    first, second = submitted(edition), submitted(edition)
    prepare(first)
    prepare(second)
    chosen = {"chosen": [first.pk, second.pk]}

    shown = admin_client.get(
        reverse("admin:registrations_delegation_take_back"), chosen
    )
    response = act(admin_client, "take_back", first, second)

    assert shown.context["chosen"] == f"{first.pk},{second.pk}"
    assert told(response) == ["2 vorbereitete Entscheidungen zurückgenommen."]
    assert PreparedDecision.objects.count() == 0
    assert states(first, second) == [State.SUBMITTED, State.SUBMITTED]


def test_nothing_is_taken_back_where_nothing_is_prepared(admin_client):
    delegation = submitted(EditionFactory())

    response = act(admin_client, "take_back", delegation)

    assert told(response) == [f"{delegation}: Hier war nichts mehr zu tun."]


def test_the_reason_before_stands_in_the_field(admin_client):
    delegation = submitted(EditionFactory())
    prepare(delegation, "decline", reason="Zu spät")

    response = admin_client.get(page_of("prepare_refusal", delegation))

    assert response.context["form"]["reason"].value() == "Zu spät"


def test_the_list_shows_what_is_prepared(admin_client):
    delegation = submitted(EditionFactory())
    prepare(delegation)

    page = admin_client.get(reverse("admin:registrations_delegation_changelist"))

    assert '<td class="field-prepared_shown">Zusage</td>' in page.content.decode()


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_page_costs_the_same_however_many(
    admin_client, admin_user, django_assert_num_queries, how_many
):
    edition = EditionFactory()
    for _number in range(how_many):
        prepare(submitted(edition), by=admin_user)
        prepare(submitted(edition, german__confirmed_at=None), by=admin_user)

    with django_assert_num_queries(10):
        response = admin_client.get(address(edition))

    assert len(response.context["rows"]) == 2 * how_many
