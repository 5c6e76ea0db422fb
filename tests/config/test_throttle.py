"""Guessing a password is stopped, and a town hall behind one address is not."""

import re
from datetime import timedelta
from ipaddress import ip_network

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import identify_hasher
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from config import throttle
from registrations import erasure
from tests.signing_in import PASSWORD

pytestmark = pytest.mark.django_db

LOGIN = reverse("admin:login")
TOWN_HALL = "198.51.100.7"
WRONG = "falsch"


@pytest.fixture
def accounts():
    create = get_user_model().objects.create_user
    return [create(name, password=PASSWORD, is_staff=True) for name in ("anna", "ben")]


def guess(client, name, typed=WRONG, address=TOWN_HALL, times=1, **more):
    typed = {"username": name, "password": typed}
    for _time in range(times):
        answer = client.post(LOGIN, typed, REMOTE_ADDR=address, **more)
    return answer


def is_let_on(answer):
    return answer.status_code == 302


def test_five_wrong_passwords_lock_a_name_at_an_address(client, accounts):
    before = guess(client, "anna", times=4).status_code
    locked = guess(client, "anna")
    right = guess(client, "anna", PASSWORD)

    assert (before, locked.status_code, right.status_code) == (200, 429, 429)
    assert locked.headers["Retry-After"] == "900"
    assert "in 15 Minuten noch einmal" in locked.content.decode()


def test_another_browser_at_the_address_is_locked_as_well(client, accounts):
    guess(client, "anna", times=5, headers={"user-agent": "one"})

    answer = guess(client, "anna", PASSWORD, headers={"user-agent": "two"})

    assert answer.status_code == 429


def test_others_at_the_same_address_are_not_locked(client, accounts):
    for number in range(60):
        guess(client, f"somebody-{number}")
    guess(client, "anna", times=5)

    assert is_let_on(guess(client, "ben", PASSWORD))


def test_the_name_at_another_address_is_not_locked(client, accounts):
    guess(client, "anna", times=5)

    assert is_let_on(guess(client, "anna", PASSWORD, address="203.0.113.9"))


def test_a_name_guessed_from_many_addresses_is_locked(client, accounts):
    for number in range(13):
        guess(client, "anna", address=f"192.0.2.{number}", times=4)

    assert guess(client, "anna", PASSWORD).status_code == 429
    assert is_let_on(guess(client, "ben", PASSWORD))


def test_a_name_that_does_not_exist_is_answered_alike(client, accounts):
    for times in (1, 4):
        known = guess(client, "anna", times=times)
        unknown = guess(client, "nobody", times=times)

        assert known.status_code == unknown.status_code
    assert known.content == unknown.content


def test_no_refusal_tells_which_accounts_there_are(client, accounts):
    """Neither that one is closed, nor that it is no account of the staff."""
    create = get_user_model().objects.create_user
    create("left", password=PASSWORD, is_staff=True, is_active=False)
    create("guest", password=PASSWORD)

    answers = [
        guess(client, name, typed)
        for name, typed in (
            ("anna", WRONG),
            ("nobody", WRONG),
            ("left", PASSWORD),
            ("guest", PASSWORD),
        )
    ]

    pages = {
        re.sub(r'value="(anna|nobody|left|guest|\w{64})"', "", one.content.decode())
        for one in answers
    }
    assert [one.status_code for one in answers] == [200] * 4
    assert len(pages) == 1


@pytest.mark.parametrize(("minutes", "lets_on"), [(14, False), (16, True)])
def test_the_lock_opens_after_a_quarter_of_an_hour(client, accounts, minutes, lets_on):
    guess(client, "anna", times=5)
    attempts = AccessAttempt.objects
    attempts.update(attempt_time=timezone.now() - timedelta(minutes=minutes))

    assert is_let_on(guess(client, "anna", PASSWORD)) is lets_on


def test_trying_while_locked_does_not_make_the_lock_longer(client, accounts):
    guess(client, "anna", times=5)
    before = AccessAttempt.objects.get().attempt_time

    guess(client, "anna", times=3)

    assert AccessAttempt.objects.get().attempt_time == before


def test_passwords_and_names_are_not_kept_besides_the_count(client, accounts):
    guess(client, "anna", "geheim-getippt")

    attempt = AccessAttempt.objects.get()
    assert "geheim" not in attempt.post_data
    assert "anna" not in attempt.post_data


def test_who_signs_in_leaves_no_address(client, accounts):
    guess(client, "anna")
    guess(client, "anna", PASSWORD)

    assert (AccessLog.objects.count(), AccessFailureLog.objects.count()) == (0, 0)


@pytest.mark.parametrize(("minutes", "left"), [(14, 1), (15, 0)])
def test_addresses_are_erased_when_they_lock_nobody_out(client, minutes, left):
    guess(client, "anna")
    at = AccessAttempt.objects.get().attempt_time

    erasure.erase(at=at + timedelta(minutes=minutes))

    assert AccessAttempt.objects.count() == left


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),
        ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("10.0.0.1", "::ffff:192.0.2.1", "192.0.2.1"),
        ("", None, None),
    ],
    ids=["no proxy", "ours", "v6", "v4 in v6", "a socket"],
)
def test_wrong_passwords_count_for_the_line_that_they_came_from(
    settings, peer, forwarded, found
):
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)

    assert throttle.client_address(request) == found


def test_a_password_of_before_is_stored_anew_as_argon2(client, settings):
    from config import settings as own

    settings.PASSWORD_HASHERS = own.PASSWORD_HASHERS[1:]
    user = get_user_model().objects.create_user("anna", password=PASSWORD)
    user.is_staff = True
    user.save()
    before = identify_hasher(user.password).algorithm
    settings.PASSWORD_HASHERS = own.PASSWORD_HASHERS

    client.send_password(user)

    user.refresh_from_db()
    assert (before, user.password.split("$")[:2]) == (
        "pbkdf2_sha256",
        ["argon2", "argon2id"],
    )
    assert user.check_password(PASSWORD)
