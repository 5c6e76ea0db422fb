"""A dead link explains itself, and a new one comes without staff."""

import re

import pytest
from django.urls import reverse

from registrations.models import Delegation, Letter
from registrations.views.links import AnsweredFirst
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    berlin,
)
from tests.registrations.answers import CONTACT, address, begin_address, registered

pytestmark = pytest.mark.django_db


def test_an_old_link_explains_itself(client):
    delegation, token = registered()
    delegation.german_side.links.update(expires_at=berlin("2020-02-01 12:00"))

    response = client.get(address("delegation", token))

    assert response.status_code == 404
    assert reverse("registrations:link") in response.content.decode()


def ask_for_link(client, email, **more):
    return client.post(reverse("registrations:link"), {"email": email, **more})


def links_sent():
    kinds = [Letter.Kind.NEW_LINK, Letter.Kind.CONTINUE_LINK]
    return list(
        Letter.objects.filter(kind__in=kinds)
        .order_by("pk")
        .values_list("side__delegation__reference", flat=True)
    )


def test_the_link_is_sent_for_every_delegation_of_the_address(client):
    first, _token = registered()
    draft = DelegationFactory(edition=first.edition)

    ask_for_link(client, "ERIKA.muster@example.org")

    assert sorted(links_sent()) == sorted([first.reference, draft.reference])


def test_the_reference_narrows_it_down(client):
    first, _token = registered()
    DelegationFactory(edition=first.edition)

    ask_for_link(client, "erika.muster@example.org", reference=first.reference)

    assert links_sent() == [first.reference]


def test_a_conference_that_is_over_sends_no_link(client):
    over = EditionFactory(
        year=2020, starts_on=berlin("2020-05-01").date(), ends_on=berlin("2020-05-02")
    )
    DelegationFactory(edition=over)

    ask_for_link(client, "erika.muster@example.org")

    assert links_sent() == []


def test_asking_again_at_once_sends_no_second_letter(client):
    delegation, _token = registered()

    for _time in range(2):
        ask_for_link(client, "erika.muster@example.org")

    assert links_sent() == [delegation.reference]


def test_the_answer_does_not_tell_whether_an_address_is_known(client):
    registered()
    known = ask_for_link(client, "erika.muster@example.org")
    unknown = ask_for_link(client, "nobody@example.org")

    pages = [client.get(answer.url).content for answer in (known, unknown)]

    assert known.url == unknown.url
    assert dict(known.items()) == dict(unknown.items())
    assert pages[0] == pages[1]


def test_what_fails_after_the_answer_is_logged_and_the_answer_stays(caplog):
    def fail():
        raise ArithmeticError

    answer = AnsweredFirst("/somewhere/", fail)
    answer.close()

    [line] = caplog.records
    assert (answer.url, answer.closed) == ("/somewhere/", True)
    assert line.exc_info[0] is ArithmeticError


def test_beginning_does_not_tell_whether_an_address_is_known(client):
    edition = registered()[0].edition
    pages = []
    for email in ("erika.muster@example.org", "nobody@example.org"):
        key = f"key-{len(pages):036d}"
        typed = {**CONTACT, "contact_email": email, "form_key": key}
        led = client.post(begin_address(edition), typed)
        page = client.get(led.url).content.decode()
        token = led.url.split("/")[3]
        reference = Delegation.objects.latest("pk").reference
        for own in (token, email, reference):
            page = page.replace(own, "")
        pages.append((led.status_code, re.sub(r'value="\w{64}"', "", page)))

    assert pages[0] == pages[1]
