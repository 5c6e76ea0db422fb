"""The way from the start page to the submitted delegation, without a browser."""

import re

import pytest
from django.urls import reverse

from partnerships.models import Municipality, Partnership
from registrations.models import Delegation, HistoryEntry, Letter, Participant, Side
from tests.factories import (
    CountryFactory,
    DelegationFactory,
    EditionFactory,
    GermanyFactory,
    MunicipalityFactory,
    PartnershipFactory,
    PartnerTownFactory,
    berlin,
    submitted,
)

pytestmark = pytest.mark.django_db

CONTACT = {
    "contact_name": "Erika Muster",
    "contact_email": "erika.muster@example.org",
    "contact_phone": "+49 641 123456",
    "writes_for": "municipality",
    "organisation": "",
    "language": "de",
}
PARTNER = {
    "contact_name": "Ama Mensah",
    "contact_email": "ama.mensah@example.org",
    "language": "en",
}
PERSON = {
    "given_names_1": "Erika",
    "family_name_1": "Muster",
    "organisation_1": "",
    "organisation_kind_1": "administration",
    "function_1": "",
    "role_1": "member",
    "email_1": "",
    "language_1": "de",
}
NAME_FOLLOWS = {"role_2": "member", "language_2": "de"}


def begin_address(edition):
    return reverse("registrations:begin", args=[edition.series.slug, edition.slug])


def begun(client, edition, **answers):
    """Sends the first form as it was shown; returns the response."""
    page = client.get(begin_address(edition))
    key = page.context["form"]["form_key"].value()
    return client.post(begin_address(edition), {**CONTACT, "form_key": key, **answers})


def token_of(response):
    return re.search(r"/(?:anmeldung|registration)/([\w-]{32})/", response.url)[1]


def address(name, token, *args):
    return reverse(f"registrations:{name}", args=[token, *args])


def draft(**values):
    """A draft with a personal link; returns it and the link's token."""
    values = {"german__planned": 0, "partner__planned": 0, **values}
    delegation = DelegationFactory(**values)
    return delegation, delegation.german_side.mint_link()


def empty_draft(**values):
    return draft(partnership=None, partner__contact_email="", **values)


def test_the_whole_way_makes_one_submitted_delegation(client):
    partnership = PartnershipFactory(german__name="Gießen")
    token = token_of(begun(client, EditionFactory()))
    search = address("municipality", token) + "?q=giessen"

    client.post(search, {"town": partnership.german.pk})
    client.post(address("partnership", token), {"partnership": partnership.pk})
    client.post(address("partner", token), PARTNER)
    client.post(address("people", token), {"german": "2", "partner": "3"})
    client.post(address("names", token), {**PERSON, **NAME_FOLLOWS})
    client.post(address("submit", token))

    delegation = Delegation.objects.get()
    german, partner = delegation.german_side, delegation.partner_side
    assert delegation.state == "submitted"
    assert delegation.partnership == partnership
    assert (german.held, partner.held) == (2, 3)
    assert [person.full_name for person in german.people] == ["Erika Muster"]
    assert partner.contact_email == "ama.mensah@example.org"
    assert list(Letter.objects.order_by("pk").values_list("kind", flat=True)) == [
        "continue_link",
        "submitted",
    ]


def test_each_answer_leads_to_the_next_question(client):
    partnership = PartnershipFactory()
    first = begun(client, EditionFactory())
    token = token_of(first)
    town = {"town": partnership.german.pk}
    search = address("municipality", token) + f"?q={partnership.german.name}"

    led_to = [
        first.url,
        client.post(search, town).url,
        client.post(address("partnership", token), {"partnership": partnership.pk}).url,
        client.post(address("partner", token), PARTNER).url,
        client.post(address("people", token), {"german": "1", "partner": "0"}).url,
        client.post(address("names", token), PERSON).url,
        client.post(address("submit", token)).url,
    ]

    names = [
        "municipality",
        "partnership",
        "partner",
        "people",
        "names",
        "check",
        "delegation",
    ]
    assert led_to == [address(name, token) for name in names]


def test_the_first_form_sets_no_cookie_but_csrf(client):
    begun(client, EditionFactory())

    assert list(client.cookies) == ["csrftoken"]


