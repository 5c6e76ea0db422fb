"""Real names pass unchanged; tricks are refused in one sentence each."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from partnerships.plain_text import (
    MESSAGES,
    EmailField,
    LineField,
    LinesField,
    PhoneField,
    as_query,
)
from partnerships.staff_text import StaffLineField, StaffLinesField

REAL_NAMES = [
    "Nguyễn Thị Minh Khai",
    "عبد الرحمن بن خالد",
    "አበበ ቢቂላ",
    "Олександр Ґрін",
    "ნინო ჯავახიშვილი",
    "Suharto",
    "O’Connor-d'Ávila",
    "Jean-Luc (Lucien) M. Żółć, 3.",
    "می\u200cخواهم",  # a joiner inside a Persian word
    "ක්\u200dරි",  # and inside a Sinhala one
    "山田　太郎",
    "n" * 200,
]


def code_of(field, text):
    with pytest.raises(ValidationError) as caught:
        field.clean(text)
    assert len(caught.value.messages) == 1
    return caught.value.error_list[0].code


@pytest.mark.parametrize("name", REAL_NAMES)
def test_a_real_name_passes_unchanged(name):
    assert LineField().clean(name) == unicodedata.normalize("NFC", name)


def test_a_name_is_composed():
    decomposed = unicodedata.normalize("NFD", "Nguyễn")

    assert LineField().clean(decomposed) == "Nguyễn"


def test_double_spaces_become_one():
    assert LineField().clean("  Bad   Homburg ") == "Bad Homburg"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("\u200b\u200b", "unreadable"),
        ("\u3164", "unreadable"),
        ("\u2800\u2800", "unreadable"),
        ("\u200d", "unreadable"),
        ("\ufe0f", "unreadable"),
        ("🙂", "unreadable"),
        ("---", "unreadable"),
        ("Erika\u200b Muster", "unseen"),
        ("Erika\u3164Muster", "unseen"),
        ("Erika \u202eretsuM", "unseen"),
        ("Erika \u2066Muster\u2069", "unseen"),
        ("Erika\x00Muster", "unseen"),
        ("Erika\tMuster", "unseen"),
        ("Erika\x1b[0m", "unseen"),
        ("Erika\u00adMuster", "unseen"),
        ("Erika \u200dMuster", "unseen"),
        ("Erika\ud800Muster", "unseen"),
        ("Erika\nMuster", "line_break"),
        ("Erika\r\nBcc: x@example.org", "line_break"),
        ("Erika\u2028Muster", "line_break"),
        ("Erika \ufffd", "lost"),
        ("<b>Erika</b>", "markup"),
        ("https://example.org/a", "address"),
        ("WWW.example.org", "address"),
        ("n" * 201, "too_long"),
        ("n" * 10_000, "too_long"),
    ],
)
def test_a_trick_is_refused_in_one_sentence(text, code):
    assert code_of(LineField(), text) == code


@pytest.mark.parametrize("name", ["Wwwilma", "Erika & Söhne", "a: b"])
def test_what_only_looks_like_a_trick_passes(name):
    assert LineField().clean(name) == name


def test_a_refused_name_comes_back_without_what_nobody_sees():
    shown = LineField().prepare_value("Erika\u202e\x00\ud800\nMuster")

    assert shown == "Erika Muster"


def test_a_refused_name_comes_back_with_what_is_seen():
    assert LineField().prepare_value("<b>Erika</b>") == "<b>Erika</b>"


def test_several_lines_keep_their_breaks():
    assert LinesField().clean("Eins\r\n\r\nZwei\tdrei") == "Eins\n\nZwei\tdrei"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Guten Tag\x00", "unseen"),
        ("Guten\u202eTag", "unseen"),
        ("\u200b\n\u200b", "unreadable"),
        ("Guten Tag \ufffd", "lost"),
        ("x" * 4001, "too_long"),
    ],
)
def test_a_trick_in_several_lines_is_refused(text, code):
    assert code_of(LinesField(), text) == code


@pytest.mark.parametrize(
    "text",
    [
        "erika",
        "erika@",
        "erika@example.org\x00",
        "erika @example.org",
        '"a\x01b"@example.org',
        "erika\u202e@example.org",
        "erika@example.org\nBcc: other@example.org",
    ],
)
def test_what_is_no_address_is_refused(text):
    assert code_of(EmailField(), text) == "email"


def test_an_address_passes():
    assert EmailField().clean("erika+lat@exämple.org") == "erika+lat@exämple.org"


@pytest.mark.parametrize("text", ["+49 641 123456", "(0641) 12-34/56", "00225.0102030"])
def test_a_telephone_number_stays_as_it_is_written(text):
    assert PhoneField().clean(text) == text


@pytest.mark.parametrize("text", ["=1+1", "call me", "123", "+49 641 12345a", "٠١٢٣٤٥"])
def test_what_is_no_telephone_number_is_refused(text):
    assert code_of(PhoneField(), text) == "phone"


@pytest.mark.parametrize("language", ["de", "fr", "es", "uk"])
@pytest.mark.parametrize("code", MESSAGES)
def test_a_refusal_is_in_the_language_of_the_reader(code, language):
    with translation.override("en"):
        english = str(MESSAGES[code])

    with translation.override(language):
        assert str(MESSAGES[code]) != english


@pytest.mark.parametrize(
    "name",
    ["മോഹന്\u200d", "മോഹന്\u200d ലാല്\u200d", "Team 👩🏽\u200d🌾", "Verein 🏳️\u200d🌈"],
)
def test_a_joiner_stays_where_it_joins(name):
    assert LineField().clean(name) == name


@pytest.mark.parametrize("name", ["Erika\u200d", "Erika🌾\u200d", "🌾\u200dErika"])
def test_a_joiner_that_joins_nothing_is_refused(name):
    assert code_of(LineField(), name) == "unseen"


@pytest.mark.parametrize(
    "text", ["<b> & </b>", "https://example.org", "a.example", "–", "👍", "?"]
)
def test_staff_may_write_what_a_visitor_may_not(text):
    assert StaffLineField().clean(text) == text
    assert StaffLinesField().clean(f"{text}\r\n\r\n{text}") == f"{text}\n\n{text}"


def test_an_empty_column_of_a_translation_stays_empty():
    assert StaffLineField(required=False, empty_value=None).clean("") is None
    assert StaffLinesField(required=False, empty_value=None).clean(" ") is None


def test_a_query_is_cut_and_cleaned():
    assert as_query("  Gie\x00ßen\t\u202e " + "x" * 200) == "Gießen " + "x" * 88
