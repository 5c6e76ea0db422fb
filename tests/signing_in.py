"""How tests sign in: with both factors, unless they want to see what one is worth."""

import time

from django.http import HttpRequest
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from config import sign_in

PASSWORD = "ein langes Passwort"


def app_of(user) -> TOTPDevice:
    """An app that shows codes, as somebody has it who is enrolled."""
    app, _created = TOTPDevice.objects.get_or_create(user=user, name="app")
    return app


def code_of(app, later: int = 0) -> str:
    """What an app shows now, or so many steps later."""
    shown = TOTP(app.bin_key, app.step, app.t0, app.digits, later)
    shown.time = time.time()
    return f"{shown.token():06d}"


def wrong_code(app) -> str:
    """Six digits that the app shows neither now nor just before or after."""
    right = {code_of(app, later) for later in (-2, -1, 0, 1, 2)}
    return next(
        code
        for code in ("000000", *map(str, range(111111, 111120)))
        if code not in right
    )


class StaffClient(Client):
    def force_login(self, user, backend=None):
        """Past the password and past the second factor."""
        self.force_password(user, backend)
        request = HttpRequest()
        request.session = self.session
        sign_in.complete(request, user, app_of(user))
        request.session.save()
        self.cookies["sessionid"] = request.session.session_key

    def force_password(self, user, backend=None):
        """Past the password only."""
        super().force_login(user, backend)

    def send_password(self, user, password=PASSWORD, **more):
        typed = {"username": user.get_username(), "password": password}
        return self.post("/admin/login/", typed, **more)