def test_the_link_of_the_form_cannot_confirm(client):
    begun(client, EditionFactory())

    side = Side.objects.german().get()
    assert [link.can_confirm for link in side.links.all()] == [False]
    assert side.confirmed_at is None


def test_the_same_form_sent_twice_is_one_draft(client):
    edition = EditionFactory()
    page = client.get(begin_address(edition))
    answers = {**CONTACT, "form_key": page.context["form"]["form_key"].value()}

    first = client.post(begin_address(edition), answers)
    second = client.post(begin_address(edition), answers)

    assert Delegation.objects.count() == 1
    assert Letter.objects.count() == 1
    assert Side.objects.opened_by(token_of(first)).exists()
    assert Side.objects.opened_by(token_of(second)).exists()


def test_two_start_pages_are_two_drafts(client):
    edition = EditionFactory()

    begun(client, edition)
    begun(client, edition)

    assert Delegation.objects.count() == 2


def test_going_back_and_correcting_the_address_keeps_the_draft(client):
    edition = EditionFactory()
    page = client.get(begin_address(edition))
    answers = {**CONTACT, "form_key": page.context["form"]["form_key"].value()}
    old = token_of(client.post(begin_address(edition), answers))

    response = client.post(
        begin_address(edition), {**answers, "contact_email": "new@example.org"}
    )

    side = Side.objects.german().get()
    assert side.contact_email == "new@example.org"
    assert not Side.objects.opened_by(old).exists()
    assert Side.objects.opened_by(token_of(response)).get() == side
    assert set(side.letters.values_list("kind", flat=True)) == {"continue_link"}


def test_the_first_form_of_a_submitted_delegation_opens_nothing(client):
    edition = EditionFactory()
    page = client.get(begin_address(edition))
    answers = {**CONTACT, "form_key": page.context["form"]["form_key"].value()}
    client.post(begin_address(edition), answers)
    Delegation.objects.update(state="withdrawn", kind="guests")

    response = client.post(
        begin_address(edition), {**answers, "contact_email": "other@example.org"}
    )

    assert response.url == reverse("registrations:link")
    assert Side.objects.german().get().contact_email == CONTACT["contact_email"]


@pytest.mark.parametrize("key", ["", "short", "x" * 41, "ä" * 32])
def test_a_form_without_its_key_comes_back_with_a_new_one(client, key):
    edition = EditionFactory()

    response = client.post(begin_address(edition), {**CONTACT, "form_key": key})

    form = response.context["form"]
    assert list(form.errors) == ["__all__"]
    assert len(form["form_key"].value()) == 32
    assert form["contact_name"].value() == "Erika Muster"
    assert not Delegation.objects.exists()


def test_a_closed_edition_leads_back_to_its_start_page(client):
    edition = EditionFactory(closes_at=berlin("2020-02-01 12:00"))

    response = client.get(begin_address(edition))

    assert response.url == reverse(
        "registrations:start", args=[edition.series.slug, edition.slug]
    )


def test_an_unpublished_edition_has_no_start_page(client):
    edition = EditionFactory(published_at=None)

    response = client.get(begin_address(edition))

    assert response.status_code == 404


def test_the_search_finds_checked_german_towns_only(client):
    _delegation, token = empty_draft()
    wanted = MunicipalityFactory(name="Münster", slug="a")
    MunicipalityFactory(name="Münster (entered)", slug="b", checked_at=None)
    PartnerTownFactory(name="Münster abroad", slug="c")

    response = client.get(address("municipality", token) + "?q=muenster")

    assert list(response.context["found"]) == [wanted]


def test_the_search_shows_the_most_alike_first(client):
    _delegation, token = empty_draft()
    holds = MunicipalityFactory(name="Ahausen", slug="a")
    begins = MunicipalityFactory(name="Hausenbach", slug="b")
    equals = MunicipalityFactory(name="Hausen", slug="c")

    response = client.get(address("municipality", token) + "?q=Hausen")

    assert response.context["found"] == [equals, begins, holds]


