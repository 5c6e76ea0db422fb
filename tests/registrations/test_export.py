import csv
import io

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.db import connection
from django.urls import reverse

from registrations import export
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    ParticipantFactory,
    staff,
    submitted,
)

SIGNS = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]
BEFORE = [
    "",
    "\t",
    "\n",
    "\r",
    " ",
    "\u00a0",
    "\u3000",
    "\u200b",
    "\ufeff",
    "\0",
    "\r\n ",
]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", BEFORE)
def test_no_cell_is_a_formula(before, sign):
    cell = export.harmless(f'{before}{sign}HYPERLINK("http://x.example")')

    assert cell.startswith("'")
    assert cell.endswith(f'{sign}HYPERLINK("http://x.example")')


@pytest.mark.parametrize(
    "phone", ["+49 641 306-0", "+49 (0)641/3061", "+256.414.123", "+1"]
)
def test_phone_numbers_keep_their_plus_sign(phone):
    assert export.harmless(phone) == phone


@pytest.mark.parametrize(
    "phone", ["+49=1", "+49 641 A1", "+٤٩", "++49 641", "\t+49 641", "+"]
)
def test_what_only_begins_like_a_phone_number_is_no_formula(phone):
    assert export.harmless(phone) == f"'{phone}"


@pytest.mark.parametrize("value", ["", "  ", "Müller-Lüdenscheidt", "a=b", "O'Neill"])
def test_other_cells_stay_as_they_are(value):
    assert export.harmless(value) == value


def read(content):
    assert content.startswith(b"\xef\xbb\xbf")
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.reader(text, delimiter=";"))


def test_every_cell_comes_back_as_it_was():
    row = ['say "hi"', "a;b", "line\r\nbreak", "Нгуен", "نور"]

    [_header, *rows] = read(export.csv_file([row]))

    assert rows == [row]


def test_every_cell_is_quoted():
    text = export.csv_file([["Muster", "1,=2"]]).decode("utf-8-sig")

    assert text.splitlines()[1] == '"Muster";"1,=2"'


@pytest.mark.django_db
def test_each_place_of_a_live_delegation_is_a_row():
    edition = EditionFactory()
    delegation = submitted(
        edition, german=2, partner=1, german__contact_phone="+49 641 3060"
    )
    ParticipantFactory(side=delegation.german_side, function="Bürgermeisterin")
    DelegationFactory(edition=edition)
    submitted(edition).withdraw(by=staff())
    submitted(EditionFactory())

    rows = export.participants(edition.delegations.all())

    town, partner = delegation.partnership.german, delegation.partnership.partner
    german = [str(edition), delegation.reference, "submitted", "German side"]
    german += [str(town), str(town.country), "+49 641 3060"]
    other = [*german[:3], "partner side", str(partner), str(partner.country), ""]
    named = ["Erika", "Muster", "", "administration", "Bürgermeisterin"]
    unnamed = ["", "name follows", "", "", "", "", "", ""]
    assert rows == [
        [*german, *named, "member of the delegation", "", "German"],
        [*german, *unnamed],
        [*other, *unnamed],
    ]


@pytest.mark.django_db
def test_who_hands_in_while_the_table_is_made_is_not_in_it():
    edition = EditionFactory()
    submitted(edition)
    late = [DelegationFactory(edition=edition, german__planned=2)]

    def hands_in(execute, sql, *rest):
        result = execute(sql, *rest)
        if late and sql.startswith('SELECT "registrations_delegation"'):
            late.pop().submit()
        return result

    with connection.execute_wrapper(hands_in):
        rows = export.participants(edition.delegations.all())

    assert not late
    assert len(rows) == 2


@pytest.mark.django_db
def test_the_header_has_a_word_for_each_cell():
    edition = EditionFactory()
    submitted(edition)

    header, row, _other = read(
        export.csv_file(export.participants(edition.delegations.all()))
    )

    assert len(header) == len(row)


def download(client, *rows, model="editionplaces"):
    return client.post(
        reverse(f"admin:registrations_{model}_changelist"),
        {
            "action": "export_participants",
            "_selected_action": [row.pk for row in rows],
        },
    )


def first_row(row, model):
    """What staff choose for a delegation: itself, or its conference."""
    return row if model == "delegation" else row.edition


@pytest.mark.django_db
@pytest.mark.parametrize("model", ["delegation", "editionplaces"])
def test_the_export_is_noted_in_the_log(admin_client, admin_user, model):
    row = first_row(submitted(EditionFactory()), model)

    response = download(admin_client, row, model=model)

    assert len(read(response.content)) == 3
    assert "no-store" in response["Cache-Control"]
    [entry] = LogEntry.objects.all()
    assert (entry.user, entry.object_id) == (admin_user, str(row.pk))
    assert entry.content_type.model == model
    assert entry.change_message == "2 Zeilen mit Teilnehmenden heruntergeladen."


@pytest.mark.django_db
@pytest.mark.parametrize("model", ["delegation", "editionplaces"])
def test_who_may_not_see_participants_exports_none(client, model):
    row = first_row(submitted(EditionFactory()), model)
    client.force_login(staff(f"registrations.view_{model}"))

    response = download(client, row, model=model)

    assert "text/csv" not in response["Content-Type"]
    assert not LogEntry.objects.exists()


@pytest.mark.django_db
def test_only_the_chosen_delegations_are_exported(admin_client):
    edition = EditionFactory()
    chosen, _other = submitted(edition), submitted(edition)
    draft = DelegationFactory(edition=edition)

    response = download(admin_client, chosen, draft, model="delegation")

    [_header, *rows] = read(response.content)
    assert {row[1] for row in rows} == {chosen.reference}


@pytest.mark.django_db
def test_only_the_chosen_conferences_are_exported(admin_client):
    chosen, _other = submitted(EditionFactory()), submitted(EditionFactory())

    response = download(admin_client, chosen.edition)

    [_header, *rows] = read(response.content)
    assert {row[1] for row in rows} == {chosen.reference}


@pytest.mark.django_db
def test_no_cell_of_chosen_delegations_is_a_formula(admin_client):
    delegation = submitted(EditionFactory())
    ParticipantFactory(side=delegation.german_side, family_name="=1+1")

    response = download(admin_client, delegation, model="delegation")

    [_header, named, _unnamed] = read(response.content)
    assert named[8] == "'=1+1"


@pytest.mark.django_db
def test_where_nobody_comes_nothing_is_downloaded(admin_client):
    draft = DelegationFactory()

    response = download(admin_client, draft, model="delegation")

    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Von den ausgewählten Zeilen kommt niemand. Es gibt keine Teilnehmenden zum "
        "Herunterladen."
    ]
    assert not LogEntry.objects.exists()
