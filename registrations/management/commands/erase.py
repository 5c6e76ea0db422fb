from django.core.management.base import BaseCommand, no_translations

from registrations import erasure, forgetting, overwriting

ASKED = "who asked for it"


class Command(BaseCommand):
    help = (
        "Erases what is due: drafts that nobody saved for 30 days, "
        "people and letters of conferences that ended 90 days ago, what has "
        "expired, and who asked for it. Run it every night; running it again "
        "erases nothing more."
    )

    def add_arguments(self, parser):
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--dry-run", action="store_true", help="count what is due, erase nothing"
        )
        which.add_argument(
            "--again",
            action="store_true",
            help="only erase again who had asked for it: after a backup was restored",
        )

    @no_translations
    def handle(self, *args, **options):
        if options["dry_run"]:
            self.tell(erasure.erase(dry_run=True), "due")
            people, sides = forgetting.asked()
            self.tell({ASKED: len(people) + len(sides)}, "due")
            return
        if not options["again"]:
            self.tell(erasure.erase(), "erased")
        self.tell({ASKED: forgetting.erase_again()}, "erased")
        if not overwriting.overwrite():
            self.stdout.write("not all files of the database were written anew")

    def tell(self, counts, done):
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count} {done}")
