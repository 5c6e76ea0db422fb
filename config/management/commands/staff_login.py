import os
import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from config import second_factor

NAME = "admin"
HELP = (
    "The second step asks for a code: one of these, each works once, …",
    "… or what an app shows that has this key, …",
    "… or what `python manage.py staff_login` prints.",
)


class Command(BaseCommand):
    help = (
        "For development: makes the first staff account, once, and writes its "
        "password and recovery codes into admin-password.txt in the var folder. "
        "Prints the code with which it signs in now."
    )

    def handle(self, *args, **options):
        if not settings.DEVELOPMENT:
            raise CommandError(
                "Only for development. Elsewhere use: manage.py createsuperuser"
            )
        users = get_user_model().objects
        user = users.filter(username=NAME).first()
        file = settings.VAR_DIR / "admin-password.txt"
        if user is None:
            password = secrets.token_urlsafe(18)
            write_for_owner(file, password)
            user = users.create_superuser(NAME, password=password)
        if not second_factor.is_enrolled(user):
            app = TOTPDevice.objects.create(user=user, name="app")
            codes = second_factor.make_recovery_codes(user)
            password = file.read_text("utf-8").splitlines()[0] if file.exists() else ""
            lines = [password, "", HELP[0], *codes, HELP[1], app.config_url, HELP[2]]
            write_for_owner(file, "\n".join(lines))
        if options["verbosity"] > 0:
            self.stdout.write(f"Staff account “{NAME}”; its password stands in {file}")
            self.stdout.write(f"The code of the second step, now: {code_of(user)}")


def code_of(user) -> str:
    """What an app would show."""
    app = TOTPDevice.objects.get(user=user, confirmed=True)
    return f"{TOTP(app.bin_key, app.step, app.t0, app.digits).token():06d}"


def write_for_owner(file, text: str) -> None:
    """Write a file that nobody else may read, not even for a moment."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as opened:
        opened.write(f"{text}\n")