def test_the_search_names_twenty_towns_at_most(client):
    _delegation, token = empty_draft()
    MunicipalityFactory.create_batch(21)

    response = client.get(address("municipality", token) + "?q=Musterstadt")

    assert len(response.context["found"]) == 20
    assert response.context["are_more"] is True


def test_a_town_that_is_not_listed_is_entered_unchecked(client):
    GermanyFactory()
    delegation, token = empty_draft()

    response = client.post(
        address("municipality-enter", token),
        {"name": "Neudorf", "kind": "town", "land": "Hessen", "kreis": "Kreis X"},
    )

    delegation.refresh_from_db()
    town = Municipality.objects.get(name="Neudorf")
    assert response.url == address("partnership", token)
    assert delegation.german_municipality == town
    assert town.checked_at is None


def test_another_municipality_asks_for_the_partnership_again(client):
    delegation, token = draft()
    other = MunicipalityFactory(name="Anderstadt")

    client.post(address("municipality", token) + "?q=Anderstadt", {"town": other.pk})

    delegation.refresh_from_db()
    assert (delegation.german_municipality, delegation.partnership) == (other, None)
    assert delegation.open_question == "partnership"


def test_a_town_that_was_not_found_cannot_be_chosen(client):
    _delegation, token = empty_draft()
    MunicipalityFactory(name="Gießen")
    hidden = MunicipalityFactory(name="Verborgen", checked_at=None)

    response = client.post(
        address("municipality", token) + "?q=Gießen", {"town": hidden.pk}
    )

    assert response.context["form"].errors == {
        "town": ["Please choose a municipality from the list."]
    }


def test_hidden_partnerships_of_others_are_not_offered(client):
    german = MunicipalityFactory()
    known = PartnershipFactory(german=german)
    PartnershipFactory(german=german, published_at=None)
    _delegation, token = empty_draft(german_municipality=german)

    form = client.get(address("partnership", token)).context["form"]

    values = [value for value, _label in form.fields["partnership"].choices]
    assert values == [str(known.pk), "other", "none"]


def test_a_partner_town_that_is_listed_makes_the_partnership(client):
    german, partner = MunicipalityFactory(), PartnerTownFactory(name="Swakopmund")
    delegation, token = empty_draft(german_municipality=german)
    answer = client.post(address("partnership", token), {"partnership": "other"})

    client.post(answer.url + "?q=swakop", {"town": partner.pk})

    delegation.refresh_from_db()
    partnership = Partnership.objects.get()
    assert (partnership.german, partnership.partner) == (german, partner)
    assert partnership.published_at is None
    assert delegation.partnership == partnership


def test_a_partner_town_that_is_not_listed_is_entered(client):
    namibia = CountryFactory()
    delegation, token = empty_draft(german_municipality=MunicipalityFactory())

    response = client.post(
        address("partner-town-enter", token),
        {"name": "Lüderitz", "country": "NA", "kind": ""},
    )

    delegation.refresh_from_db()
    partner = delegation.partnership.partner
    assert (partner.name, partner.country) == ("Lüderitz", namibia)
    assert partner.checked_at is None
    assert response.url == address("partner", token)


def test_a_pair_that_exists_gets_its_row(client):
    partnership = PartnershipFactory(partner__name="Swakopmund", published_at=None)
    delegation, token = empty_draft(german_municipality=partnership.german)

    client.post(
        address("partner-town", token) + "?q=swakop",
        {"town": partnership.partner.pk},
    )

    delegation.refresh_from_db()
    assert delegation.partnership == partnership
    assert Partnership.objects.count() == 1


def test_without_a_partnership_the_people_are_next(client):
    edition = EditionFactory(partner_optional=True)
    german = MunicipalityFactory()
    delegation, token = empty_draft(edition=edition, german_municipality=german)

    response = client.post(address("partnership", token), {"partnership": "none"})

    delegation.refresh_from_db()
    assert delegation.kind == "municipality"
    assert response.url == address("people", token)


def test_choosing_no_partnership_forgets_the_partner(client):
    delegation, token = draft(
        edition=EditionFactory(partner_optional=True), partner__planned=3
    )

    client.post(address("partnership", token), {"partnership": "none"})

    partner = delegation.sides.get(which="partner")
    assert (partner.contact_name, partner.contact_email) == ("", "")
    assert partner.planned == 0


