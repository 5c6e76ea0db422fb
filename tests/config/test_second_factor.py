"""Whoever is new brings an app; who has one brings another only with a code."""

import pytest
from django.contrib.auth import get_user_model
from django_otp.plugins.otp_totp.models import TOTPDevice

from config import second_factor
from tests.config.test_sign_in import CODE, ENROL, INDEX, LOGIN, OWN, is_in, send
from tests.signing_in import PASSWORD, app_of, code_of, wrong_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return get_user_model().objects.create_user(
        "anna", password=PASSWORD, is_staff=True, is_superuser=True
    )


def test_a_new_account_brings_its_app_first(client, anna):
    page = client.post(
        LOGIN, {"username": "anna", "password": PASSWORD, "next": INDEX}, follow=True
    )
    key = client.session["key_of_new_app"]
    app = TOTPDevice(user=anna, key=key)
    shown = send(client, code_of(app), ENROL).content.decode()

    assert page.redirect_chain[-1][0].startswith(ENROL)
    assert "<svg" in page.content.decode()
    assert "style=" not in page.content.decode()
    assert page.context["secret"].replace(" ", "") in app.config_url
    assert shown.count("<li><code>") == 10
    assert is_in(client)


def test_the_picture_stays_the_same_until_a_code_is_right(client, anna):
    client.force_password(anna)
    first = client.get(ENROL).context["secret"]

    refused = send(client, "000000", ENROL)

    assert (refused.context["secret"], second_factor.is_enrolled(anna)) == (
        first,
        False,
    )
    assert list(refused.context["form"].errors) == ["code"]
    assert TOTPDevice.objects.count() == 0


def test_the_password_alone_brings_no_other_app(client, anna):
    app = app_of(anna)
    client.force_password(anna)

    assert client.get(ENROL).url == f"{CODE}?next={INDEX}"
    assert send(client, "123456", ENROL).url == f"{CODE}?next={INDEX}"
    assert (
        second_factor.enrol(anna, "00" * 20, code_of(TOTPDevice(key="00" * 20))) is None
    )
    assert [*TOTPDevice.objects.all()] == [app]


def test_being_signed_in_alone_brings_no_other_app(client, anna):
    client.force_login(anna)

    assert client.get(ENROL).url == f"{CODE}?next={INDEX}"


def test_a_code_allows_another_app(client, anna):
    client.force_login(anna)
    old = app_of(anna)

    allowed = send(client, code_of(old), OWN, another_app="1")
    client.get(allowed.url)
    new = TOTPDevice(user=anna, key=client.session["key_of_new_app"])
    send(client, code_of(new), ENROL)

    assert allowed.url == ENROL
    assert TOTPDevice.objects.get().key == new.key != old.key
    assert is_in(client)


def test_new_recovery_codes_need_a_code_and_end_the_old_ones(client, anna):
    client.force_login(anna)
    old = second_factor.make_recovery_codes(anna)

    refused = send(client, wrong_code(app_of(anna)), OWN)
    made = send(client, old[0], OWN)

    assert "<li><code>" not in refused.content.decode()
    assert made.content.decode().count("<li><code>") == 10
    assert second_factor.verify(anna, old[1]) is None
