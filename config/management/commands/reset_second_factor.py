from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from config import second_factor


class Command(BaseCommand):
    help = (
        "Forgets the app and the recovery codes of an account, for when the only "
        "administrator has lost both; the next sign-in sets up a new app. Otherwise "
        "administrators do this in the list of accounts, where it is written down."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", help="user name")

    def handle(self, *args, name, **options):
        user = get_user_model().objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no account “{name}”.")
        second_factor.reset(user)
        self.stdout.write(f"The second factor of “{name}” was reset.")
