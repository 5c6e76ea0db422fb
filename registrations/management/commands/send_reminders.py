from django.core.management.base import BaseCommand, no_translations

from registrations import reminders


class Command(BaseCommand):
    help = (
        "Writes a letter to each side that owes something, by the rules of reminders "
        "of its conference. The worker that sends letters does so every hour; running "
        "it again writes nothing twice."
    )

    @no_translations
    def handle(self, *args, **options):
        self.stdout.write(f"reminders: {reminders.write_due()} written")
