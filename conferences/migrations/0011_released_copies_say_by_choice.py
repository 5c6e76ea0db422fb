from django.db import migrations

NAME = "is_by_choice"


def say_it(apps, schema_editor):
    """What was public before could not be chosen: its copy says so from now on."""
    rows = apps.get_model("conferences", "Session").objects.exclude(released=None)
    for session in rows:
        session.released = {NAME: False, **session.released}
        session.save(update_fields=["released"])


def leave_it_out(apps, schema_editor):
    rows = apps.get_model("conferences", "Session").objects.exclude(released=None)
    for session in rows:
        session.released.pop(NAME, None)
        session.save(update_fields=["released"])


class Migration(migrations.Migration):
    dependencies = [("conferences", "0010_sessions_by_choice")]

    operations = [migrations.RunPython(say_it, leave_it_out)]
