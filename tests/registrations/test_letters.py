"""The words of letters: each in one language, and as exact as what is known."""

import pytest
from django.utils import translation

from partnerships.masterdata import Report
from registrations import letters, seeding
from registrations.models import Letter, LetterText, PersonalLink, SecondStage
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    SeriesFactory,
    berlin,
    submitted,
)
from tests.registrations.written import letter_to, text_for_all

pytestmark = pytest.mark.django_db


def test_seeding_again_keeps_what_staff_wrote():
    text_for_all(subject="Von uns", body="Unser Text")
    seeding.load()

    report = Report()
    seeding.load(report)

    kept = LetterText.objects.get(kind=Letter.Kind.SUBMITTED, language="de")
    assert (kept.subject, kept.body) == ("Von uns", "Unser Text")
    assert (report.added.total(), report.faults) == (0, [])


def test_a_letter_is_wholly_in_the_language_of_its_reader():
    series = SeriesFactory(title_de="Konferenz Afrika", title_en="Conference Africa")
    edition = EditionFactory(series=series)
    body = "{conference}\n{days}\n{closes}\n{state}\n{link}"
    text_for_all(language="en", body=body)
    delegation = submitted(edition, german__language="en")
    letter = Letter.objects.get(side=delegation.german_side)

    with translation.override("de"):
        mail = letters.rendered(letter)

    assert mail.body.splitlines() == [
        "Conference Africa 2100",
        "6–8 September 2100",
        "31 March 2100, 23:59 (Berlin)",
        "submitted",
        "[personal link]",
    ]


def test_a_german_letter_says_everything_in_german():
    edition = EditionFactory(series=SeriesFactory(title_de="Konferenz Afrika"))
    body = "{conference}\n{days}\n{closes}\n{state}\n{link}"
    text_for_all(language="de", body=body)
    letter = Letter.objects.get(side=submitted(edition).german_side)

    with translation.override("en"):
        mail = letters.rendered(letter)

    assert mail.body.splitlines() == [
        "Konferenz Afrika 2100",
        "6. bis 8. September 2100",
        "31. März 2100, 23:59 Uhr (Berlin)",
        "eingereicht",
        "[persönlicher Link]",
    ]


def test_an_own_text_of_the_conference_comes_before_the_general_one():
    letter = letter_to()
    text_for_all(subject="Für alle")
    text_for_all(subject="Für eine andere", edition=EditionFactory())
    text_for_all(subject="Eigener", edition=letter.side.delegation.edition)

    assert letters.rendered(letter).subject == "Eigener"


def test_a_text_of_the_own_language_comes_before_one_of_the_conference():
    letter = letter_to(language="en")
    text_for_all(language="en", subject="General")
    text_for_all(subject="Eigener", edition=letter.side.delegation.edition)

    assert letters.rendered(letter).subject == "General"


def test_a_letter_without_words_in_its_language_is_in_one_other_wholly():
    letter = letter_to(language="en")
    text_for_all(language="de", body="{days}")

    assert letters.rendered(letter).body == "6. bis 8. September 2100\n"


def test_a_letter_without_any_words_says_so():
    with pytest.raises(letters.NoText):
        letters.rendered(letter_to())


def test_position_stays_as_it_was_when_the_letter_was_written():
    edition = EditionFactory(capacity_people=2)
    submitted(edition)
    text_for_all(kind=Letter.Kind.WAITING, body="{position}: {state}")
    first, second = submitted(edition), submitted(edition)
    letter = Letter.objects.get(side=second.german_side, kind=Letter.Kind.WAITING)
    first.withdraw(by=first.german_side)

    assert letters.rendered(letter).body == "2: auf der Warteliste, Position 2\n"


def test_a_line_whose_placeholder_has_no_value_is_left_out():
    text_for_all(body="Anfang\n\nWarum: {reason}\n\nEnde")

    assert letters.rendered(letter_to()).body == "Anfang\n\nEnde\n"


def test_lines_are_wrapped_without_breaking_an_address():
    address = "https://example.org/" + "x" * 90
    text_for_all(body=f"{'wort ' * 20}{address}")

    lines = letters.rendered(letter_to()).body.splitlines()

    assert lines == [" ".join(["wort"] * 14), " ".join(["wort"] * 6), address]


def test_a_preview_makes_no_link_nor_letter():
    text = text_for_all(body="{name} {link}")
    side = DelegationFactory().german_side

    mail = letters.preview(text, side)

    assert mail.body == "Erika Muster [persönlicher Link]\n"
    assert (PersonalLink.objects.count(), Letter.objects.count()) == (0, 0)


def test_a_preview_names_what_is_not_known_yet():
    text = text_for_all(kind=Letter.Kind.DECLINED, language="en", body="Why: {reason}")

    mail = letters.preview(text, DelegationFactory().german_side)

    assert mail.body == "Why: [reason that staff gave]\n"


def test_contact_is_the_page_of_the_site_where_the_conference_names_nobody(settings):
    settings.SITE_ADDRESS = "https://example.org"
    text_for_all(body="{contact}")
    delegation = DelegationFactory(edition=EditionFactory(contact_email=""))
    letter = Letter.objects.write(delegation.german_side, Letter.Kind.SUBMITTED)

    [line] = letters.rendered(letter).body.splitlines()

    assert line.startswith("https://example.org/de/")


@pytest.mark.parametrize(
    ("known", "language", "shown"),
    [
        ({"starts_on": "2100-09-06", "ends_on": "2100-09-06"}, "de", "6. September"),
        ({"starts_on": "2100-08-30", "ends_on": "2100-09-02"}, "de", "30. August bis"),
        ({"starts_on": "2100-08-30", "ends_on": "2100-09-02"}, "en", "30 August – 2"),
        ({"starts_on": None, "ends_on": None, "month": 9}, "de", "September 2100"),
        ({"starts_on": None, "ends_on": None, "season": "autumn"}, "de", "Herbst 2100"),
        ({"starts_on": None, "ends_on": None}, "en", "2100"),
    ],
)
def test_days_are_said_as_exactly_as_they_are_known(known, language, shown):
    edition = EditionFactory(**known)
    edition.refresh_from_db()
    text_for_all(language=language, body="{days}")
    delegation = DelegationFactory(edition=edition, german__language=language)
    letter = Letter.objects.write(delegation.german_side, Letter.Kind.SUBMITTED)

    assert letters.rendered(letter).body.startswith(shown)


def test_a_letter_names_the_second_stage_only_where_there_is_one():
    text_for_all(kind=Letter.Kind.APPROVED, language="en", body="A\n\n{second_stage}")
    delegation = DelegationFactory(state="approved", german__language="en")
    letter = Letter.objects.write(delegation.german_side, Letter.Kind.APPROVED)
    before = letters.rendered(letter).body
    stage = SecondStage.objects.create(edition=delegation.edition)
    without_a_day = letters.rendered(letter).body
    stage.answers_until = berlin("2027-03-31 23:59")
    stage.save()

    body = " ".join(letters.rendered(letter).body.split())

    assert before.strip() == "A"
    asks = "A On the same page we now ask you about travel, stay and more."
    assert " ".join(without_a_day.split()) == asks
    assert body == f"{asks} Please answer by 31 March 2027, 23:59 (Berlin)."
