"""What is asked after the approval, who may see it, and when it is gone."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from registrations import erasure, export, sensitive
from registrations.models import (
    Answer,
    Consent,
    Delegation,
    EditionQuestions,
    HistoryEntry,
    Participant,
    PersonalNeeds,
    Question,
    Refused,
    SecondStage,
    VisaData,
)
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    ParticipantFactory,
    berlin,
    staff,
)
from tests.people import INSTANT, VISA, approved
from tests.registrations.answers import address

pytestmark = pytest.mark.django_db

READ = HistoryEntry.Verb.READ_SENSITIVE
PAGES = ["second-person", "needs", "visa", "consents"]


def coming(which="german", **values):
    """An approved delegation, one of its people, and a link of that side."""
    delegation = approved(**values)
    EditionQuestions.objects.get(pk=delegation.edition_id).add_usual_questions()
    side = delegation.side(which)
    return delegation, ParticipantFactory(side=side), side.mint_link()


def lines(delegation, verb):
    found = delegation.history.filter(verb=verb)
    return [(line.actor_kind, line.changes) for line in found]


@pytest.mark.parametrize("which", ["german", "partner"])
@pytest.mark.parametrize("page", PAGES)
def test_both_sides_open_the_pages_of_their_own_people(client, which, page):
    _delegation, person, token = coming(which)

    response = client.get(address(page, token, person.pk))

    assert response.status_code == 200
    assert response.context["person"] == person


@pytest.mark.parametrize("page", PAGES)
def test_no_side_opens_the_pages_of_people_of_the_other(client, page):
    delegation, _person, token = coming("german")
    stranger = ParticipantFactory(side=delegation.partner_side)

    assert client.get(address(page, token, stranger.pk)).status_code == 404
    assert client.post(address(page, token, stranger.pk), VISA).status_code == 404
    assert not VisaData.objects.exists()


def test_no_page_of_one_side_shows_what_the_other_said(client):
    delegation, person, token = coming("german")
    partner = delegation.partner_side
    theirs = ParticipantFactory(side=partner, family_name="Mensah")
    partner.save_needs(theirs, diet="Laktose", accessibility="Rampe", by=partner)

    pages = [address("delegation", token), address("second-stage", token)]
    pages += [address(page, token, person.pk) for page in PAGES]
    text = "".join(client.get(page).content.decode() for page in pages)

    assert "Mensah" in text
    assert "Laktose" not in text
    assert "Rampe" not in text


@pytest.mark.parametrize(
    "state", [state for state in Delegation.State if state != "approved"]
)
def test_nobody_is_asked_before_the_approval(client, state):
    _delegation, person, token = coming()
    Delegation.objects.update(state=state, queue_number=1)

    response = client.get(address("needs", token, person.pk))

    assert response.url == address("delegation", token)


def test_nobody_is_asked_where_the_conference_asks_nothing(client):
    delegation, person, token = coming()
    SecondStage.objects.all().delete()

    page = client.get(address("delegation", token))

    assert client.get(address("second-stage", token)).status_code == 302
    assert address("second-stage", token) not in page.content.decode()
    assert address("needs", token, person.pk) not in page.content.decode()
    assert delegation.state == "approved"


def test_the_status_page_leads_to_the_second_stage(client):
    _delegation, _person, token = coming()

    page = client.get(address("delegation", token)).content.decode()

    assert address("second-stage", token) in page


def test_travel_is_asked_of_each_person(client):
    _delegation, person, token = coming()
    typed = {
        "q-arrival": "5.9.2100",
        "q-departure": "9.9.2100",
        "q-travels-from": "Gießen",
        "q-nights": "4",
        "q-room": "single",
        "q-shares-with": "niemand",
    }

    client.post(address("second-person", token, person.pk), typed)

    assert dict(Answer.objects.values_list("question__key", "value")) == {
        "arrival": "2100-09-05",
        "departure": "2100-09-09",
        "travels-from": "Gießen",
        "nights": 4,
        "room": "single",
    }


def test_what_is_not_known_yet_can_follow(client):
    _delegation, person, token = coming()

    client.post(address("second-person", token, person.pk), {"q-nights": "4"})

    assert [answer.value for answer in Answer.objects.all()] == [4]
    assert board(client, token)["second-person"] == ("still open", True)


def board(client, token):
    page = client.get(address("second-stage", token))
    return {
        part.page: (str(part.state), part.is_open)
        for _person, parts in page.context["board"].people
        for part in parts
    }


def test_the_overview_says_what_is_open(client):
    delegation, person, token = coming()
    before = board(client, token)
    side = delegation.german_side
    side.save_needs(person, diet="", accessibility="", by=side)
    side.save_visa_data(person, needs_letter=False, by=side)
    side.save_consents(person, {"photos": "Ja."}, by=side)

    assert before == {
        "second-person": ("still open", True),
        "needs": ("voluntary", False),
        "visa": ("still open", True),
        "consents": ("none given; they are voluntary", False),
    }
    assert board(client, token) == {
        "second-person": ("still open", True),
        "needs": ("answered", False),
        "visa": ("answered", False),
        "consents": ("photos", False),
    }


def test_diet_is_kept_with_consent_only(client):
    _delegation, person, token = coming()
    page = address("needs", token, person.pk)

    refused = client.post(page, {"diet": "vegan", "accessibility": ""})
    kept_before = PersonalNeeds.objects.count()
    client.post(page, {"diet": "vegan", "accessibility": "", "agrees": "on"})

    assert list(refused.context["form"].errors) == ["agrees"]
    assert 'value="vegan"' in refused.content.decode()
    row = PersonalNeeds.objects.get()
    assert (kept_before, row.diet, row.agreed_at is None) == (0, "vegan", False)


def test_what_was_said_stands_in_the_form_again(client):
    _delegation, person, token = coming()
    client.post(address("visa", token, person.pk), VISA)

    page = client.get(address("visa", token, person.pk)).content.decode()

    assert 'value="ERIKA MUSTER"' in page
    assert 'value="08.09.1980"' in page
    assert VisaData.objects.get().birth_date == "1980-09-08"


def test_the_visa_page_asks_only_what_the_conference_asks(client):
    _delegation, person, token = coming()
    SecondStage.objects.update(asks_birth_date=False, asks_passport_number=False)

    client.post(address("visa", token, person.pk), VISA)
    form = client.get(address("visa", token, person.pk)).context["form"]

    assert list(form.fields) == ["needs_letter", "passport_name", "issuing_country"]
    row = VisaData.objects.get()
    assert (row.passport_name, row.birth_date) == ("ERIKA MUSTER", "")
    assert row.passport_number == ""


@pytest.mark.parametrize(
    ("visa_for", "german", "partner"),
    [("nobody", 302, 302), ("partner", 302, 200), ("both", 200, 200)],
)
def test_only_the_sides_that_need_a_visa_are_asked(client, visa_for, german, partner):
    delegation, person, token = coming()
    other = ParticipantFactory(side=delegation.partner_side)
    SecondStage.objects.update(visa_for=visa_for)

    own = client.get(address("visa", token, person.pk))
    theirs = client.get(address("visa", delegation.partner_side.mint_link(), other.pk))

    assert (own.status_code, theirs.status_code) == (german, partner)


def test_a_letter_needs_all_that_is_asked(client):
    _delegation, person, token = coming()

    response = client.post(address("visa", token, person.pk), {"needs_letter": "yes"})

    assert set(response.context["form"].errors) == set(VISA) - {"needs_letter"}


def test_nothing_is_kept_of_who_needs_no_letter(client):
    _delegation, person, token = coming()
    page = address("visa", token, person.pk)
    client.post(page, VISA)

    client.post(page, {**VISA, "needs_letter": "no", "birth_date": "nonsense"})

    row = VisaData.objects.get()
    assert (row.needs_letter, row.passport_name, row.passport_number) == (
        False,
        "",
        "",
    )


def test_consents_are_separate_and_off_until_they_are_given(client):
    _delegation, person, token = coming()
    page = address("consents", token, person.pk)
    form = client.get(page).context["form"]
    off = {name: form[name].value() for name in form.fields}

    client.post(page, {"list": "on"})

    [consent] = Consent.objects.all()
    assert off == {"photos": False, "list": False}
    assert (consent.what, consent.withdrawn_at) == ("list", None)
    assert "list of participants" in consent.wording


def test_a_consent_is_taken_back_as_easily_and_also_afterwards(client):
    delegation, person, token = coming()
    page = address("consents", token, person.pk)
    client.post(page, {"photos": "on", "list": "on"})
    edition = delegation.edition
    edition.year, edition.starts_on, edition.ends_on = (
        2021,
        date(2021, 1, 1),
        date(2021, 1, 2),
    )
    edition.save()

    client.post(page, {"list": "on"})

    assert [c.what for c in Consent.objects.given()] == ["list"]
    assert Consent.objects.count() == 2


def test_giving_a_consent_twice_keeps_the_first_time(client):
    _delegation, person, token = coming()
    for _time in range(2):
        client.post(address("consents", token, person.pk), {"photos": "on"})

    assert Consent.objects.count() == 1


def test_each_part_that_a_side_saves_is_a_line_of_the_history(client):
    delegation, person, token = coming("partner")
    client.post(address("visa", token, person.pk), VISA)

    assert lines(delegation, HistoryEntry.Verb.SECOND_STAGE) == [
        ("partner", {"part": "visa"})
    ]


def test_answers_of_the_second_stage_call_for_no_review(client):
    delegation, person, token = coming()
    client.post(address("visa", token, person.pk), VISA)
    client.post(address("second-person", token, person.pk), {"q-room": "none"})

    delegation.refresh_from_db()
    assert delegation.needs_review_since is None


def test_the_export_says_who_has_agreed_to_what():
    delegation = approved()
    side = delegation.german_side
    person = ParticipantFactory(side=side)
    side.save_consents(person, {"photos": "Ja.", "list": "Ja."}, by=side)
    side.save_consents(person, {"list": "Ja."}, by=side)

    rows = export.participants(delegation.edition.delegations.all())
    header = export.csv_file(rows, [delegation.edition]).decode().splitlines()[0]

    assert header.endswith('"consent to photos";"consent to list of participants"')
    assert [row[-2:] for row in rows] == [["", "yes"], ["", ""], ["", ""], ["", ""]]


def said():
    """A delegation with a person who has said everything."""
    delegation, person, token = coming()
    side = delegation.german_side
    side.save_needs(person, diet="vegan", accessibility="", by=side)
    texts = dict.fromkeys(VisaData.SEALED, "2000-01-01")
    side.save_visa_data(person, needs_letter=True, by=side, **texts)
    side.save_consents(person, {"photos": "Ja."}, by=side)
    return delegation, person, token


def admin_page(row):
    model = row._meta.model_name
    return reverse(f"admin:registrations_{model}_change", args=[row.pk])


def admin_list(model):
    return reverse(f"admin:registrations_{model._meta.model_name}_changelist")


@pytest.mark.parametrize("model", [PersonalNeeds, VisaData])
def test_staff_without_the_permission_read_nothing(client, model):
    delegation, _person, _token = said()
    other = {PersonalNeeds: "visadata", VisaData: "personalneeds"}[model]
    client.force_login(
        staff(
            f"registrations.read_{other}",
            "registrations.view_delegation",
            "registrations.view_participant",
            "registrations.change_side",
        )
    )
    row = model.objects.get()

    answers = [client.get(admin_page(row)), client.get(admin_list(model))]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert lines(delegation, READ) == []
    with pytest.raises(PermissionDenied):
        sensitive.read([row], by=staff())


@pytest.mark.parametrize(
    ("model", "part", "text"),
    [(PersonalNeeds, "needs", "vegan"), (VisaData, "visa", "2000-01-01")],
)
def test_reading_is_a_line_of_the_history(client, model, part, text):
    delegation, _person, _token = said()
    client.force_login(staff(f"registrations.read_{model._meta.model_name}"))

    listed = client.get(admin_list(model)).content.decode()
    nobody_read = lines(delegation, READ)
    page = client.get(admin_page(model.objects.get())).content.decode()

    assert (text in listed, nobody_read) == (False, [])
    assert text in page
    assert lines(delegation, READ) == [("staff", {"part": part, "people": 1})]


def test_an_export_is_a_line_for_each_delegation(client):
    first, _person, _token = said()
    second, _person, _token = said()
    client.force_login(staff("registrations.read_personalneeds"))
    chosen = list(PersonalNeeds.objects.values_list("pk", flat=True))

    response = client.post(
        admin_list(PersonalNeeds),
        {"action": "export_texts", "_selected_action": chosen},
    )

    assert response.content.decode().count("vegan") == 2
    for delegation in (first, second):
        assert lines(delegation, READ) == [("staff", {"part": "needs", "people": 1})]


def test_what_cannot_be_opened_is_said_and_is_no_error(client, settings):
    said()
    settings.FIELD_KEYS = ["A" * 43 + "="]
    client.force_login(staff("registrations.read_personalneeds"))

    page = client.get(admin_page(PersonalNeeds.objects.get()))

    assert page.status_code == 200
    assert "lässt sich nicht öffnen" in page.content.decode()


def test_a_side_whose_text_cannot_be_opened_gets_an_empty_field(client, settings):
    _delegation, person, token = said()
    settings.FIELD_KEYS = ["A" * 43 + "="]

    page = client.get(address("needs", token, person.pk))

    assert page.status_code == 200
    assert page.context["form"].initial["diet"] is None


def on_behalf(client, *permissions):
    delegation, person, token = said()
    user = staff("registrations.add_delegation", *permissions)
    Delegation.objects.update(entered_by=user)
    client.force_login(user)
    return delegation, client.get(address("needs", token, person.pk))


def test_staff_on_behalf_read_with_the_permission_only(client):
    delegation, page = on_behalf(client)

    assert page.status_code == 302
    assert lines(delegation, READ) == []


def test_reading_on_behalf_is_a_line_too(client):
    delegation, page = on_behalf(client, "registrations.read_personalneeds")

    assert page.context["form"].initial["diet"] == "vegan"
    assert lines(delegation, READ) == [("staff", {"part": "needs", "people": 1})]


def everything():
    return (
        PersonalNeeds.objects.count(),
        VisaData.objects.count(),
        Consent.objects.count(),
    )


def test_another_person_in_the_same_place_inherits_nothing(client):
    _delegation, person, token = said()
    before = everything()

    client.post(
        address("replace", token, person.pk),
        {
            "family_name_1": "Muster",
            "given_names_1": "Erika",
            "organisation_kind_1": "administration",
            "role_1": "member",
            "language_1": "de",
        },
    )

    assert (before, everything()) == ((1, 1, 1), (0, 0, 0))
    assert Participant.objects.get() == person


def test_who_does_not_come_leaves_no_passport():
    delegation, _person, _token = said()

    delegation.withdraw(by=delegation.german_side)

    assert everything() == (1, 0, 1)


def at_a_past_conference(**values):
    delegation, _person, _token = said()
    edition = delegation.edition
    edition.year, edition.starts_on, edition.ends_on = (
        2027,
        date(2027, 3, 1),
        date(2027, 3, 3),
    )
    edition.save()
    SecondStage.objects.update(**values)
    return delegation


@pytest.mark.parametrize(
    ("at", "left"),
    [
        ("2027-03-07 00:00", (1, 0, 1)),
        ("2027-03-11 00:00", (0, 0, 1)),
        ("2027-06-02 00:00", (0, 0, 0)),
    ],
    ids=["three days for visas", "seven for diet", "ninety for the rest"],
)
def test_each_kind_goes_on_a_day_of_its_own(at, left):
    at_a_past_conference()
    before = {
        "2027-03-07 00:00": (1, 1, 1),
        "2027-03-11 00:00": (1, 0, 1),
        "2027-06-02 00:00": (0, 0, 1),
    }[at]

    erasure.erase(at=berlin(at) - INSTANT)
    kept = everything()
    erasure.erase(at=berlin(at))

    assert (kept, everything()) == (before, left)


def test_the_conference_says_how_long_sensitive_data_last():
    at_a_past_conference(needs_erased_after=30, visa_erased_after=10)

    erasure.erase(at=berlin("2027-03-14 00:00"))

    assert everything() == (1, 0, 1)


def test_data_for_visas_never_last_longer_than_the_rest():
    stage = SecondStage(
        edition=EditionFactory(), needs_erased_after=5, visa_erased_after=6
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        stage.save()


def test_the_usual_questions_are_added_once():
    edition = EditionQuestions.objects.get(pk=EditionFactory().pk)

    counts = [edition.add_usual_questions() for _time in range(2)]

    assert counts == [Question.objects.count(), 0]
    assert SecondStage.objects.count() == 1
    for question in Question.objects.all():
        question.full_clean()


def test_the_second_stage_is_refused_once_the_conference_is_over():
    delegation, person, _token = said()
    edition, side = delegation.edition, delegation.german_side
    edition.year = 2021
    edition.starts_on, edition.ends_on = date(2021, 3, 1), date(2021, 3, 3)
    edition.save()

    with pytest.raises(Refused):
        side.save_needs(person, diet="halal", accessibility="", by=side)

    assert PersonalNeeds.objects.get().diet == "vegan"


def test_the_second_stage_is_for_people_of_the_own_side():
    delegation, _person, _token = coming()
    stranger = ParticipantFactory(side=delegation.partner_side)
    side = delegation.german_side

    with pytest.raises(Refused):
        side.save_visa_data(stranger, needs_letter=False, by=side)

    assert not VisaData.objects.exists()


@pytest.mark.parametrize("people", [1, 3])
def test_the_overview_costs_the_same_however_many_people(
    client, django_assert_num_queries, people
):
    delegation = DelegationFactory(state="approved", german__planned=people)
    EditionQuestions.objects.get(pk=delegation.edition_id).add_usual_questions()
    for _number in range(people):
        ParticipantFactory(side=delegation.german_side)
    token = delegation.german_side.mint_link()

    with django_assert_num_queries(11):
        client.get(address("second-stage", token))
