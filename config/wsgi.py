import contextlib
import os
import re

import django
from django.core.handlers.wsgi import WSGIHandler
from gunicorn.http.errors import ParseException

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# As `client_max_body_size` in deploy/nginx.conf.
MOST_PASSED = 3 * 2**20
SECONDS = 1  # between two pieces of it
CHARSET = re.compile(r";\s*charset\b[^;]*", re.IGNORECASE)


class Handler(WSGIHandler):
    """Every request is read as UTF-8, as we send our pages, whatever charset it names.

    Python knows charsets that are none (`zlib`): Django reads the query by them
    before any page could answer that this makes no sense.
    """

    def __call__(self, environ, start_response):
        named = environ.get("CONTENT_TYPE", "")
        environ["CONTENT_TYPE"] = CHARSET.sub("", named)
        answer = super().__call__(environ, start_response)
        take_rest(environ["wsgi.input"], environ.get("gunicorn.socket"))
        return answer


def take_rest(body, connection=None) -> None:
    """Read what a refusal has left unread of a body, as far as the proxy passes it.

    To hang up on it would reset the connection, and now and then the proxy would lose
    the answer with it: a visitor would read that the site is away. The proxy sends a
    body as a whole; nobody else is waited for.
    """
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.suppress(OSError, ValueError, ParseException))
        if connection is not None:
            stack.callback(connection.settimeout, connection.gettimeout())
            connection.settimeout(SECONDS)
        body.read(MOST_PASSED)


# CPython takes the memory of frames from the system in pieces of 16 kB, and gives a
# piece back as soon as it is empty: a call within a loop that happens to lie at the
# edge of one costs two system calls each time. The same page took 15 to 27 ms, by how
# many frames stood below it. A frame that says it needs 128 kB, and uses none of them,
# makes that piece so large that all below it find room in its other half.
ROOM = 128 * 1024 // 8
Handler.__call__.__code__ = Handler.__call__.__code__.replace(co_stacksize=ROOM)


django.setup(set_prefix=False)
application = Handler()
