"""What Django's and WhiteNoise's middleware do, with our choices, and our own."""

import logging
import re
import secrets
import time

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from whitenoise.middleware import WhiteNoiseMiddleware

from config import clients, logs
from partnerships.models.content import one_content

ADMIN = "/admin/"
logger = logging.getLogger(__name__)

METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
ANSWERED = ["GET", "HEAD", "OPTIONS", "POST"]
NUMBER = re.compile(r"[0-9a-f]{32}")
# Asked every few seconds by machines; only a bad answer is worth a line.
PROBES = {"/healthz", "/readyz"}


class RequestLogMiddleware:
    """One line for each request: what was asked, how it was answered, how fast.

    Of the admin also what happened that matters for safety.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        sent = request.headers.get("X-Request-ID", "")
        number = sent if NUMBER.fullmatch(sent) else secrets.token_hex(16)
        before = logs.REQUEST.set(number)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            if request.path not in PROBES or response.status_code != 200:
                _write_line(request, response, time.perf_counter() - began)
            return response
        finally:
            logs.REQUEST.reset(before)


def _write_line(request, response, seconds: float) -> None:
    facts = {
        "method": request.method if request.method in METHODS else "other",
        "path": logs.masked_path(request.path),
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
    }
    if event := _event(request, response):
        facts["event"] = event
    words = "{method} {path} {status} in {ms} ms".format(**facts)
    logger.info(words, extra={"facts": facts})


def _event(request, response) -> str:
    """What happened in the admin that matters for safety; empty: nothing."""
    if not request.path.startswith(ADMIN):
        return ""
    if response.status_code == 403:
        return "refused"
    if response.get("Content-Disposition", "").startswith("attachment"):
        return "downloaded"
    return getattr(request, "event", "")


class RefusalMiddleware:
    """Nobody keeps a refusal or an error."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code >= 400 and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """Files whose name carries a hash may be kept for a year."""

    FOREVER = 365 * 24 * 3600


class ResourcePolicyMiddleware:
    """No other site puts a page, a picture or a file of ours into its own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class CompressionMiddleware(GZipMiddleware):
    """Compresses public pages only: files, which are streamed, are small already.

    A page under a personal link is never compressed: the length of a body that
    holds both a secret and what somebody typed gives the secret away (BREACH).
    """

    def process_response(self, request, response):
        if response.streaming or "no-store" in response.get("Cache-Control", ""):
            return response
        return super().process_response(request, response)


class LanguageMiddleware(LocaleMiddleware):
    """The address says the language; the admin is in German whoever asks."""

    def process_request(self, request):
        if request.path_info.startswith(ADMIN):
            translation.activate("de")
            request.LANGUAGE_CODE = "de"
            return
        super().process_request(request)

    def process_response(self, request, response):
        """A file has no language: nobody keeps one of it for each."""
        if request.path_info.startswith("/media/"):
            return response
        return super().process_response(request, response)


class OneContentMiddleware:
    """A page shows one state of the published content, and asks once which it is."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with one_content():
            return self.get_response(request)


class MethodMiddleware:
    """Answers what pages understand only, and says so in words.

    Where a page itself understands less, Django says it with an empty one.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method in ANSWERED:
            response = self.get_response(request)
        else:
            response = HttpResponseNotAllowed(ANSWERED)
        if response.status_code == 405 and not response.content:
            response.content = render(request, "405.html").content
        return response


class ClientMiddleware:
    """Tells the rooms below, which cannot import from here, whose request it is."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.client_address = clients.address_of(request)
        return self.get_response(request)


class SignInMiddleware:
    """Nobody, on every page of the site: who has given only the password, or has left.

    Who left may keep groups, and a session from before. A page of the admin prolongs
    the session; public pages know nothing of it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        known = request.user

        def signed_in():
            is_whole = known.is_authenticated and known.is_verified()
            return known if is_whole and known.is_staff else AnonymousUser()

        request.user = SimpleLazyObject(signed_in)
        if request.path_info.startswith(ADMIN) and request.user.is_authenticated:
            request.session.prolong()
        return self.get_response(request)