def test_a_conference_for_partnerships_tells_who_comes_alone(client):
    edition = EditionFactory(partner_optional=False)
    german = MunicipalityFactory()
    _delegation, token = empty_draft(edition=edition, german_municipality=german)

    response = client.post(
        address("partnership", token), {"partnership": "none"}, follow=True
    )

    assert [one.rule for one in response.context["broken"]] == ["partner"]


def test_a_second_delegation_of_a_partnership_is_told_who_was_first(client):
    earlier = submitted(EditionFactory())
    partnership = earlier.partnership
    delegation, token = empty_draft(
        edition=earlier.edition, german_municipality=partnership.german
    )

    response = client.post(
        address("partnership", token), {"partnership": partnership.pk}
    )

    reference = earlier.reference
    assert response.context["form"].errors == {
        "partnership": [f"{partnership} is already registered as {reference}."]
    }
    delegation.refresh_from_db()
    assert delegation.partnership is None
    assert earlier.german_side.letters.filter(kind="second_delegation").count() == 1


def test_the_first_contact_is_told_once_of_each_second(client):
    earlier = submitted(EditionFactory())
    _delegation, token = empty_draft(
        edition=earlier.edition, german_municipality=earlier.partnership.german
    )

    for _time in range(2):
        client.post(
            address("partnership", token), {"partnership": earlier.partnership.pk}
        )

    assert earlier.german_side.letters.filter(kind="second_delegation").count() == 1


def test_a_country_that_does_not_fit_is_told_why(client):
    edition = EditionFactory()
    CountryFactory()
    brazil = CountryFactory(iso2="BR", name_de="Brasilien", region=None)
    partnership = PartnershipFactory(partner__country=brazil)
    delegation, token = empty_draft(
        edition=edition, german_municipality=partnership.german
    )

    response = client.post(
        address("partnership", token), {"partnership": partnership.pk}
    )

    delegation.refresh_from_db()
    assert response.url == address("admission", token)
    assert delegation.partnership == partnership


def test_asking_the_organiser_keeps_the_draft(client):
    CountryFactory()
    brazil = CountryFactory(iso2="BR", name_de="Brasilien", region=None)
    delegation, token = draft(
        partnership=PartnershipFactory(partner__country=brazil), german__planned=2
    )

    client.post(address("admission", token), {"text": "Weil wir seit 1990 tauschen."})
    client.post(address("submit", token))

    request = delegation.german_side.requests.get()
    delegation.refresh_from_db()
    assert (request.kind, request.rule) == ("admission", "country")
    assert request.text == "Weil wir seit 1990 tauschen."
    assert delegation.state == "draft"


def test_who_has_asked_is_not_stopped_again(client):
    CountryFactory()
    brazil = CountryFactory(iso2="BR", name_de="Brasilien", region=None)
    _delegation, token = draft(partnership=PartnershipFactory(partner__country=brazil))
    client.post(address("admission", token), {"text": "Bitte."})

    response = client.post(address("people", token), {"german": "1", "partner": "0"})

    assert response.url == address("names", token)


def test_who_was_admitted_can_submit(client, django_user_model):
    CountryFactory()
    brazil = CountryFactory(iso2="BR", name_de="Brasilien", region=None)
    delegation, token = draft(
        partnership=PartnershipFactory(partner__country=brazil), german__planned=2
    )
    client.post(address("admission", token), {"text": "Bitte."})
    staff = django_user_model.objects.create(username="staff")
    delegation.german_side.requests.get().answer(granted=True, reason="Gern.", by=staff)

    client.post(address("submit", token))

    delegation.refresh_from_db()
    assert delegation.state == "submitted"


def test_more_people_than_the_rule_lets_ask_the_organiser(client):
    delegation, token = draft(edition=EditionFactory(german_most=2))

    response = client.post(
        address("people", token), {"german": "3", "partner": "1"}, follow=True
    )

    assert [one.rule for one in response.context["broken"]] == ["german_most"]
    assert delegation.sides.get(which="german").planned == 3


