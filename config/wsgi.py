import os
import re

import django
from django.core.handlers.wsgi import WSGIHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

CHARSET = re.compile(r";\s*charset\b[^;]*", re.IGNORECASE)


class Handler(WSGIHandler):
    """Every request is read as UTF-8, as we send our pages, whatever charset it names.

    Python knows charsets that are none (`zlib`): Django reads the query by them
    before any page could answer that this makes no sense.
    """

    def __call__(self, environ, start_response):
        named = environ.get("CONTENT_TYPE", "")
        environ["CONTENT_TYPE"] = CHARSET.sub("", named)
        return super().__call__(environ, start_response)


django.setup(set_prefix=False)
application = Handler()
