"""The site, with one more address: the yardstick of the benchmarks."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings

settings.ROOT_URLCONF = "tests.bench.urls"

from config.wsgi import application  # noqa: E402 only after the setting

__all__ = ["application"]
