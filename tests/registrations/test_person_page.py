"""Each person's own page: who is written to, what the link opens, what it changes."""

import pytest
from django.urls import reverse

from registrations import erasure, letter_values, letters, seeding
from registrations.models import (
    Letter,
    LetterText,
    Participant,
    PersonalLink,
    PersonLink,
    Refused,
)
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    ParticipantFactory,
    berlin,
    later,
    submitted,
)
from tests.registrations.answers import PERSON, address

pytestmark = pytest.mark.django_db
OWN = {
    "given_names": "Erika Maria",
    "family_name": "Muster",
    "function": "Mayor",
    "email": "erika@example.org",
    "language": "en",
}


def with_pages(**values):
    return EditionFactory(has_person_pages=True, **values)


def draft_with_a_person(edition=None, **values):
    delegation = DelegationFactory(edition=edition or with_pages(), **values)
    person = ParticipantFactory(
        side=delegation.german_side, email="erika@example.org", language="en"
    )
    return delegation, person


def told(**values):
    """A submitted delegation, and somebody who was written to, with a link."""
    delegation, person = draft_with_a_person(**values)
    delegation.submit()
    return delegation, person, person.links.mint(person)


def written():
    return Letter.objects.filter(kind="person_link")


def own_page(token):
    return reverse("registrations:own-page", args=[token])


def test_submitting_writes_to_each_person_with_an_address():
    delegation, person = draft_with_a_person()
    ParticipantFactory(side=delegation.german_side, email="")

    delegation.submit()

    letter = written().get()
    assert (letter.participant, letter.language) == (person, "en")


@pytest.mark.parametrize(
    ("edition", "contact"),
    [
        ({"has_person_pages": False}, {}),
        ({"has_person_pages": True}, {"german__confirmed_at": None}),
    ],
    ids=["no pages", "address not confirmed"],
)
def test_nobody_is_written_to_before_it_is_due(edition, contact):
    delegation, _person = draft_with_a_person(EditionFactory(**edition), **contact)

    delegation.submit()

    assert not written().exists()


def test_confirming_writes_to_those_who_waited_for_it():
    delegation, person = draft_with_a_person(german__confirmed_at=None)
    delegation.submit()

    delegation.german_side.confirm()

    assert [letter.participant for letter in written()] == [person]


def test_a_draft_writes_to_no_person():
    delegation, _person = draft_with_a_person()

    delegation.german_side.name_people([{"email": "x@example.org"}], by=None)

    assert not written().exists()


def test_each_person_is_written_to_once(admin_user):
    delegation, person, _token = told()

    delegation.approve(by=admin_user)
    person.function = "Mayor"
    delegation.german_side.save_person(person, by=delegation.german_side)

    assert written().count() == 1


def test_a_person_read_before_the_letter_is_not_written_to_again():
    delegation, person = draft_with_a_person()
    stale = Participant.objects.get(pk=person.pk)
    delegation.submit()

    delegation.german_side.save_person(stale, by=delegation.german_side)

    assert written().count() == 1


def test_people_of_the_partner_are_written_to_as_well():
    delegation = submitted(with_pages(), partner=1)
    partner = delegation.partner_side

    partner.save_person(
        ParticipantFactory.build(side=partner, email="ama@example.org"), by=partner
    )

    assert written().get().side == partner


@pytest.mark.parametrize("how", ["another address", "somebody else"])
def test_a_link_dies_with_its_reader(client, how):
    delegation, person, token = told()
    is_other = how == "somebody else"
    if not is_other:
        person.email = "new@example.org"

    delegation.german_side.save_person(
        person, by=delegation.german_side, is_other=is_other
    )

    assert client.get(own_page(token)).status_code == 404
    assert [letter.state for letter in written()] == ["queued"]


def test_replacing_somebody_tells_the_new_person(client):
    delegation, person, token = told()
    own = delegation.german_side.mint_link()

    client.post(address("replace", own, person.pk), {**PERSON, "email_1": person.email})

    assert client.get(own_page(token)).status_code == 404
    assert written().count() == 1


def test_the_letter_says_who_wrote_it_down_and_leads_to_the_own_page(postbox, client):
    seeding.load()
    _delegation, _person, _token = told()
    Letter.objects.exclude(kind="person_link").delete()

    letters.send_due()

    message = postbox.message()
    words = " ".join(message.get_content().split())
    assert message["To"] == "Erika Muster <erika@example.org>"
    assert "Erika Muster, Musterstadt" in words
    assert "complain to a data protection authority" in words
    link = next(word for word in words.split() if "/registration/person/" in word)
    assert client.get(link.removeprefix("https://example.org")).status_code == 200
    assert not PersonalLink.objects.exists()


