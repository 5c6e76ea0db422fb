from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The roof: the one place that knows every app."""

    name = "config"

    def ready(self):
        from config import receivers  # models are loaded only now

        receivers.connect()
