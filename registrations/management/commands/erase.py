from django.core.management.base import BaseCommand, no_translations

from registrations import erasure


class Command(BaseCommand):
    help = (
        "Erases the personal data that are due: drafts that nobody saved for 30 days, "
        "people and letters of conferences that ended 90 days ago, and what has "
        "expired. Run it every night; running it again erases nothing more."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="count what is due, erase nothing"
        )

    @no_translations
    def handle(self, *args, **options):
        done = "due" if options["dry_run"] else "erased"
        for name, count in erasure.erase(dry_run=options["dry_run"]).items():
            self.stdout.write(f"{name}: {count} {done}")
