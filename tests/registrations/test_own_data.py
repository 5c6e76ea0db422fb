"""Who holds a link sees and takes along all that we know of the own side or person."""

import json

import pytest
from django.apps import apps

from registrations import own_data, register
from registrations.models import (
    Allotment,
    Answer,
    Letter,
    Participant,
    PersonalNeeds,
    Question,
    VisaData,
)
from tests.factories import EditionFactory, ParticipantFactory
from tests.people import AT, everything_about
from tests.registrations.answers import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def known():
    """A delegation about which everything is known, of both sides."""
    delegation = everything_about(EditionFactory())
    partner = ParticipantFactory(
        side=delegation.partner_side, given_names="Kofi", family_name="Geheim"
    )
    PersonalNeeds.objects.create(participant=partner, diet="Geheim")
    VisaData.objects.create(participant=partner, passport_name="Geheim")
    Letter.objects.write(
        delegation.partner_side, Letter.Kind.PARTNER_LINK, reason="Geheim"
    )
    delegation.history.record(
        delegation, "decline_to_come", by=delegation.partner_side, reason="Geheim"
    )
    Answer.objects.create(
        question=Question.objects.get(),
        delegation=delegation,
        side=delegation.partner_side,
        participant=partner,
        value="Geheim",
        wording="W",
        words="Geheim",
    )
    Allotment.objects.create(
        edition=delegation.edition, made_at=AT, sent_at=AT, seed="1"
    )
    return delegation


def fields(found, names=()):
    """All names of values in what was given out."""
    if isinstance(found, dict):
        for name, value in found.items():
            yield name
            yield from fields(value)
    elif isinstance(found, list):
        for value in found:
            yield from fields(value)


def of_side(client, side):
    response = client.get(address("data-file", side.mint_link()))
    return json.loads(response.content)


def test_every_field_of_the_register_is_given_out_or_decided():
    undecided = {
        (entry.model, name)
        for entry in register.REGISTER
        for name in entry.fields
        if name not in own_data.given_out(entry.model)
        and name not in own_data.HELD_BACK.get(entry.model, {})
        and "*" not in own_data.HELD_BACK.get(entry.model, {})
    }

    assert undecided == set()


def test_nothing_is_held_back_that_the_register_does_not_know():
    known = {
        (entry.model, name) for entry in register.REGISTER for name in entry.fields
    } | {(entry.model, "*") for entry in register.REGISTER}
    held = {
        (model, name) for model, names in own_data.HELD_BACK.items() for name in names
    }

    assert held <= known


def test_what_is_given_out_by_the_register_stands_in_the_file(client, known):
    side = known.german_side
    person = side.participants.get()
    found = {*fields(of_side(client, side))}
    own = client.get(address("own-data-file", person.links.mint(person)))
    found |= {*fields(json.loads(own.content))}

    expected = {
        name
        for entry in register.REGISTER
        if entry.model.startswith("registrations.")
        for name in own_data.given_out(entry.model)
    }
    assert expected <= found


@pytest.mark.parametrize(
    ("model", "first"),
    [
        ("registrations.Side", "contact_name"),
        ("registrations.Participant", "given_names"),
        ("registrations.HistoryEntry", "at"),
    ],
)
def test_a_name_or_the_time_comes_first(model, first):
    assert own_data.given_out(model)[0] == first


def test_each_field_that_is_given_out_has_a_name_for_people():
    names = {
        name for entry in register.REGISTER for name in own_data.given_out(entry.model)
    }

    assert names - {"context", "error", "value"} <= own_data.LABELS.keys()


def test_the_file_tells_what_was_written(client, known):
    found = of_side(client, known.german_side)

    assert found["reference"] == known.reference
    assert found["contact"]["rows"][0]["contact_email"] == "erika.muster@example.org"
    person = found["person_1"]
    assert person["rows"][0]["email"] == "erika@example.org"
    assert person["needs"]["rows"][0]["diet"] == "Erika"
    assert person["visa"]["rows"][0]["passport_number"] == "Erika"
    assert person["answers"]["rows"][0]["words"] == "Erika"
    assert person["consents"]["rows"][0]["wording"] == "Ja."


@pytest.mark.parametrize("page", ["data", "data-file"])
def test_a_side_sees_nothing_of_the_other(client, known, page):
    german = client.get(address(page, known.german_side.mint_link()))
    partner = client.get(address(page, known.partner_side.mint_link()))

    assert "Geheim" not in german.content.decode()
    assert "Geheim" in partner.content.decode()
    assert "erika@example.org" not in partner.content.decode()


@pytest.mark.parametrize("page", ["own-data", "own-data-file"])
def test_a_person_sees_nothing_of_the_others_of_the_own_side(client, known, page):
    side = known.german_side
    other = ParticipantFactory(
        side=side, family_name="Andere", email="andere@example.org"
    )
    person = side.participants.exclude(pk=other.pk).get()

    found = client.get(address(page, person.links.mint(person))).content.decode()

    assert "erika@example.org" in found
    assert "Andere" not in found
    assert "andere@" not in found


@pytest.mark.parametrize("page", ["data", "data-file"])
def test_nobody_keeps_a_copy_on_the_way(client, known, page):
    response = client.get(address(page, known.german_side.mint_link()))

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert not response.has_header("Content-Encoding")


@pytest.mark.parametrize("page", ["data", "data-file", "erase"])
def test_a_dead_link_shows_nothing(client, known, page):
    assert client.get(address(page, "x" * 32)).status_code == 404


@pytest.mark.parametrize("page", ["data", "data-file", "erase"])
def test_the_link_of_a_person_opens_nothing_of_the_side(client, known, page):
    person = Participant.objects.first()

    assert client.get(address(page, person.links.mint(person))).status_code == 404


def test_the_page_reads_in_the_language_of_who_asks(client, known):
    token = known.german_side.mint_link()

    page = client.get(f"/de/anmeldung/{token}/daten/").content.decode()

    assert "<dt>Familienname</dt>" in page
    assert "<dd>Erika</dd>" in page


def test_no_key_to_a_door_is_given_out(client, known):
    token = known.german_side.mint_link()

    found = client.get(address("data-file", token)).content.decode()

    hashes = known.german_side.links.values_list("token_hash", flat=True)
    assert not any(one in found for one in [token, *hashes])


def test_every_model_that_is_given_out_exists():
    for model in {**own_data.HELD_BACK, **own_data.BESIDE, **own_data.BEHIND}:
        assert apps.get_model(model)


@pytest.mark.parametrize("how_many", [0, 2])
def test_the_page_costs_the_same_for_each_person(
    client, django_assert_num_queries, how_many
):
    delegation = everything_about(EditionFactory())
    side = delegation.german_side
    for person in ParticipantFactory.create_batch(how_many, side=side):
        PersonalNeeds.objects.create(participant=person, diet="Vegan")
    token = side.mint_link()

    with django_assert_num_queries(13):
        client.get(address("data", token))


def test_a_place_is_given_out_once_people_were_told(client, known):
    seats = ("person_1", "seats", "rows")
    found = []
    for sent_at in (None, AT):
        Allotment.objects.update(sent_at=sent_at)
        part = of_side(client, known.german_side)
        for name in seats:
            part = part[name]
        found.append([(row["session"], row["how"]) for row in part])

    session = known.edition.sessions.get()
    assert found == [[], [(str(session), "waits")]]
