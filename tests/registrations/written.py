"""Texts of letters, and letters to be rendered."""

from registrations.models import Letter, LetterText
from tests.factories import DelegationFactory


def text_for_all(kind=Letter.Kind.SUBMITTED, language="de", **values):
    defaults = {"subject": "Betreff", "body": "Text"}
    return LetterText.objects.create(
        kind=kind, language=language, **{**defaults, **values}
    )


def letter_to(language="de", kind=Letter.Kind.SUBMITTED, **contact):
    values = {f"german__{name}": value for name, value in contact.items()}
    delegation = DelegationFactory(german__language=language, **values)
    return Letter.objects.write(delegation.german_side, kind)
