"""What Django's and WhiteNoise's own middleware do, with our choices, and who asks."""

from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from whitenoise.middleware import WhiteNoiseMiddleware

from config import clients


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """Files whose name carries a hash may be kept for a year."""

    FOREVER = 365 * 24 * 3600


class CompressionMiddleware(GZipMiddleware):
    """Compresses public pages only.

    A page under a personal link is never compressed: the length of a body that
    holds both a secret and what somebody typed gives the secret away (BREACH).
    """

    def process_response(self, request, response):
        if "no-store" in response.get("Cache-Control", ""):
            return response
        return super().process_response(request, response)


class LanguageMiddleware(LocaleMiddleware):
    """The address says the language; the admin is in German whoever asks."""

    def process_request(self, request):
        if request.path_info.startswith("/admin/"):
            translation.activate("de")
            request.LANGUAGE_CODE = "de"
            return
        super().process_request(request)


class ClientMiddleware:
    """Tells the rooms below, which cannot import from here, whose request it is."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.client_address = clients.address_of(request)
        return self.get_response(request)
