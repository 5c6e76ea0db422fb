import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="NightlyRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="ended at"
                    ),
                ),
                ("figures", models.JSONField(default=dict, verbose_name="figures")),
            ],
            options={
                "verbose_name": "nightly run",
                "verbose_name_plural": "nightly runs",
                "ordering": ["-ended_at"],
                "get_latest_by": "ended_at",
            },
        ),
    ]
