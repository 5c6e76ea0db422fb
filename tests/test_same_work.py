"""The time of an answer does not tell what we know: it takes the same work.

Counted, not timed: statements of the database, and passwords that are hashed.
"""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registrations.models import Letter
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    ParticipantFactory,
    berlin,
)
from tests.registrations.answers import CONTACT, address, begin_address, registered
from tests.signing_in import PASSWORD, StaffClient

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN = "erika.muster@example.org", "nobody@example.org"


class CountedHasher(MD5PasswordHasher):
    count = 0

    def encode(self, password, salt):
        type(self).count += 1
        return super().encode(password, salt)


def kind(statement: str) -> str:
    """Its first words, without the number of a savepoint."""
    return re.sub(r"s\d+_x\d+", "", " ".join(statement.split()[:3]))


class Watch(StaffClient):
    """A browser that knows what was done until the answer was there, and not after."""

    def __init__(self):
        super().__init__()
        self.answering = self.handler.get_response
        self.handler.get_response = self.watched

    def watched(self, request):
        with CaptureQueriesContext(connection) as seen:
            response = self.answering(request)
        self.statements = [kind(one["sql"]) for one in seen]
        return response

    def work(self, path, typed=None):
        """By the kind of each statement."""
        self.get(path) if typed is None else self.post(path, typed)
        return self.statements


def test_a_wrong_password_takes_the_same_work_whoever_it_is(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountedHasher"]
    create = get_user_model().objects.create_user
    create("anna", password=PASSWORD, is_staff=True)
    create("left", password=PASSWORD, is_staff=True, is_active=False)
    create("guest", password=PASSWORD)
    create("without", is_staff=True)
    watch, found = Watch(), []

    for name in ("first", "anna", "left", "guest", "without", "nobody"):
        before = CountedHasher.count
        typed = {"username": name, "password": "not the password"}
        work = watch.work(reverse("admin:login"), typed)
        found.append((CountedHasher.count - before, work))

    assert found[0][0] == 1
    assert found[1:] == found[:1] * 5


def test_asking_for_a_link_takes_the_same_work_for_an_address_that_is_known():
    delegation, _token = registered()
    DelegationFactory(edition=delegation.edition)
    ParticipantFactory(
        side=delegation.german_side, email=KNOWN, informed_at=berlin("2026-01-01 12:00")
    )
    before = Letter.objects.count()
    watch, asked = Watch(), reverse("registrations:link")
    watch.work(asked, {"email": "first@example.org"})

    known = watch.work(asked, {"email": KNOWN})
    sent = Letter.objects.count() - before
    unknown = watch.work(asked, {"email": UNKNOWN})

    assert sent == 3
    assert (known, len(known)) == (unknown, 6)


def test_beginning_takes_the_same_work_for_an_address_that_is_known():
    edition = registered()[0].edition
    watch, found = Watch(), []

    for number, email in enumerate(("first@example.org", KNOWN, UNKNOWN)):
        typed = {"contact_email": email, "form_key": f"key-{number:036d}"}
        found.append(watch.work(begin_address(edition), {**CONTACT, **typed}))

    assert len(found[0]) > 1
    assert found[1] == found[2]


def test_a_link_that_opened_a_door_once_takes_the_same_work_as_any_other():
    delegation = DelegationFactory(edition=EditionFactory())
    side, watch = delegation.german_side, Watch()
    revoked, expired = side.mint_link(), side.mint_link()
    side.links.opened_by(revoked).update(revoked_at=berlin("2026-01-01 12:00"))
    side.links.opened_by(expired).update(expires_at=berlin("2020-01-01 12:00"))
    watch.work(address("delegation", "f" * 32))

    found = [
        watch.work(address("delegation", token))
        for token in (revoked, expired, "x" * 32)
    ]

    assert found[0]
    assert found == found[:1] * 3
