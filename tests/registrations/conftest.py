import pytest

from registrations.models import Letter, LetterText


@pytest.fixture
def plain_texts(db):
    """A text of every kind, in German, that says what it is."""
    LetterText.objects.all().delete()
    LetterText.objects.bulk_create(
        LetterText(
            kind=kind,
            language="de",
            subject="Delegation {reference}",
            body=f"{kind} für {{name}}.\n\nGrund: {{reason}}",
        )
        for kind in Letter.Kind.values
    )
