"""The words of letters that the seed brings, in every language."""

import pytest
from django.db import transaction

from registrations import letters, placeholders, seeding
from registrations.models import Delegation, Letter, Request
from tests.factories import DelegationFactory, EditionFactory, staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("texts")]


@pytest.fixture(scope="module")
def texts(django_db_setup, django_db_blocker):
    """Loaded once, for tests that only read them."""
    with django_db_blocker.unblock(), transaction.atomic():
        seeding.load()
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("language", ["de", "en", "fr", "es", "uk"])
@pytest.mark.parametrize("kind", Letter.Kind)
def test_every_kind_has_words_that_leave_no_brace(kind, language):
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


CONFIRMING = ["continue_link", "new_link", "submitted", "waiting"]


@pytest.mark.parametrize("language", ["de", "en", "fr", "es"])
@pytest.mark.parametrize("kind", CONFIRMING)
@pytest.mark.parametrize("is_confirmed", [True, False])
def test_only_an_address_that_is_not_confirmed_is_to_be_confirmed(
    kind, language, is_confirmed
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

    asked = {
        "de": "Bitte bestätigen Sie",
        "en": "Please also confirm",
        "fr": "Veuillez aussi confirmer",
        "es": "confirme también",
    }[language]
    assert (asked in body) is not is_confirmed


@pytest.mark.parametrize("language", ["de", "en", "fr", "es"])
@pytest.mark.parametrize("granted", [True, False])
def test_the_answer_quotes_the_request(language, granted):
    side = DelegationFactory(german__language=language).german_side
    asked = Request.objects.ask(side, "change", "Eine Person\nmehr: evil.example")

    asked.answer(granted=granted, reason="Darum.", by=staff())

    body = letters.rendered(Letter.objects.get(side=side)).body
    quoted = {
        "de": "Ihre Anfrage: „Eine Person mehr: evil. example“",
        "en": "Your request: “Eine Person mehr: evil. example”",
        "fr": "Votre demande : « Eine Person mehr: evil. example »",
        "es": "Su solicitud: «Eine Person mehr: evil. example»",
    }
    lines = body.replace("\N{NARROW NO-BREAK SPACE}", " ").splitlines()
    assert quoted[language] in lines
