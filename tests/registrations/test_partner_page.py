"""The partner's own pages: what its link opens, shows and changes."""

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.models import Letter, Participant, PersonalLink, Request, Side
from tests.factories import EditionFactory, ParticipantFactory, berlin, submitted
from tests.registrations.answers import PERSON, address

pytestmark = pytest.mark.django_db

CONTACT = {
    "contact_name": "Ama Mensah",
    "contact_email": "ama.mensah@example.org",
    "language": "en",
}
GERMAN_ONLY = [
    ("withdraw", ()),
    ("municipality", ()),
    ("partnership", ()),
    ("partner", ()),
    ("partner-link", ()),
    ("partner-person-add", ()),
    ("partner-person", (1,)),
    ("partner-replace", (1,)),
    ("partner-take-out", (1,)),
    ("names", ()),
    ("check", ()),
    ("submit", ()),
    ("admission", ()),
    ("guests", ()),
]


def invited(partner=2, edition=None, **values):
    """A submitted delegation and the token of a link from the partner's letter."""
    delegation = submitted(edition or EditionFactory(), partner=partner, **values)
    return delegation, delegation.partner_side.mint_link(PersonalLink.Purpose.LETTER)


def side_of(delegation, which="partner"):
    return Side.objects.get(delegation=delegation, which=which)


def shown(client, token):
    return client.get(address("delegation", token)).content.decode()


def test_the_page_says_what_the_conference_is_and_what_is_paid(client):
    edition = EditionFactory(
        introduction_en="About water.", costs_en="We pay the flight.", partner_paid=2
    )
    delegation, token = invited(edition=edition)

    page = shown(client, token)

    for words in (
        delegation.reference,
        "Are you coming?",
        "2 people are planned from your side.",
        "About water.",
        "We pay the flight.",
        "Travel is paid for 2 people from the partner side.",
        "31 May 2100, 23:59 (Berlin)",
    ):
        assert words in page


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_page_costs_the_same_however_many_come(
    client, django_assert_num_queries, how_many
):
    delegation, token = invited(partner=3)
    for side in (delegation.german_side, delegation.partner_side):
        ParticipantFactory.create_batch(how_many, side=side)

    with django_assert_num_queries(14):
        response = client.get(address("delegation", token))

    assert len(response.context["side"].people) == how_many


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("name", "rest"), GERMAN_ONLY)
def test_a_page_of_the_german_side_is_a_dead_link(client, name, rest, method):
    delegation, token = invited()

    response = getattr(client, method)(address(name, token, *rest))

    assert response.status_code == 404
    delegation.refresh_from_db()
    assert delegation.state == "submitted"


@pytest.mark.parametrize("name", ["come", "not-coming"])
def test_the_german_side_does_not_answer_for_its_partner(client, name):
    delegation, _token = invited()
    token = delegation.german_side.mint_link()

    assert client.post(address(name, token), {"reason": ""}).status_code == 404
    assert side_of(delegation).answer == ""


def test_neither_side_reads_addresses_of_the_other(client):
    delegation, token = invited(german__contact_phone="+49 641 1")
    german, partner = delegation.german_side, delegation.partner_side
    for side in (german, partner):
        ParticipantFactory(
            side=side,
            family_name=f"Of {side.which}",
            function=f"Task of {side.which}",
            email=f"{side.which}@example.org",
        )
    partner.change_contact(by=partner, contact_email="own@example.org")
    token = partner.mint_link()

    to_partner, to_german = shown(client, token), shown(client, german.mint_link())

    for page, other in ((to_partner, "german"), (to_german, "partner")):
        assert f"Of {other}" in page
        assert f"Task of {other}" in page
        assert f"{other}@example.org" not in page
    assert german.contact_name in to_partner
    assert german.contact_email not in to_partner
    assert "+49 641 1" not in to_partner
    assert "own@example.org" in to_partner
    assert "own@example.org" not in to_german


