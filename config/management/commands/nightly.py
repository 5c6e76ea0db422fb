from django.core.management.base import BaseCommand, no_translations

from config import nightly


class Command(BaseCommand):
    help = (
        "The work of each night: erases the personal data that are due, and notes "
        "that it was done, for /readyz. It may run twice, and on several machines."
    )

    @no_translations
    def handle(self, *args, **options):
        for name, count in nightly.run().items():
            self.stdout.write(f"{name}: {count} erased")
