"""On site or online, and in which languages: what an edition offers is asked for."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from registrations import forms, places
from registrations.models import Refused
from tests.factories import EditionFactory, ParticipantFactory, submitted
from tests.registrations.answers import address, draft

pytestmark = pytest.mark.django_db
BOTH = {"attendance": "both"}


def asked(client, **values):
    """The fields of the page of numbers."""
    _delegation, token = draft(edition=EditionFactory(**values))
    return list(client.get(address("people", token)).context["form"].fields)


def test_only_where_both_ways_are_offered_people_online_are_asked_for(client):
    assert asked(client) == ["german", "partner"]
    assert asked(client, attendance="online") == ["german", "partner"]
    assert asked(client, **BOTH) == [
        "german",
        "partner",
        "german_online",
        "partner_online",
    ]


@pytest.mark.parametrize(("typed", "kept"), [("3", 3), ("", 0)])
def test_people_online_hold_no_places(client, typed, kept):
    edition = EditionFactory(capacity_people=2, **BOTH)
    delegation, token = draft(edition=edition)
    numbers = {"german": "2", "partner": "0", "partner_online": "0"}

    client.post(address("people", token), {**numbers, "german_online": typed})
    delegation.submit()

    assert delegation.sides.get(which="german").online == kept
    assert (delegation.state, places.held(edition).people) == ("submitted", 2)


def test_nobody_takes_part_online_where_it_is_not_offered():
    side = submitted(EditionFactory()).german_side

    with pytest.raises(Refused):
        side.delegation.change_numbers({}, online={"german": 1}, by=side)

    assert side.delegation.sides.get(which="german").online == 0


def test_staff_may_let_somebody_take_part_online(admin_user):
    side = submitted(EditionFactory()).german_side

    side.delegation.change_numbers({}, online={"german": 1}, by=admin_user)

    assert side.delegation.sides.get(which="german").online == 1


def test_another_number_online_is_looked_at():
    side = submitted(EditionFactory(**BOTH)).german_side

    side.delegation.change_numbers({}, online={"german": 2}, by=side)

    [entry] = side.delegation.changes_to_look_at()
    assert entry.changes == {"german_online": [0, 2]}


def languages(edition, **values):
    """What is offered to a person of a German side, and what stands there first."""
    side = submitted(edition).german_side
    people = [ParticipantFactory(side=side, **values)] if values else []
    form = forms.PeopleForm(side=side, people=people, count=1)
    codes = [code for code, _name in form.fields["language_1"].choices]
    return codes, form.initial["language_1"]


def test_a_person_chooses_among_the_languages_of_the_conference():
    assert languages(EditionFactory(interpretation="en")) == (["en"], "en")
    assert languages(EditionFactory(interpretation="en"), language="de") == (
        ["en"],
        "en",
    )


def test_where_no_language_is_named_all_of_the_site_are_offered(settings):
    codes, first = languages(EditionFactory())

    assert (codes, first) == ([code for code, _name in settings.LANGUAGES], "de")


def test_the_start_page_names_what_is_offered_and_nothing_else(client):
    named = rules_of(client, interpretation="de en", **BOTH)
    silent = rules_of(client)

    assert "Languages at the conference: German, English" in named
    assert "on site or online" in named
    assert "Languages at the conference" not in silent
    assert "online" not in silent


def rules_of(client, **values):
    edition = EditionFactory(**values)
    page = client.get(
        reverse("registrations:start", args=[edition.series.slug, edition.slug])
    ).content.decode()
    page = page[page.index("Rules of this conference") :]
    return " ".join(page[: page.index("</ul>")].split())


@pytest.mark.parametrize("codes", ["xx", "de,en", "de tlh"])
def test_only_languages_of_the_site_are_offered(codes):
    edition = EditionFactory(interpretation=codes)

    with pytest.raises(ValidationError) as raised:
        edition.clean_fields()

    assert list(raised.value.message_dict) == ["interpretation"]
