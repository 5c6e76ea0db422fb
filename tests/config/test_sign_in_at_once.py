"""Two who bring the same code at the same moment: one of them is let in."""

import pytest
from django.contrib.auth import get_user_model
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from config import second_factor
from tests.registrations.test_at_once import at_once, meet
from tests.signing_in import app_of, code_of

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

__all__ = ["meet"]


@pytest.fixture
def anna():
    return get_user_model().objects.create_user("anna", is_staff=True)


def both_bring(user, code):
    found = at_once(*[lambda: second_factor.verify(user, code)] * 2)
    return sorted(
        "in" if isinstance(one, (TOTPDevice, StaticDevice)) else "out" for one in found
    )


def test_a_code_of_the_app_lets_one_in(anna, meet):
    app = app_of(anna)
    meet(TOTPDevice, "verify_is_allowed")

    assert both_bring(anna, code_of(app)) == ["in", "out"]


def test_a_recovery_code_lets_one_in(anna, meet):
    code, *_others = second_factor.make_recovery_codes(anna)
    meet(StaticToken, "delete", before=True)

    assert both_bring(anna, code) == ["in", "out"]
    assert second_factor.recovery_codes_left(anna) == 9


def test_a_new_account_gets_one_app(anna, meet):
    meet(second_factor, "is_enrolled")
    keys = ["00" * 20, "11" * 20]

    found = at_once(
        *(
            lambda key=key: second_factor.enrol(
                anna, key, code_of(TOTPDevice(user=anna, key=key))
            )
            for key in keys
        )
    )

    assert [type(one) for one in found].count(TOTPDevice) == 1
    assert TOTPDevice.objects.count() == 1
