"""Sixty clerks of one town hall register within ten minutes; a script does not."""

import pytest
from django.urls import reverse
from django.utils import timezone

from partnerships import throttling
from partnerships.throttling import TooOften
from registrations.models import Delegation, Letter
from tests.factories import EditionFactory
from tests.registrations.answers import CONTACT, begin_address, begun, registered

pytestmark = pytest.mark.django_db
ELSEWHERE = {"REMOTE_ADDR": "198.51.100.8"}


@pytest.fixture
def few(monkeypatch):
    """Limits that are reached soon."""
    for name in ("REGISTRATIONS", "LINKS"):
        limit = getattr(throttling, name)
        few = throttling.Limit(limit.purpose, 2, limit.span)
        monkeypatch.setattr(throttling, name, few)


@pytest.fixture(autouse=True)
def _at_one_moment(monkeypatch):
    """No span of time ends in the middle of a test."""
    now = timezone.now()
    monkeypatch.setattr(throttling.timezone, "now", lambda: now)


def start(client, edition, number, **extra):
    key = {"form_key": f"key-{number:036d}"}
    return client.post(begin_address(edition), {**CONTACT, **key}, **extra)


def test_sixty_begin_from_one_town_hall_and_a_script_does_not(client):
    edition = EditionFactory()
    limit = throttling.REGISTRATIONS

    clerks = [start(client, edition, number).status_code for number in range(60)]
    script = [start(client, edition, number).status_code for number in range(60, 110)]

    assert clerks == [302] * 60
    assert script == [302] * (limit.most - 60) + [429] * (110 - limit.most)
    assert Delegation.objects.count() == limit.most


def test_a_script_of_a_thousand_passes_no_oftener():
    passed = 0
    for _time in range(1000):
        try:
            throttling.pass_or_refuse(throttling.REGISTRATIONS, "198.51.100.7")
        except TooOften:
            continue
        passed += 1

    assert passed == throttling.REGISTRATIONS.most


@pytest.mark.usefixtures("few")
def test_who_asks_from_elsewhere_is_not_hit(client):
    edition = EditionFactory()
    for number in range(3):
        start(client, edition, number)

    assert start(client, edition, 3, **ELSEWHERE).status_code == 302


@pytest.mark.usefixtures("few")
def test_too_often_is_said_on_the_filled_form(client):
    edition = EditionFactory()
    for number in range(2):
        start(client, edition, number)

    response = start(client, edition, 2)

    page = response.content.decode()
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 600
    assert 'value="erika.muster@example.org"' in page
    assert f'value="key-{2:036d}"' in page
    assert "too often in a short time" in page
    assert "organisation@example.org" in page
    assert response.cookies.keys() <= {"csrftoken"}


@pytest.mark.usefixtures("few")
def test_the_same_form_sent_again_counts_once(client):
    edition = EditionFactory()
    start(client, edition, 1)

    again = [start(client, edition, 1).status_code for _time in range(5)]

    assert again == [302] * 5


@pytest.mark.usefixtures("few")
def test_a_form_with_mistakes_counts_nothing(client):
    edition = EditionFactory()
    for _time in range(5):
        begun(client, edition, contact_name="")

    assert start(client, edition, 1).status_code == 302


@pytest.mark.usefixtures("few")
def test_staff_on_behalf_are_not_counted(admin_client):
    edition = EditionFactory()
    path = f"{begin_address(edition)}?behalf"

    answers = [
        admin_client.post(path, {**CONTACT, "form_key": f"key-{number:036d}"})
        for number in range(4)
    ]

    assert [answer.status_code for answer in answers] == [302] * 4


def ask(client, email, **extra):
    return client.post(reverse("registrations:link"), {"email": email}, **extra)


@pytest.mark.usefixtures("few")
def test_links_are_not_asked_for_without_end(client):
    found = [ask(client, f"a{number}@example.org").status_code for number in range(3)]
    other = ask(client, "b@example.org", **ELSEWHERE)

    assert (found, other.status_code) == ([302, 302, 429], 302)


@pytest.mark.parametrize("email", ["erika.muster@example.org", "nobody@example.org"])
def test_one_letter_box_is_spared_whether_it_is_known_or_not(client, email):
    registered()

    found = [
        ask(
            client,
            email.upper() if number % 2 else email,
            REMOTE_ADDR=f"10.0.0.{number}",
        )
        for number in range(6)
    ]

    page = found[-1].content.decode()
    assert [one.status_code for one in found] == [302] * 5 + [429]
    assert "too often in a short time" in page
    assert email.upper() in page
    assert Letter.objects.filter(kind="new_link").count() <= 1
