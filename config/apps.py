from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ConfigConfig(AppConfig):
    """The roof: the one place that knows every app."""

    name = "config"

    def ready(self):
        from config import receivers  # models are loaded only now

        receivers.connect()


class StaffConfig(AdminConfig):
    """Django's admin with our titles, labels, sign-in and fields for texts."""

    default_site = "config.admin.site.StaffSite"

    def ready(self):
        from config.admin import moments, texts  # models are loaded only now

        texts.clean_all()
        moments.name_all()
        super().ready()
        from config.admin import accounts  # noqa: F401 in place of Django's, now there
