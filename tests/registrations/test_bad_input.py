"""Whatever is sent, the answer is a page in words, and what was sent comes back."""

import pytest
from django.test import Client
from django.urls import reverse

from registrations.models import Delegation, Letter, Participant
from tests.factories import (
    EditionFactory,
    MunicipalityFactory,
    PartnershipFactory,
    PartnerTownFactory,
    submitted,
)
from tests.registrations.answers import (
    CONTACT,
    NAME_FOLLOWS,
    PERSON,
    address,
    begin_address,
    draft,
    empty_draft,
)

pytestmark = pytest.mark.django_db

BAD_NAMES = [
    "\u200b\u200b",
    "\u3164",
    "\u2800",
    "\u202eEvil",
    "Erika\nMuster",
    "Erika\x00",
    "Erika \ufffd",
    "E" * 10_000,
    "<script>alert(1)</script>",
]
REAL_NAMES = [
    "Nguyễn Thị Minh Khai",
    "محمد بن سلمان",
    "አበበ ቢቂላ",
    "Олена Пчілка",
    "ნინო",
    "Suharto",
    "n" * 200,
]


@pytest.fixture
def strict():
    """A browser whose CSRF token is checked."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_bad_name_is_refused_and_the_rest_comes_back(client, name):
    edition = EditionFactory()
    key = client.get(begin_address(edition)).context["form"]["form_key"].value()

    response = client.post(
        begin_address(edition), {**CONTACT, "contact_name": name, "form_key": key}
    )

    form = response.context["form"]
    assert list(form.errors) == ["contact_name"]
    assert len(form.errors["contact_name"]) == 1
    assert form["contact_email"].value() == CONTACT["contact_email"]
    assert form["contact_phone"].value() == CONTACT["contact_phone"]
    assert form["form_key"].value() == key
    assert not Delegation.objects.exists()


@pytest.mark.parametrize("name", REAL_NAMES)
def test_a_real_name_of_a_person_is_kept(client, name):
    _delegation, token = draft(german__planned=2)

    client.post(
        address("names", token), {**PERSON, "family_name_1": name, **NAME_FOLLOWS}
    )

    assert Participant.objects.get().family_name == name


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_bad_name_of_a_person_keeps_the_others(client, name):
    _delegation, token = draft(german__planned=2)
    second = {**NAME_FOLLOWS, "family_name_2": "Zwei", "organisation_kind_2": "other"}

    response = client.post(
        address("names", token), {**PERSON, "family_name_1": name, **second}
    )

    form = response.context["form"]
    assert list(form.errors) == ["family_name_1"]
    assert form["family_name_2"].value() == "Zwei"
    assert not Participant.objects.exists()


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_bad_name_of_a_town_is_refused(client, name):
    _delegation, token = empty_draft(german_municipality=MunicipalityFactory())
    PartnerTownFactory()

    response = client.post(
        address("partner-town-enter", token), {"name": name, "country": "NA"}
    )

    form = response.context["form"]
    assert list(form.errors) == ["name"]
    assert form["country"].value() == "NA"


@pytest.mark.parametrize(
    ("name", "answers", "field"),
    [
        ("partnership", {"partnership": "9" * 40}, "partnership"),
        ("partnership", {"partnership": "\x00"}, "partnership"),
        ("municipality", {"town": "' OR 1=1"}, "town"),
        ("municipality-enter", {"name": "A", "kind": "x", "land": "y"}, "kind"),
        ("partner-town-enter", {"name": "A", "country": "DE"}, "country"),
        ("partner-town-enter", {"name": "A", "country": "\x00"}, "country"),
        ("people", {"german": "9" * 400, "partner": "0"}, "german"),
        ("people", {"german": "-1", "partner": "0"}, "german"),
        ("people", {"german": "1e3", "partner": "0"}, "german"),
        ("people", {"german": "²", "partner": "\x00"}, "german"),
        ("partner", {"contact_name": "A", "contact_email": "a\x00@b.de"}, "language"),
        ("contact", {"language": "xx", "writes_for": "me"}, "language"),
        ("admission", {"text": "\u202e"}, "text"),
    ],
)
def test_values_that_no_page_offers_are_refused_beside_the_field(
    client, name, answers, field
):
    german = PartnershipFactory().german
    values = {} if name in ("people", "partner") else {"partnership": None}
    kind = "municipality" if name == "admission" else "partnership"
    _delegation, token = draft(**values, kind=kind)
    if values:
        Delegation.objects.update(german_municipality=german)

    response = client.post(address(name, token), answers)

    assert response.status_code == 200
    assert field in response.context["form"].errors


@pytest.mark.parametrize(
    "query",
    [
        "%00",
        "%ff%fe",
        "%ED%A0%80",
        "%E2%80%AE",
        "x" * 5000,
        "a+" * 2000,
        "%25_%27%22%5c",
        "&q=b&q=c&page=x",
    ],
)
@pytest.mark.parametrize("name", ["municipality", "partner-town", "municipality-enter"])
def test_a_strange_query_is_a_page(client, name, query):
    _delegation, token = empty_draft(german_municipality=MunicipalityFactory())

    response = client.get(f"{address(name, token)}?q={query}")

    assert response.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "%00",
        "%ff",
        "%ED%A0%80",
        "..%2f..",
        "x" * 3000,
        "link/x",
        "%E2%80%AE",
        "' OR 1=1 --",
    ],
)
def test_a_strange_token_is_not_found(client, path):
    response = client.get(f"/de/anmeldung/{path}/")

    assert response.status_code == 404


@pytest.mark.parametrize("pk", ["0", "9" * 30, "-1", "x"])
def test_a_strange_number_of_a_person_is_not_found(client, pk):
    delegation = submitted(EditionFactory())
    token = delegation.german_side.mint_link()

    response = client.get(f"/en/registration/{token}/people/{pk}/")

    assert response.status_code == 404


def test_a_failed_csrf_check_shows_the_filled_form_again(strict):
    edition = EditionFactory()
    key = strict.get(begin_address(edition)).context["form"]["form_key"].value()
    answers = {**CONTACT, "form_key": key}

    response = strict.post(
        begin_address(edition), {**answers, "csrfmiddlewaretoken": "x" * 64}
    )

    form = response.context["form"]
    assert response.status_code == 403
    assert list(form.errors) == ["__all__"]
    assert form["contact_name"].value() == "Erika Muster"
    assert not Delegation.objects.exists()
    assert not Letter.objects.exists()
    again = {**answers, "csrfmiddlewaretoken": str(response.context["csrf_token"])}
    assert strict.post(begin_address(edition), again).status_code == 302
    assert Delegation.objects.count() == 1


def test_a_browser_that_lost_its_cookie_goes_on_with_one_press(strict):
    _delegation, token = draft(german__planned=0)

    response = strict.post(address("people", token), {"german": "2", "partner": "1"})

    assert response.status_code == 403
    assert response.context["form"]["german"].value() == "2"
    again = {
        "german": "2",
        "partner": "1",
        "csrfmiddlewaretoken": str(response.context["csrf_token"]),
    }
    assert strict.post(address("people", token), again).url == address("names", token)


@pytest.mark.parametrize("name", ["submit", "confirm", "withdraw"])
def test_a_failed_csrf_check_changes_nothing(strict, name):
    delegation, token = draft(german__planned=1, german__confirmed_at=None)
    if name == "withdraw":
        delegation.submit()
    before = delegation.state

    response = strict.post(address(name, token))

    delegation.refresh_from_db()
    assert response.status_code == 403
    assert delegation.state == before
    assert not delegation.history.filter(verb__in=["withdraw", "confirm"]).exists()


def test_a_failed_csrf_check_of_the_admin_is_a_plain_page(strict):
    response = strict.post(reverse("admin:login"), {"username": "a", "password": "b"})

    assert response.status_code == 403
    assert "<h1>" in response.content.decode()


def test_too_much_is_said_in_words(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    edition = EditionFactory()

    response = client.post(
        begin_address(edition), {**CONTACT, "contact_name": "x" * 2000}
    )

    assert response.status_code == 413
    assert "That was too much at once" in response.content.decode()
    assert not Delegation.objects.exists()


def test_too_many_fields_are_said_in_words(client):
    edition = EditionFactory()
    fields = {f"field{number}": "" for number in range(1001)}

    response = client.post(begin_address(edition), {**CONTACT, **fields})

    assert response.status_code == 413


def test_the_words_of_a_refusal_are_the_reader_s(client):
    edition = EditionFactory()
    path = begin_address(edition).replace("/en/conferences/", "/de/konferenzen/")
    path = path.replace("/registration/begin/", "/anmeldung/beginnen/")

    page = client.post(path, {**CONTACT, "contact_name": "<b>"}).content.decode()

    assert "Bitte lassen Sie die Zeichen &lt; und &gt; weg." in page
