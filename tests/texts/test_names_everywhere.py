"""Once taken, a name stands everywhere as it was typed, and is found by it."""

import csv
import email
import html
import io
import json
from email.header import decode_header, make_header

import pytest
from django.urls import reverse

from partnerships.models import Municipality
from partnerships.plain_text import as_query
from registrations import export, letters
from registrations.forms import search
from registrations.models import Delegation, Side
from tests.factories import DelegationFactory, MunicipalityFactory, ParticipantFactory
from tests.postbox import taken_letter
from tests.registrations.answers import address
from tests.registrations.written import letter_to, text_for_all
from tests.texts import names

pytestmark = pytest.mark.django_db

TO = "erika.muster@example.org"
NAMES = list(dict.fromkeys(map(names.composed, names.NAMES)))


@pytest.fixture
def side():
    """One whose people have all these names."""
    delegation = DelegationFactory(german__planned=len(NAMES), partner__planned=0)
    side = delegation.german_side
    for name in NAMES:
        ParticipantFactory(side=side, given_names="", family_name=name, function=name)
    delegation.submit()
    return side


def missing(text: str) -> list[str]:
    return [name for name in NAMES if name not in text]


def test_there_are_at_least_sixty():
    assert len(NAMES) >= 60
    assert max(map(len, NAMES)) == 200


@pytest.mark.parametrize("name", ["delegation", "data"])
def test_the_pages_of_the_side_show_each_name(client, side, name):
    response = client.get(address(name, side.mint_link()))

    assert missing(html.unescape(response.content.decode())) == []


def test_the_own_data_hold_each_name(client, side):
    response = client.get(address("data-file", side.mint_link()))

    kept = json.loads(response.content)
    people = [kept[f"person_{n}"]["rows"][0] for n in range(1, len(NAMES) + 1)]
    assert sorted(one["family_name"] for one in people) == sorted(NAMES)


def test_the_table_for_spreadsheets_holds_each_name(side):
    rows = export.participants(Delegation.objects.all())

    text = export.table(rows).decode("utf-8-sig")

    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert sorted(row[8] for row in read) == sorted(NAMES)


def test_the_page_of_staff_shows_each_name(admin_client, side):
    page = admin_client.get(reverse("admin:registrations_side_change", args=[side.pk]))

    assert missing(html.unescape(page.content.decode())) == []


def test_a_letter_calls_each_by_the_name():
    text_for_all(body="{name}", subject="{name}")
    letter = letter_to()

    for name in NAMES:
        letter.side.contact_name = name
        mail = letters.rendered(letter)
        assert mail.subject == name
        assert mail.body.replace("\n", " ").strip() == name


@pytest.mark.parametrize("name", [*map(names.composed, names.HARD), "Ü" * 200, "E"])
def test_a_sent_letter_is_addressed_to_the_name(postbox, name):
    text_for_all(body="{name}", subject="{name}")
    letter_to(contact_name=name)

    letters.send(taken_letter())

    message = postbox.message()
    # Parsers keep the space of the fold with which a long line begins.
    assert message["Subject"].strip() == name
    # Python parts the words of an address; a mail program joins them, as it should.
    sent = email.message_from_bytes(postbox.mails[0].content)["To"]
    read = str(make_header(decode_header(sent))).strip().replace('"', "")
    assert read == f"{name} <{TO}>"
    assert message.get_content().replace("\n", " ").strip() == name


def test_a_municipality_is_found_by_its_name():
    for name in NAMES:
        MunicipalityFactory(name=name)

    for name in NAMES:
        found, _more = search(Municipality.objects.all(), name)
        assert name in [town.name for town in found], name


def test_staff_find_a_delegation_by_its_contact(side):
    for name in NAMES:
        Side.objects.filter(pk=side.pk).update(contact_name=name)
        assert Delegation.objects.found(as_query(name)).exists(), name
