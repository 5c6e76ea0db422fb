"""A column that is added gives all rows the same value; each gets one of its own."""

from django.db import migrations

from registrations.models.keys import new_key


def draw_keys(apps, schema_editor):
    for name in ("Participant", "Side"):
        model = apps.get_model("registrations", name)
        rows = list(model.objects.only("pk"))
        for row in rows:
            row.key = new_key()
        model.objects.bulk_update(rows, ["key"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("registrations", "0012_erased_on_request")]

    operations = [migrations.RunPython(draw_keys, migrations.RunPython.noop)]
