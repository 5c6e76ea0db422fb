from django.core.management.base import BaseCommand, CommandError

from conferences.demonstration_news import load_news
from conferences.models import Series
from registrations import demonstration


class Command(BaseCommand):
    help = (
        "Loads one conference that does not exist, marked as a demonstration, with "
        "invented delegations; registration is open for four months from today. Two "
        "invented news items tell of it. "
        "Where it is there already, nothing is changed. Nobody gets a mail."
    )

    def handle(self, *args, **options):
        series = Series.objects.filter(slug="lateinamerika").first()
        if series is None:
            raise CommandError("There is no series yet: run “manage.py seed” first.")
        is_new = demonstration.load(series)
        is_new = load_news(series) or is_new
        if options["verbosity"] > 0:
            self.stdout.write(
                "The demonstration was added."
                if is_new
                else "The demonstration is there already; nothing was changed."
            )
