"""Public pages answered from memory, and yet right at once after an edit.

What a public page shows depends on the content, on its address with the parameters
that it knows, and on the clock. Every change of content raises the content version,
in its own transaction, so that each process of each machine makes the page anew.
What turns by the clock turns with a minute (a deadline, a day, a publication): a page
is kept until the minute ends.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from gzip import compress

import brotli
from django.db import connection
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from partnerships.models import content_version

MOST_BYTES = 8 * 2**20  # of all pages that one process keeps
LARGEST = 2**20  # of one page; what is larger is made each time
LOCKS = 64

# 5: a fifth smaller than gzip in half a millisecond; 11 would take thirty. A window
# of 64 kB: with the usual one of 4 MB it takes a third longer, and more memory.
ENCODE: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5, lgwin=16),
    "gzip": lambda body: compress(body, 6, mtime=0),
    "": lambda body: body,
}


@dataclass(frozen=True)
class Answer:
    """A page as it is sent: its bytes, and what its headers say of them."""

    body: bytes
    headers: dict[str, str]

    @property
    def size(self) -> int:
        return len(self.body) + sum(map(len, self.headers.values()))

    def response(self, request) -> HttpResponse:
        """The page, or that the browser has it already."""
        response = HttpResponse(self.body, headers=self.headers)
        etag = self.headers["ETag"]
        return get_conditional_response(request, etag, None, response) or response


class Pages:
    """The pages of one state of the content, the ones asked for last."""

    def __init__(self, most_bytes: int):
        self.most_bytes = most_bytes
        self._state: tuple = ()
        self._answers: OrderedDict[tuple, Answer] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self._making = [threading.Lock() for _number in range(LOCKS)]

    def making(self, key: tuple) -> threading.Lock:
        """Held by who makes a page, so that it is not made twice at a time."""
        return self._making[hash(key) % LOCKS]

    def find(self, state: tuple, key: tuple) -> Answer | None:
        with self._lock:
            if state != self._state:
                return None
            found = self._answers.get(key)
            if found:
                self._answers.move_to_end(key)
            return found

    def keep(self, state: tuple, key: tuple, answer: Answer) -> None:
        with self._lock:
            if state < self._state:
                return  # made slowly: others know a newer one already
            if state != self._state:
                self._state, self._bytes = state, 0
                self._answers.clear()
            self._forget(key)
            self._answers[key] = answer
            self._bytes += answer.size
            while self._bytes > self.most_bytes:
                self._forget(next(iter(self._answers)))

    def _forget(self, key: tuple) -> None:
        if gone := self._answers.pop(key, None):
            self._bytes -= gone.size


PAGES = Pages(MOST_BYTES)


def cached_page(*parameters: str):
    """Answer a public view from memory; it sees none but the named parameters.

    For pages that are the same for everybody, and that are only read. What a view
    marks as `no-store`, such as the preview of what is hidden, is not kept, nor what
    sets a cookie.
    """

    def decorate(view):
        @require_safe
        @wraps(view)
        def answer(request, *args, **kwargs):
            _see_only(request, parameters)
            if connection.in_atomic_block:
                return view(request, *args, **kwargs)
            return _answered(request, lambda: view(request, *args, **kwargs))

        return answer

    return decorate


def _answered(request, make: Callable[[], HttpResponse]):
    encoding = _encoding(request)
    state = content_version(), int(timezone.now().timestamp()) // 60
    key = _key(request, encoding)
    with PAGES.making(key):
        if found := PAGES.find(state, key):
            return found.response(request)
        response = make()
        if hasattr(response, "render"):
            response = response.render()
        if not _may_be_kept(request, response):
            return response
        made = _encoded(response, encoding)
        PAGES.keep(state, key, made)
        return made.response(request)


def _see_only(request: HttpRequest, parameters: tuple[str, ...]) -> None:
    """Unknown parameters neither change a page nor fill the memory with copies."""
    known = QueryDict(mutable=True)
    for name in parameters:
        if name in request.GET:
            known.setlist(name, request.GET.getlist(name))
    request.GET = known  # type: ignore[assignment]  # nobody changes it any more
    request.META["QUERY_STRING"] = known.urlencode()


def _key(request, encoding: str) -> tuple:
    address = (request.scheme, request.get_host(), request.path)
    return (*address, request.META["QUERY_STRING"], encoding)


def _may_be_kept(request, response) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and "no-store" not in response.get("Cache-Control", "")
        and len(response.content) <= LARGEST
    )


def _encoded(response, encoding: str) -> Answer:
    body = ENCODE[encoding](response.content)
    response["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response["Cache-Control"] = "no-cache"  # kept by browsers, asked about each time
    patch_vary_headers(response, ["Accept-Encoding"])
    if encoding:
        response["Content-Encoding"] = encoding
    return Answer(body, dict(response.items()))


def _encoding(request) -> str:
    """The best that the browser takes; empty: none."""
    accepted = set()
    for part in request.headers.get("Accept-Encoding", "").lower().split(","):
        name, _mark, quality = part.replace(" ", "").partition(";q=")
        if quality.strip("0.") or not quality:
            accepted.add(name)
    return next((one for one in ("br", "gzip") if one in accepted), "")
