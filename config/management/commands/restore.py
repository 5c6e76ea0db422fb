from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations

from config import dumps, restore


class Command(BaseCommand):
    help = (
        "Puts a backup in the place of the database and the uploads, while the site "
        "is stopped. What is due is erased in it before. Letters that were waiting "
        "when it was made are in doubt, for staff, and staff sign in again."
    )

    requires_system_checks = []  # they may ask a database that is not there yet

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="give up what the site holds now"
        )
        parser.add_argument(
            "--moved",
            action="store_true",
            help="nothing happened since the backup: letters wait on, sessions last",
        )
        parser.add_argument(
            "--check", action="store_true", help="only read the backup, change nothing"
        )

    @no_translations
    def handle(self, *args, **options):
        media = Path(settings.MEDIA_ROOT)
        try:
            database = dumps.of_the_site()
            archive = restore.checked(options["file"])
            restore.must_fit(archive, database)
            self.tell(archive)
            if options["check"]:
                return
            if not options["replace"]:
                restore.must_be_empty(database, media)
            moved, tell = options["moved"], self.stdout.write
            restore.restore(archive, database, media, moved=moved, tell=tell)
        except dumps.Unable as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write("Restored.")

    def tell(self, archive):
        made, files = archive.manifest["made_at"], len(archive.manifest["files"])
        self.stdout.write(f"Backup of {made}, {files} files, all checksums are right.")
        if restore.opens_no_field(archive):
            self.stderr.write(
                "None of FIELD_KEYS was in use when it was made: nobody can read diet "
                "and visa data until the old key stands there too."
            )
