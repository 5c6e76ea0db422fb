"""The words of letters: in one language, and harmless whatever a visitor typed."""

import pytest
from django.utils import translation

from partnerships.masterdata import Report
from registrations import letters, placeholders, seeding
from registrations.models import (
    Delegation,
    Letter,
    LetterText,
    PersonalLink,
    Request,
)
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    MunicipalityFactory,
    SeriesFactory,
    staff,
    submitted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def texts():
    seeding.load()


def text_for_all(kind=Letter.Kind.SUBMITTED, language="de", **values):
    defaults = {"subject": "Betreff", "body": "Text"}
    return LetterText.objects.create(
        kind=kind, language=language, **{**defaults, **values}
    )


def letter_to(language="de", kind=Letter.Kind.SUBMITTED, **contact):
    values = {f"german__{name}": value for name, value in contact.items()}
    delegation = DelegationFactory(german__language=language, **values)
    return Letter.objects.write(delegation.german_side, kind)


@pytest.mark.parametrize("language", ["de", "en", "fr", "es", "uk"])
@pytest.mark.parametrize("kind", Letter.Kind)
def test_every_kind_has_words_that_leave_no_brace(texts, kind, language):
    delegation = DelegationFactory(german__language=language)
    letter = Letter.objects.write(delegation.german_side, kind, reason="Darum.")

    mail = letters.rendered(letter)

    assert placeholders.names(mail.subject + mail.body) == set()
    assert delegation.reference in mail.body
    assert (
        mail.body.splitlines()[0]
        == {
            "de": "Guten Tag Erika Muster,",
            "en": "Dear Erika Muster,",
            "fr": "Bonjour Erika Muster,",
            "es": "Buen día, Erika Muster:",
            "uk": "Добрий день, Erika Muster!",
        }[language]
    )


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
    assert letters.harmless(typed) == shown


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


CONFIRMING = ["continue_link", "new_link", "submitted", "waiting"]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", CONFIRMING)
@pytest.mark.parametrize("is_confirmed", [True, False])
def test_only_an_address_that_is_not_confirmed_is_to_be_confirmed(
    texts, kind, language, is_confirmed
):
    edition = EditionFactory()
    contact = {"contact_name": "Erika", "contact_email": "e@example.org"}
    delegation, _is_new = Delegation.objects.start(
        edition,
        form_key="a key",
        contact={**contact, "language": language},
        by=staff() if is_confirmed else None,
    )
    letter = Letter.objects.write(delegation.german_side, kind)

    body = letters.rendered(letter).body

    asked = {"de": "Bitte bestätigen Sie", "en": "Please also confirm"}[language]
    assert (asked in body) is not is_confirmed


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("granted", [True, False])
def test_the_answer_quotes_the_request(texts, language, granted):
    side = DelegationFactory(german__language=language).german_side
    asked = Request.objects.ask(side, "change", "Eine Person\nmehr: evil.example")

    asked.answer(granted=granted, reason="Darum.", by=staff())

    body = letters.rendered(Letter.objects.get(side=side)).body
    quoted = {
        "de": "Ihre Anfrage: „Eine Person mehr: evil. example“",
        "en": "Your request: “Eine Person mehr: evil. example”",
    }
    assert quoted[language] in body.splitlines()


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
