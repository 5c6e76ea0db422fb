"""Whatever a visitor typed, a letter holds no link of theirs and no header."""

import pytest

from registrations import letters
from registrations.harmless import harmless
from registrations.models import Letter
from tests.factories import DelegationFactory, MunicipalityFactory
from tests.registrations.written import letter_to, text_for_all

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("evil.example", "evil. example"),
        ("www.evil.example/path?a=b", "www. evil. example/path?a=b"),
        ("https://evil.example", "https: //evil. example"),
        ("a@evil.example", "a @ evil. example"),
        ("mailto:a@evil", "mailto: a @ evil"),
        ("evil。example", "evil。 example"),
        ("evil．example", "evil． example"),
        ("evil\u200b.\u2060example", "evil\u200b. \u2060example"),
        ("Erika\r\nBcc: all@evil", "Erika Bcc: all @ evil"),
        ("Erika\u2028\u2029\x85Muster", "Erika Muster"),
        ("\u202egpj.\u2066exe", "gpj. exe"),
        ("Erika\x00\tMuster", "Erika Muster"),
        ("Dr. Müller-Lüdenscheidt", "Dr. Müller-Lüdenscheidt"),
        ("J.R. Okafor …", "J. R. Okafor …"),
        ("Nguyễn Thị Minh Khai", "Nguyễn Thị Minh Khai"),
        ("እሌኒ ገብረመድህን", "እሌኒ ገብረመድህን"),
        ("محمود درويش", "محمود درويش"),
        ("Frankfurt/Oder", "Frankfurt/Oder"),
    ],
)
def test_what_a_visitor_typed_stands_on_one_line_without_a_link(typed, shown):
    assert harmless(typed) == shown


def test_names_of_people_or_towns_bring_no_link_into_a_letter():
    text_for_all(subject="{delegation}", body="{name}\n{delegation}")
    town = MunicipalityFactory(name="evil.example")
    delegation = DelegationFactory(
        kind="municipality",
        partnership=None,
        german_municipality=town,
        german__contact_name="https://x\r\nBcc: y",
    )
    letter = Letter.objects.write(delegation.german_side, Letter.Kind.SUBMITTED)

    mail = letters.rendered(letter)

    assert mail == letters.Mail(
        subject="evil. example", body="https: //x Bcc: y\nevil. example\n"
    )


def test_a_name_that_is_a_placeholder_gets_no_link():
    text_for_all(body="{name}")

    assert letters.rendered(letter_to(contact_name="{link}")).body == "{link}\n"


def test_a_reason_of_staff_keeps_its_lines_and_links():
    text_for_all(kind=Letter.Kind.DECLINED, body="{reason}")
    side = DelegationFactory().german_side
    reason = "Siehe https://example.org/.\n\nViele Grüße"
    letter = Letter.objects.write(side, Letter.Kind.DECLINED, reason=reason)

    assert letters.rendered(letter).body == f"{reason}\n"


def test_a_reason_that_a_visitor_may_have_typed_is_made_harmless():
    text_for_all(kind=Letter.Kind.WITHDRAWN, body="{reason}")
    side = DelegationFactory().german_side
    letter = Letter.objects.write(
        side, Letter.Kind.WITHDRAWN, reason="https://x\nTschüs"
    )

    assert letters.rendered(letter).body == "https: //x Tschüs\n"
