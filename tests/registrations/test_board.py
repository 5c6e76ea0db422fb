"""The status board on the page of a side: its own tasks first, then everybody."""

import re

import pytest

from conferences.models import Edition
from registrations.board import Board
from registrations.models import Delegation
from tests.answered import answered, with_link
from tests.factories import (
    EditionFactory,
    ParticipantFactory,
    QuestionFactory,
    later,
    submitted,
)
from tests.registrations.answers import OVER, address

pytestmark = pytest.mark.django_db


def seen_by(which):
    """The board of the only delegation, as one of its sides reads it."""
    return Board(Delegation.objects.get().side(which), "a-token")


def two_sides():
    """Two named of three on the German side, nobody yet of the partner's two."""
    delegation = answered(EditionFactory(), german=3, partner=2)
    for name in ("Muster", "Probe"):
        ParticipantFactory(side=delegation.german_side, family_name=name)
    return delegation


def test_the_tasks_are_those_that_the_reader_owes():
    two_sides()

    tasks = {
        which: [task.missing.task for task in seen_by(which).tasks]
        for which in ("german", "partner")
    }

    assert tasks == {
        "german": ["Name 1 more person"],
        "partner": ["Name 2 more people"],
    }


def test_a_task_about_a_person_shows_the_name_to_everybody(client):
    delegation = answered(EditionFactory(), german=2)
    QuestionFactory(edition=delegation.edition, required_for="german")
    for name in ("Muster", "Probe"):
        ParticipantFactory(side=delegation.german_side, family_name=name)

    page = client.get(address("delegation", delegation.german_side.mint_link()))

    tasks = re.search(r'<ul class="tasks">(.*?)</ul>', page.content.decode(), re.S)[1]
    assert re.findall(r"<a [^>]*>(.*?)</a>", tasks) == [
        "Answer 1 question – Erika Muster",
        "Answer 1 question – Erika Probe",
    ]


def test_a_task_leads_to_the_page_that_mends_it():
    two_sides()

    [task] = seen_by("german").tasks

    assert task.address == address("person-add", "a-token")


def test_after_the_time_for_changes_the_questions_of_a_person_lead_to_asking():
    edition = EditionFactory()
    delegation = answered(edition, german=1)
    person = ParticipantFactory(side=delegation.german_side)
    QuestionFactory(edition=edition, required_for="german")
    before = [task.address for task in seen_by("german").tasks]
    Edition.objects.update(changes_until=later(days=-1))

    after = [task.address for task in seen_by("german").tasks]

    assert before == [address("person-questions", "a-token", person.pk)]
    assert after == [address("change", "a-token")]


def test_both_sides_read_all_people_and_what_is_missing_the_own_side_first():
    delegation = two_sides()
    german, partner = str(delegation.partnership.german), delegation.partnership.partner
    of_german = [
        ("Name follows", ["1 name follows"]),
        ("Erika Muster, Erika Probe", []),
    ]
    of_partner = [("Name follows", ["2 names follow"])]

    boards = {
        which: [
            (part.name, [(row.who, [one.words for one in row.missing]) for row in rows])
            for part in seen_by(which).parts
            for rows in [part.rows]
        ]
        for which in ("german", "partner")
    }

    assert boards == {
        "german": [(german, of_german), (str(partner), of_partner)],
        "partner": [(str(partner), of_partner), (german, of_german)],
    }


def test_a_side_that_brings_nobody_does_not_stand_on_the_board():
    answered(EditionFactory(), german=1, partner=0)

    assert [part.is_own for part in seen_by("german").parts] == [True]


def table(page):
    """The cells of the board, row by row, as text."""
    rows = re.findall(r"<tr.*?</tr>", page.partition("board__table")[2], re.DOTALL)
    return [
        [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        for row in rows
    ]


def test_the_page_says_who_owes_what_until_when(client):
    delegation, token = with_link(german=1, partner=1)
    until = "31 May 2100, 23:59 (Berlin)"

    page = client.get(address("delegation", token)).content.decode()

    assert table(page) == [
        ["Who", "What is missing", "By whom", "Until when"],
        [f"{delegation.partnership.german} (your side)"],
        ["Name follows", "1 name follows", "By whom: you", f"Until: {until}"],
        [str(delegation.partnership.partner)],
        ["Name follows", "1 name follows", "By whom: your partner", f"Until: {until}"],
    ]


def test_the_board_shows_no_address_of_the_other_side():
    delegation = two_sides()
    partner = delegation.partner_side
    ParticipantFactory(
        side=partner, given_names="Ama", family_name="Mensah", email="a@example.org"
    )
    delegation.sides.filter(which="partner").update(
        contact_email="ama@example.org", contact_phone="+264 61 1"
    )

    text = str(seen_by("german").parts)

    assert "Ama Mensah" in text
    shown = [
        (row.who, row.about, [one.words for one in row.missing])
        for part in seen_by("german").parts
        for row in part.rows
    ]
    assert "@" not in str(shown)
    assert "+264" not in str(shown)


def test_the_instants_are_those_of_the_clock_at_the_conference(client):
    _delegation, token = with_link(edition=EditionFactory(time_zone="America/Bogota"))

    page = client.get(address("delegation", token)).content.decode()

    assert "31 May 2100, 16:59 (Bogota)" in page


def test_what_is_too_late_is_overdue(client):
    _delegation, token = with_link(edition=EditionFactory(**OVER))

    page = client.get(address("delegation", token)).content.decode()

    assert table(page)[2][-1] == "overdue"


def test_who_owes_nothing_is_thanked(client):
    delegation, token = with_link(german=1)
    ParticipantFactory(side=delegation.german_side)

    page = client.get(address("delegation", token)).content.decode()

    assert "Nothing at the moment. Thank you!" in page


def test_a_delegation_that_does_not_come_has_no_board(client):
    delegation, token = with_link()
    delegation.withdraw(by=delegation.german_side)

    response = client.get(address("delegation", token))

    assert response.context["board"] is None
    assert "What is still missing" not in response.content.decode()


def test_the_partner_finds_its_tasks_on_its_own_page(client):
    delegation = submitted(EditionFactory(), german=1, partner=1)
    token = delegation.partner_side.mint_link()

    response = client.get(address("delegation", token))

    tasks = [
        (task.missing.task, task.address) for task in response.context["board"].tasks
    ]
    assert tasks == [
        ("Say whether you are coming", "#coming"),
        ("Name 1 more person", address("person-add", token)),
    ]
    assert 'id="coming"' in response.content.decode()
