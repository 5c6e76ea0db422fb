"""The board of staff: all delegations of an edition, filtered, counted, small."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerships.models import Partnership
from registrations import missing
from registrations.admin.board_rows import PER_PAGE
from registrations.models import Delegation, Participant, Side
from tests.answered import answered
from tests.factories import (
    CountryFactory,
    DelegationFactory,
    EditionFactory,
    GermanyFactory,
    ParticipantFactory,
    berlin,
    staff,
)
from tests.test_many_rows import towns

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
MOST_BYTES = 150_000
PERMISSIONS = ("registrations.view_delegation", "registrations.view_participant")

EVERYBODY = ["german", "nobody", "partner", "unconfirmed"]


def address(edition):
    return reverse("admin:registrations_editionplaces_board", args=[edition.pk])


def shown(client, edition, **query):
    """The references of the delegations on the board."""
    board = client.get(address(edition), query).context["board"]
    return {line.delegation.reference for line in board.page}


def mixed(edition):
    """What each filter tells apart, by name."""
    found = {
        "german": answered(edition, german=1),
        "partner": answered(edition, german=1, partner=1),
        "nobody": answered(edition, german=1),
        "unconfirmed": answered(edition, german=1, german__confirmed_at=None),
        "withdrawn": answered(edition, german=1),
    }
    for name in ("partner", "nobody", "unconfirmed"):
        ParticipantFactory(side=found[name].german_side)
    found["withdrawn"].withdraw(by=found["withdrawn"].german_side)
    return found


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, EVERYBODY),
        ({"owes": "german"}, ["german", "unconfirmed"]),
        ({"owes": "partner"}, ["partner"]),
        ({"owes": "nothing"}, ["nobody"]),
        ({"what": "names"}, ["german", "partner"]),
        ({"what": "confirmation"}, ["unconfirmed"]),
        ({"what": "names", "owes": "german"}, ["german"]),
        ({"overdue": "yes"}, []),
        ({"state": "withdrawn"}, ["withdrawn"]),
        ({"state": "x", "owes": "x", "what": "x", "overdue": "x"}, EVERYBODY),
    ],
)
def test_a_filter_shows_just_these(admin_client, query, expected):
    edition = EditionFactory()
    found = mixed(edition)

    references = shown(admin_client, edition, **query)

    assert sorted(n for n, d in found.items() if d.reference in references) == expected
    assert len(references) == len(expected)


def test_what_is_too_late_is_found_as_overdue(admin_client):
    edition = EditionFactory(changes_until=berlin("2020-02-01 12:00"))
    found = mixed(edition)

    references = shown(admin_client, edition, overdue="yes")

    assert references == {
        found[name].reference for name in ("german", "partner", "unconfirmed")
    }


def test_the_text_is_found_in_reference_town_and_contact(admin_client):
    edition = EditionFactory()
    one = answered(edition, german__contact_name="Wangari Maathai")
    answered(edition)

    for text in (one.reference, str(one.partnership.german), "wangari"):
        assert shown(admin_client, edition, q=text) == {one.reference}


def test_each_choice_says_how_many_it_shows(admin_client):
    edition = EditionFactory()
    mixed(edition)

    board = admin_client.get(address(edition)).context["board"]

    counts = {
        (name, value): count
        for name, _label, choices in board.choices
        for value, _word, count in choices
    }
    assert {key: count for key, count in counts.items() if count} == {
        ("owes", "german"): 2,
        ("owes", "partner"): 1,
        ("owes", "nothing"): 1,
        ("what", "names"): 2,
        ("what", "confirmation"): 1,
        ("state", "submitted"): 4,
        ("state", "withdrawn"): 1,
    }
    for (name, value), count in counts.items():
        assert len(shown(admin_client, edition, **{name: value})) == count


def test_delegations_of_other_conferences_and_drafts_are_not_shown(admin_client):
    edition = EditionFactory()
    answered(EditionFactory())
    here = answered(edition)
    Delegation.objects.start(
        edition, form_key="k" * 30, contact={"contact_name": "Erika"}
    )

    assert shown(admin_client, edition) == {here.reference}


@pytest.mark.parametrize("missing_permission", PERMISSIONS)
def test_who_may_not_see_people_does_not_see_the_board(client, missing_permission):
    edition = EditionFactory()
    answered(edition)
    others = [one for one in PERMISSIONS if one != missing_permission]
    client.force_login(staff(*others, "registrations.view_editionplaces"))

    assert client.get(address(edition)).status_code == 403
    assert client.get(reverse("admin:index")).context["boards"] == []


def test_the_first_page_names_the_boards_of_conferences_ahead_that_somebody_joins(
    admin_client,
):
    joined, left, begun, _empty = (EditionFactory() for _number in range(4))
    past = EditionFactory(year=2000, starts_on=None, ends_on=None, month=9)
    answered(joined)
    DelegationFactory(edition=past, state="submitted")
    DelegationFactory(edition=left, state="withdrawn")
    DelegationFactory(edition=begun)

    boards = admin_client.get(reverse("admin:index")).context["boards"]

    assert [where for _name, where in boards] == [address(joined)]


def test_the_board_names_no_way_back_to_places_that_may_not_be_seen(client):
    edition = EditionFactory()
    answered(edition)
    places = reverse("admin:registrations_editionplaces_changelist")
    pages = []

    for more in ([], ["registrations.view_editionplaces"]):
        client.force_login(staff(*PERMISSIONS, *more))
        pages.append(client.get(address(edition)).content.decode())

    assert [f'href="{places}"' in page for page in pages] == [False, True]


def test_a_conference_that_is_not_there_is_not_found(admin_client):
    assert admin_client.get(address(EditionFactory.build(pk=999))).status_code == 404


def test_the_places_and_the_first_page_lead_to_the_board(client):
    edition = EditionFactory()
    answered(edition)
    client.force_login(staff(*PERMISSIONS, "registrations.view_editionplaces"))
    places = "admin:registrations_editionplaces_changelist"

    for page in (reverse("admin:index"), reverse(places)):
        assert f'href="{address(edition)}"' in client.get(page).content.decode()


@pytest.mark.parametrize("query", [{"q": "%"}, {"q": "ß" * 500}, {"page": "x"}])
def test_a_strange_query_is_no_error(admin_client, query):
    edition = EditionFactory()
    answered(edition)

    assert admin_client.get(address(edition), query).status_code == 200


@pytest.mark.parametrize("query", [{"q": "\0"}, {"page": "9" * 30}])
def test_an_absurd_query_is_refused(admin_client, query):
    assert admin_client.get(address(EditionFactory()), query).status_code == 400


def fill(edition, numbers):
    """Delegations of five named people each that owe all there is to owe."""
    german, partner = towns(GermanyFactory(), numbers), towns(CountryFactory(), numbers)
    pairs = Partnership.objects.bulk_create(
        Partnership(german=one, partner=other, slug=one.slug + other.slug)
        for one, other in zip(german, partner, strict=True)
    )
    delegations = Delegation.objects.bulk_create(
        Delegation(
            edition=edition,
            reference=f"AFR00-{number:04}",
            form_key=f"key-{number}",
            state="submitted",
            partnership=pair,
            german_municipality=pair.german,
        )
        for number, pair in zip(numbers, pairs, strict=True)
    )
    sides = Side.objects.bulk_create(
        Side(
            delegation=delegation,
            which=which,
            contact_name="Erika Muster",
            contact_email="erika@example.org" * (which == "german"),
            planned=5,
            held=5,
        )
        for delegation in delegations
        for which in ("german", "partner")
    )
    Participant.objects.bulk_create(
        Participant(
            side=side,
            given_names="Maria Magdalena",
            family_name="Musterfrau-Beispielhausen",
            organisation_kind="politics",
        )
        for side in sides
        for _number in range(3 if side.which == "german" else 2)
    )


def one_thing_of_each_person(sides):
    """A source as long as a question that every person still has to answer."""
    for side in sides:
        for person in side.people:
            yield missing.Missing(
                "answer",
                side,
                side,
                missing.last_day_for_changes(side.delegation.edition),
                "Eine Antwort fehlt: „Wann reisen Sie an, und wer bucht die Reise?“",
                "Answer",
                person=person,
            )


def test_a_board_of_300_delegations_is_small_and_costs_as_much_as_one_of_30(
    admin_client, monkeypatch
):
    monkeypatch.setattr(
        missing, "SOURCES", [*missing.SOURCES, one_thing_of_each_person]
    )
    edition = EditionFactory(needs_administration=True)
    queries = []

    for numbers in (range(30), range(30, 300)):
        fill(edition, numbers)
        with CaptureQueriesContext(connection) as made:
            response = admin_client.get(address(edition))
        queries.append(len(made))

    board = response.context["board"]
    assert (len(board.lines), Participant.objects.count()) == (300, 1500)
    assert sum(len(line.found) for line in board.lines) == 300 * 6 + 1500
    assert len(board.page) == PER_PAGE
    assert queries[0] == queries[1] <= MOST_QUERIES
    assert len(response.content) <= MOST_BYTES
