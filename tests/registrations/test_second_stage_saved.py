"""What is kept of the answers after the approval, and what is refused."""

import pytest

from registrations.encryption import seal
from registrations.models import Consent, PersonalNeeds, Refused
from tests.factories import ParticipantFactory
from tests.people import approved

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("diet", "accessibility", "has_agreed"),
    [("vegan", "", True), ("", "Rampe", True), ("", "", False)],
)
def test_who_says_nothing_has_agreed_to_nothing(diet, accessibility, has_agreed):
    side = approved().german_side
    person = ParticipantFactory(side=side)

    side.save_needs(person, diet=diet, accessibility=accessibility, by=side)

    assert (PersonalNeeds.objects.get().agreed_at is not None) is has_agreed


@pytest.mark.parametrize("state", ["submitted", "declined", "withdrawn"])
def test_consents_are_taken_of_who_is_coming_only(state):
    side = approved(state=state).german_side
    person = ParticipantFactory(side=side)

    with pytest.raises(Refused, match="once your delegation is approved"):
        side.save_consents(person, {"photos": "Ja."}, by=side)

    assert not Consent.objects.exists()


def test_a_text_is_bound_to_table_column_and_row():
    side = approved().german_side
    person = ParticipantFactory(side=side)
    side.save_needs(person, diet="vegan", accessibility="", by=side)
    place = f"registrations_personalneeds.diet.{person.pk}"

    PersonalNeeds.objects.update(diet=seal("halal", place))

    assert PersonalNeeds.objects.get().diet == "halal"


@pytest.mark.parametrize("state", ["submitted", "declined", "withdrawn"])
def test_needs_are_taken_of_who_is_coming_only(state):
    side = approved(state=state).german_side
    person = ParticipantFactory(side=side)

    with pytest.raises(Refused, match="once your delegation is approved"):
        side.save_needs(person, diet="vegan", accessibility="", by=side)

    assert not PersonalNeeds.objects.exists()
