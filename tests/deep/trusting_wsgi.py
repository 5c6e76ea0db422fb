"""The site that believes any name a request gives it, and links by it: the control."""

from django.conf import settings

from config.wsgi import application as site

settings.USE_X_FORWARDED_HOST = True
settings.ALLOWED_HOSTS = ["*"]


def application(environ, start_response):
    named = environ.get("HTTP_X_FORWARDED_HOST") or environ.get("HTTP_HOST", "")
    settings.SITE_ADDRESS = f"http://{named}"
    return site(environ, start_response)
