import os
import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

NAME = "admin"


class Command(BaseCommand):
    help = (
        "For development: makes the first staff account, once, and writes its "
        "password into admin-password.txt in the var folder."
    )

    def handle(self, *args, **options):
        if not settings.DEVELOPMENT:
            raise CommandError(
                "Only for development. Elsewhere use: manage.py createsuperuser"
            )
        users = get_user_model().objects
        if users.filter(username=NAME).exists():
            return
        password = secrets.token_urlsafe(18)
        file = settings.VAR_DIR / "admin-password.txt"
        write_for_owner(file, password)
        users.create_superuser(NAME, password=password)
        self.stdout.write(f"Staff account “{NAME}”; its password stands in {file}")


def write_for_owner(file, text: str) -> None:
    """Write a file that nobody else may read, not even for a moment."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as opened:
        opened.write(f"{text}\n")
