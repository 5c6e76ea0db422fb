from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ConfigConfig(AppConfig):
    """The roof: the one place that knows every app."""

    name = "config"

    def ready(self):
        from config import receivers  # models are loaded only now

        receivers.connect()


class StaffConfig(AdminConfig):
    """Django's admin with our titles and labels."""

    default_site = "config.admin.StaffSite"