def test_the_german_side_reads_the_address_that_it_wrote(client):
    delegation, _token = invited()

    page = shown(client, delegation.german_side.mint_link())

    assert "ama.mensah@example.org" in page


def test_an_address_that_the_partner_wrote_is_not_in_the_german_form(client):
    delegation, _token = invited()
    partner = delegation.partner_side
    partner.change_contact(by=partner, contact_email="own@example.org")

    page = client.get(address("partner", delegation.german_side.mint_link()))

    assert "own@example.org" not in page.content.decode()


def test_coming_confirms_the_address_with_a_link_from_a_letter(client):
    delegation, token = invited()

    response = client.post(address("come", token), follow=True)

    assert "You are coming" in response.content.decode()
    partner = side_of(delegation)
    assert partner.answer == "coming"
    assert partner.confirmed_at is not None


def test_coming_confirms_no_address_with_another_link(client):
    delegation, _token = invited()

    client.post(address("come", delegation.partner_side.mint_link()))

    partner = side_of(delegation)
    assert (partner.answer, partner.confirmed_at) == ("coming", None)


def test_the_address_of_the_partner_is_confirmed_by_its_letter(client):
    delegation, token = invited()

    client.post(address("confirm", token))

    assert side_of(delegation).confirmed_at is not None
    assert side_of(delegation, "german").confirmed_at is not None


def test_not_coming_asks_first(client):
    delegation, token = invited()

    client.get(address("not-coming", token))

    assert side_of(delegation).planned == 2


def test_not_coming_is_said_with_a_reason(client):
    delegation, token = invited()

    response = client.post(
        address("not-coming", token), {"reason": "No visa."}, follow=True
    )

    assert "You are not coming" in response.content.decode()
    assert side_of(delegation).planned == 0
    assert delegation.history.get(verb="decline_to_come").reason == "No visa."


def test_the_partner_names_changes_and_takes_out_its_people(client):
    delegation, token = invited()
    partner = delegation.partner_side

    client.post(address("person-add", token), PERSON)
    person = partner.participants.get()
    client.post(address("person", token, person.pk), {**PERSON, "function_1": "Mayor"})
    person.refresh_from_db()
    changed = (person.side_id, person.function, person.entered_by)
    client.post(address("take-out", token, person.pk))

    assert changed == (partner.pk, "Mayor", "partner")
    assert side_of(delegation).planned == 1
    assert side_of(delegation, "german").planned == 2


@pytest.mark.parametrize("name", ["person", "replace", "take-out"])
def test_the_partner_opens_nobody_of_the_german_side(client, name):
    delegation, token = invited()
    person = ParticipantFactory(side=delegation.german_side, family_name="Weber")

    assert client.get(address(name, token, person.pk)).status_code == 404
    client.post(address(name, token, person.pk), PERSON)
    german = Participant.objects.get(pk=person.pk)
    assert german.full_name == person.full_name
    assert delegation.german_side.participants.count() == 1


def test_the_partner_changes_only_its_own_number(client):
    delegation, token = invited()

    client.post(address("people", token), {"partner": "3", "german": "4"})

    assert side_of(delegation).planned == 3
    assert side_of(delegation, "german").planned == 2


def test_more_than_the_rule_is_refused_beside_the_number(client):
    _delegation, token = invited(edition=EditionFactory(partner_most=2))

    response = client.post(address("people", token), {"partner": "3"})

    assert response.context["form"].errors == {
        "partner": ["At most 2 people of the partner can come."]
    }


def test_the_partner_corrects_its_contact(client):
    delegation, token = invited()

    client.post(
        address("contact", token), {**CONTACT, "contact_phone": "+264 64 123456"}
    )

    assert side_of(delegation).contact_phone == "+264 64 123456"
    assert shown(client, token)


