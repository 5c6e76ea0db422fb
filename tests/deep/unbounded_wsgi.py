"""The site without limits of its own, and without our handler: for the control."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402 read by the application above

settings.DATA_UPLOAD_MAX_MEMORY_SIZE = None
settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = None
