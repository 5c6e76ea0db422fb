from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, no_translations
from django.db import transaction

from registrations.encryption import CannotOpen, Sealed, seal_anew, sealed_fields


class Command(BaseCommand):
    help = (
        "Encrypts all encrypted fields anew with the first key of FIELD_KEYS. Put a "
        "new key in front, restart the site, run this, and then take the old key out."
    )

    @no_translations
    def handle(self, *args, **options):
        failed = 0
        for model in apps.get_models():
            for field in sealed_fields(model):
                done, not_opened = rotate(model, field)
                failed += not_opened
                self.stdout.write(f"{model._meta.label}.{field.name}: {done} anew")
        if failed:
            raise CommandError(
                f"{failed} could not be opened: keep all keys, and look at the rows."
            )


def rotate(model, field) -> tuple[int, int]:
    """How many were encrypted anew, and how many no key opens."""
    done = failed = 0
    for key in model._base_manager.values_list("pk", flat=True).iterator():
        with transaction.atomic():
            row = model._base_manager.select_for_update().filter(pk=key).first()
            sealed = row.__dict__[field.attname] if row else ""
            if not isinstance(sealed, Sealed):
                continue
            try:
                anew = seal_anew(sealed)
            except CannotOpen:
                failed += 1
                continue
            model._base_manager.filter(pk=key).update(**{field.attname: anew})
            done += 1
    return done, failed
