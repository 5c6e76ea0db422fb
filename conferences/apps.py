from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class ConferencesConfig(AppConfig):
    name = "conferences"
    verbose_name = _("Conferences")

    def ready(self):
        from conferences import checks  # models are loaded only now

        register(checks.texts_have_no_gaps, "content", deploy=True)
