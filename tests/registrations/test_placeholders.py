import pytest
from django.core.exceptions import ValidationError

from registrations import placeholders
from registrations.models import Letter, LetterText


def text(**values):
    defaults = {
        "kind": Letter.Kind.SUBMITTED,
        "language": "de",
        "subject": "Angemeldet: {reference}",
        "body": "Guten Tag {name}",
    }
    return LetterText(**{**defaults, **values})


def test_a_value_that_looks_like_a_placeholder_is_not_filled_again():
    filled = placeholders.fill("{name}: {link}", {"name": "{link}", "link": "secret"})

    assert filled == "{link}: secret"


def test_a_word_in_braces_that_is_no_placeholder_stays():
    assert placeholders.fill("{name.__class__}", {"name": "Erika"}) == (
        "{name.__class__}"
    )


@pytest.mark.django_db
def test_a_text_with_unknown_placeholders_is_refused_by_their_names():
    with pytest.raises(ValidationError) as refusal:
        text(subject="{surname}", body="{naem} {name}").full_clean()

    assert refusal.value.messages == ["These placeholders do not exist: naem, surname."]


@pytest.mark.django_db
def test_the_link_is_refused_in_a_subject():
    with pytest.raises(ValidationError) as refusal:
        text(subject="{link}").full_clean()

    assert list(refusal.value.message_dict) == ["subject"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", LetterText.NEEDS_LINK)
def test_a_letter_that_is_sent_for_its_link_names_it(kind):
    with pytest.raises(ValidationError) as refusal:
        text(kind=kind, body="Guten Tag {name}").full_clean()

    assert list(refusal.value.message_dict) == ["body"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", placeholders.PLACEHOLDERS)
def test_every_placeholder_of_the_list_may_stand_in_a_text(name):
    text(body=f"{{{name}}}").full_clean()
