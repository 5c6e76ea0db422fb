from django.core.management.base import BaseCommand, no_translations

from registrations.models import Offer


class Command(BaseCommand):
    help = (
        "Ends the offers of places that nobody answered in time, and asks those that "
        "wait next. The worker that sends letters does so too; running it again ends "
        "nothing more."
    )

    @no_translations
    def handle(self, *args, **options):
        self.stdout.write(f"offers: {Offer.objects.expire()} ended")