def test_the_page_shows_the_own_data_and_the_notice(client):
    _delegation, _person, token = told()

    page = client.get(own_page(token)).content.decode()

    for words in (
        "Erika Muster has registered you for this conference.",
        "erika@example.org",
        "We have your data from Erika Muster",
        "complain to a data protection authority",
    ):
        assert words in page


def test_the_own_page_names_nobody_else(client):
    delegation, _person, token = told(german__contact_phone="+49 641 1")
    ParticipantFactory(
        side=delegation.german_side, family_name="Other", email="other@example.org"
    )

    page = client.get(own_page(token)).content.decode()

    for words in ("Other", "other@example.org", "+49 641 1", "erika.muster@"):
        assert words not in page


def test_a_person_corrects_the_own_data(client):
    delegation, person, token = told()

    response = client.post(own_page(token), OWN, follow=True)

    assert "Your change is saved." in response.content.decode()
    person.refresh_from_db()
    assert (person.given_names, person.function) == ("Erika Maria", "Mayor")
    assert person.entered_by == "person"
    line = delegation.history.get(verb="change_people")
    assert (line.actor_kind, line.actor) == ("person", None)
    delegation.refresh_from_db()
    assert delegation.needs_review_since is not None


def test_only_the_own_data_can_be_corrected(client):
    _delegation, person, token = told()

    client.post(own_page(token), {**OWN, "role": "interpreter", "organisation": "X"})

    person.refresh_from_db()
    assert (person.role, person.organisation) == ("member", "")


def test_a_new_address_moves_the_person_to_a_new_link(client):
    _delegation, person, token = told()

    response = client.post(own_page(token), {**OWN, "email": "new@example.org"})

    assert client.get(own_page(token)).status_code == 404
    assert client.get(response.url).status_code == 200
    person.refresh_from_db()
    assert [letter.participant.email for letter in written()] == ["new@example.org"]


def test_an_address_is_needed(client):
    _delegation, _person, token = told()

    response = client.post(own_page(token), {**OWN, "email": ""})

    assert list(response.context["form"].errors) == ["email"]
    assert response.context["form"]["function"].value() == "Mayor"


def test_after_the_time_for_changes_the_page_is_read(client):
    over = with_pages(changes_until=berlin("2020-02-01 12:00"))
    _delegation, person, token = told(edition=over)

    page = client.get(own_page(token)).content.decode()

    assert "Your data cannot be changed here any more." in page
    assert 'name="family_name"' not in page
    with pytest.raises(Refused):
        person.correct(**OWN)


@pytest.mark.parametrize(
    "name", ["delegation", "people", "withdraw", "contact", "person-add", "come"]
)
def test_the_link_of_a_person_opens_nothing_of_a_side(client, name):
    delegation, _person, token = told()

    for method in (client.get, client.post):
        assert method(address(name, token)).status_code == 404
    delegation.refresh_from_db()
    assert delegation.state == "submitted"


def test_the_link_of_a_side_opens_no_page_of_a_person(client):
    delegation, _person, _token = told()

    response = client.get(own_page(delegation.german_side.mint_link()))

    assert response.status_code == 404


def test_who_is_taken_out_has_a_dead_link(client):
    delegation, person, token = told()

    delegation.german_side.take_out(person, by=delegation.german_side)

    assert client.get(own_page(token)).status_code == 404
    assert not Letter.objects.filter(kind="person_link").exists()


def test_nobody_keeps_or_passes_on_the_own_page(client):
    _delegation, _person, token = told()

    response = client.get(own_page(token))

    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"


def test_a_person_asks_for_the_link_again(client):
    told()
    Letter.objects.update(written_at=later(hours=-1))

    for _time in range(2):
        client.post(reverse("registrations:link"), {"email": "ERIKA@example.org"})

    assert written().count() == 2


def test_nobody_else_gets_a_link_that_is_asked_for(client):
    told()
    Letter.objects.update(written_at=later(hours=-1))

    client.post(reverse("registrations:link"), {"email": "other@example.org"})

    assert written().count() == 1


def test_who_was_entered_on_behalf_is_told_by_whom(client):
    delegation = submitted(with_pages(), partner=1)
    partner = delegation.partner_side
    person = ParticipantFactory.build(
        side=partner, given_names="", family_name="Ama", email="ama@example.org"
    )
    partner.save_person(person, by=delegation.german_side)

    page = client.get(own_page(person.links.mint(person))).content.decode()

    assert "We have your data from Erika Muster, Musterstadt" in page
    text = LetterText(kind="person_link", language="en")
    values = letter_values.of_letter(written().get(), text)
    assert values["name"] == "Ama"
    assert values["own_contact"].startswith("Erika Muster, Musterstadt")


def test_an_expired_link_of_a_person_is_erased():
    _delegation, person, _token = told()
    person.links.update(expires_at=later(days=-1))

    erasure.erase()

    assert not PersonLink.objects.exists()
