"""The second factor of staff: an app that shows codes, and codes for its loss.

What an app shows counts once, and so does each recovery code, of which only a digest
is stored. Whoever guesses waits twice as long after each wrong code. The two kinds are
told apart by their shape and throttled apart: years of mistyping what the app shows
must not close the way for who has lost it.
"""

import hashlib
import re
import secrets
from base64 import b32encode
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

HOW_MANY = 10
FROM_APP = re.compile(r"[0-9]{6}")
RECOVERY = re.compile(r"[a-z2-7]{16}")


class TooSoon(Exception):
    """After wrong codes none is looked at until an instant."""

    def __init__(self, until: datetime):
        super().__init__(until)
        self.until = until


def is_enrolled(user) -> bool:
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def recovery_codes_left(user) -> int:
    return StaticToken.objects.filter(device__user=user).count()


def verify(user, code: str) -> Device | None:
    """The app or the recovery codes from which a code comes; it is used up then.

    The row is locked: of two that bring the same code at once, one is let in.
    """
    code = re.sub(r"[\s-]", "", code).lower()
    kind: type[Device]
    if FROM_APP.fullmatch(code):
        kind = TOTPDevice
    elif RECOVERY.fullmatch(code):
        kind, code = StaticDevice, digest(code)
    else:
        return None
    with transaction.atomic():
        rows = kind.objects.select_for_update().filter(user=user, confirmed=True)
        device = rows.first()
        if device is None:
            return None
        allowed, why = device.verify_is_allowed()
        if not allowed:
            raise TooSoon(why["locked_until"])
        return device if device.verify_token(code) else None


def enrol(user, key: str, code: str, *, anew: bool = False) -> TOTPDevice | None:
    """Take an app that holds the key, as its code shows; none if it does not.

    Who has an app keeps it, unless this one is to replace it: else the password alone
    would be enough to bring one's own.
    """
    with transaction.atomic():
        _lock(user)
        if is_enrolled(user) and not anew:
            return None
        TOTPDevice.objects.filter(user=user).delete()
        app = TOTPDevice.objects.create(user=user, name="app", key=key)
        if not app.verify_token(re.sub(r"\s", "", code)):
            transaction.set_rollback(True)
            return None
    return app


def make_recovery_codes(user) -> list[str]:
    """New ones; the old ones are void. They can be read now and never again."""
    codes = [
        b32encode(secrets.token_bytes(10)).decode().lower() for _ in range(HOW_MANY)
    ]
    with transaction.atomic():
        _lock(user)
        device, _created = StaticDevice.objects.get_or_create(
            user=user, defaults={"name": "recovery codes"}
        )
        device.token_set.all().delete()
        StaticToken.objects.bulk_create(
            StaticToken(device=device, token=digest(code)) for code in codes
        )
    return ["-".join(re.findall("....", code)) for code in codes]


def reset(user) -> None:
    """Forget app and recovery codes; every session of the account ends with them."""
    with transaction.atomic():
        _lock(user)
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()


def digest(code: str) -> str:
    """Codes are random and long: what is stored gives none of them away."""
    return hashlib.sha256(code.encode()).hexdigest()[:16]


def _lock(user) -> None:
    get_user_model().objects.select_for_update().get(pk=user.pk)