def test_a_new_address_moves_the_partner_to_a_new_link(client):
    delegation, token = invited()

    response = client.post(
        address("contact", token), {**CONTACT, "contact_email": "new@example.org"}
    )

    assert client.get(address("delegation", token)).status_code == 404
    assert client.get(response.url).status_code == 200
    assert (
        Letter.objects.filter(side=delegation.partner_side, kind="partner_link").count()
        == 2
    )


@pytest.mark.parametrize("which", ["german", "partner"])
def test_handing_over_ends_the_own_link(client, which):
    delegation, _token = invited()
    token = delegation.side(which).mint_link()

    response = client.post(
        address("hand-over", token),
        {"contact_name": "Kofi", "contact_email": "k@example.org", "language": "en"},
    )

    assert response.url == reverse("registrations:handed-over")
    assert client.get(response.url).status_code == 200
    assert client.get(address("delegation", token)).status_code == 404


def test_after_the_deadline_the_partner_asks_the_organiser(client):
    over = EditionFactory(changes_until=berlin("2020-02-01 12:00"))
    delegation, token = invited(edition=over)

    assert client.get(address("person-add", token)).status_code == 302
    client.post(address("change", token), {"text": "One more, please."})

    assert Request.objects.get().side == delegation.partner_side


def test_the_calendar_is_for_the_partner_too(client):
    delegation, token = invited()

    response = client.get(address("calendar", token))

    assert delegation.reference in response.content.decode()
    assert token not in response.content.decode()


@pytest.mark.parametrize("state", ["offered", "waiting", "declined", "withdrawn"])
def test_the_page_reads_in_every_state(client, state):
    delegation, token = invited()
    type(delegation).objects.update(state=state, queue_number=1)

    page = shown(client, token)

    assert address("withdraw", token) not in page
    assert ("Are you coming?" in page) is (state in ("offered", "waiting"))
    answers = "Your German partner answers this offer."
    assert (answers in page) is (state == "offered")


def test_while_its_partner_answers_an_offer_the_number_stays(client):
    delegation, token = invited()
    type(delegation).objects.update(state="offered", queue_number=1)
    wait = "Your partner is answering an offer of places now: please wait."

    page = shown(client, token)
    response = client.post(address("people", token), {"partner": "1"})

    assert f'"{address("people", token)}"' not in page
    assert wait in page
    assert response.context["form"].errors == {"partner": [wait]}
    assert delegation.sides.get(which="partner").planned == 2


NAME_THEM = "Please name everybody who comes."
DO_BELOW = "You see below what you still have to do."


def approved(admin_user, **values):
    """With a partner that has said yes, of an address that is confirmed."""
    edition = EditionFactory(needs_administration=True)
    delegation, token = invited(edition=edition, **values)
    delegation.partner_side.come(by=delegation.partner_side)
    delegation.approve(by=admin_user)
    return delegation, token


@pytest.mark.parametrize(
    ("named", "kind", "asks"),
    [
        (1, "administration", NAME_THEM),
        (2, "civil_society", DO_BELOW),
        (2, "administration", None),
    ],
    ids=["a name follows", "nobody from the administration", "all is there"],
)
def test_who_is_approved_is_asked_only_for_what_is_missing(
    client, admin_user, named, kind, asks
):
    delegation, token = approved(admin_user, partner__confirmed_at=timezone.now())
    people = {"side": side_of(delegation), "organisation_kind": kind}
    ParticipantFactory.create_batch(named, **people)

    page = shown(client, token)

    assert "The organiser writes to you about what follows." in page
    said = [words for words in (NAME_THEM, DO_BELOW) if words in page]
    assert said == ([asks] if asks else [])


def test_a_partner_that_does_not_come_is_not_looked_forward_to(client, admin_user):
    delegation, token = approved(admin_user)
    side_of(delegation).decline_to_come(by=side_of(delegation), reason="")

    page = shown(client, token)

    assert "The delegation of your partner can come." in page
    assert "We look forward to seeing you!" not in page
