from django.core.management.base import BaseCommand, CommandError, no_translations
from django.db import transaction

from conferences import seeding as conferences
from partnerships import seeding as partnerships
from partnerships.masterdata import Report
from registrations import seeding as registrations


class Command(BaseCommand):
    help = (
        "Loads the facts that come with the code: regions, countries, municipalities, "
        "partnerships, conferences, texts. Only what is missing is added; what staff "
        "changed stays as it is. A row that staff deleted or merged into another "
        "comes back: hide a partnership or conference instead (published at: empty). "
        "Rows that do not fit are named at the end, and the others stay."
    )

    @no_translations
    def handle(self, *args, **options):
        report = Report()
        with transaction.atomic():
            for app in (partnerships, conferences, registrations):
                app.load(report)
        if options["verbosity"] > 0:
            for line in report.lines():
                self.stdout.write(line)
        if report.faults:
            raise CommandError(
                "These rows do not fit and were left out:\n" + "\n".join(report.faults)
            )
