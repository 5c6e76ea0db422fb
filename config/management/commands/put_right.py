from django.core.management.base import BaseCommand

from config.models import NightlyRun
from registrations import restored


class Command(BaseCommand):
    help = (
        "What a restored database needs before the site may answer from it; `restore` "
        "runs it. It erases what is due, puts letters that waited in doubt and ends "
        "all sessions."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--moved", action="store_true", help="letters wait on, sessions last"
        )

    def handle(self, *args, **options):
        figures = restored.put_right(moved=options["moved"])
        NightlyRun.objects.finish(figures)
        for name, count in figures.items():
            self.stdout.write(f"{name}: {count}")