def test_fewer_people_than_are_named_is_refused_beside_the_field(client):
    delegation, token = draft(german__planned=2)
    delegation.german_side.name_people(
        [
            {"family_name": "Eins", "organisation_kind": "other"},
            {"family_name": "Zwei", "organisation_kind": "other"},
        ],
        by=delegation.german_side,
    )

    response = client.post(address("people", token), {"german": "1", "partner": "0"})

    assert list(response.context["form"].errors) == ["german"]
    assert response.context["form"]["german"].value() == "1"


def test_the_same_names_sent_twice_name_nobody_twice(client):
    _delegation, token = draft(german__planned=2)

    for _time in range(2):
        client.post(address("names", token), {**PERSON, **NAME_FOLLOWS})

    assert Participant.objects.count() == 1


def test_a_person_whose_fields_are_emptied_follows_by_name(client):
    _delegation, token = draft(german__planned=2)
    client.post(address("names", token), {**PERSON, **NAME_FOLLOWS})

    client.post(
        address("names", token),
        {"role_1": "member", "language_1": "de", **NAME_FOLLOWS},
    )

    assert not Participant.objects.exists()


def test_the_check_page_names_what_is_missing(client):
    _delegation, token = draft()

    response = client.get(address("check", token))

    assert response.context["missing"] == ["Please say how many people will come."]
    assert response.context["is_ready"] is False


def test_submitting_what_is_not_complete_leads_back_to_the_check_page(client):
    delegation, token = draft()

    response = client.post(address("submit", token))

    delegation.refresh_from_db()
    assert response.url == address("check", token)
    assert delegation.state == "draft"


@pytest.mark.parametrize(("capacity", "waits"), [(4, False), (3, True)])
def test_the_check_page_says_whether_there_are_places(client, capacity, waits):
    edition = EditionFactory(capacity_people=capacity)
    _delegation, token = draft(edition=edition, german__planned=2, partner__planned=2)

    response = client.get(address("check", token))

    assert response.context["will_wait"] is waits


def test_submitting_twice_is_submitting_once(client):
    delegation, token = draft(german__planned=1)

    for _time in range(2):
        client.post(address("submit", token))

    verbs = delegation.history.values_list("verb", flat=True)
    assert list(verbs) == [HistoryEntry.Verb.SUBMIT]


def test_a_step_of_a_submitted_delegation_leads_to_its_status_page(client):
    delegation = submitted(EditionFactory())
    token = delegation.german_side.mint_link()

    response = client.post(
        address("partnership", token), {"partnership": delegation.partnership.pk}
    )

    assert response.url == address("delegation", token)


def test_a_draft_goes_on_at_its_first_open_question(client):
    _delegation, token = draft()

    response = client.get(address("delegation", token))

    assert response.url == address("people", token)


def test_changing_the_language_keeps_the_step(client):
    _delegation, token = draft()

    page = client.get(address("people", token)).content.decode()

    assert f'href="/de/anmeldung/{token}/personen/"' in page


STEPS = ["contact", "municipality", "partnership", "partner", "people", "check"]


@pytest.mark.parametrize("name", [*STEPS, "names", "delegation", "submit"])
def test_a_stranger_is_told_that_the_link_is_dead(client, name):
    draft(german__planned=1)

    method = client.post if name == "submit" else client.get
    response = method(address(name, "x" * 32))

    assert response.status_code == 404
    assert reverse("registrations:link") in response.content.decode()


def test_the_link_of_the_partner_does_not_open_the_german_side(client):
    delegation, _token = draft()
    of_partner = delegation.partner_side.mint_link()

    response = client.get(address("contact", of_partner))

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("method", "name"), [("post", "check"), ("get", "submit"), ("get", "confirm")]
)
def test_the_wrong_method_is_refused(client, method, name):
    _delegation, token = draft(german__planned=1)

    response = getattr(client, method)(address(name, token))

    assert response.status_code == 405


@pytest.mark.parametrize("name", STEPS)
def test_pages_under_a_link_are_kept_by_nobody(client, name):
    _delegation, token = draft(german__planned=1)

    response = client.get(address(name, token))

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "Set-Cookie" not in response or set(response.cookies) == {"csrftoken"}


def test_the_first_form_page_is_light(client):
    page = client.get(begin_address(EditionFactory()))

    assert len(page.content) <= 15_000
