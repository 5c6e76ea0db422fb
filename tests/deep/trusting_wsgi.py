"""The site that believes any name a request gives it: for the control."""

from django.conf import settings

from config.wsgi import application

__all__ = ["application"]

settings.USE_X_FORWARDED_HOST = True
settings.ALLOWED_HOSTS = ["*"]
