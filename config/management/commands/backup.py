from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations

from config import backup, dumps


class Command(BaseCommand):
    help = (
        "Writes the database and the uploads into one file in FOLDER, which only its "
        "owner may read, while the site runs. FIELD_KEYS and SECRET_KEY are not in it: "
        "keep them elsewhere."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--keep",
            type=int,
            metavar="NUMBER",
            help="then delete all but so many of the newest backups in FOLDER",
        )

    @no_translations
    def handle(self, *args, **options):
        keep = options["keep"]
        if keep is not None and keep < 1:
            raise CommandError("--keep: at least 1")
        folder, media = options["folder"].resolve(), Path(settings.MEDIA_ROOT)
        try:
            made = backup.make(dumps.of_the_site(), media, folder)
        except dumps.Unable as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(f"{made} ({made.stat().st_size / 2**20:.1f} MB)")
        if keep:
            self.stdout.write(f"older ones deleted: {backup.forget_old(folder, keep)}")
