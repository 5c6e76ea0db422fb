"""How gunicorn serves the site: two workers of eight threads, the code loaded once.

Threads, since six slow visitors would block two plain workers for everybody.
"""

import gc
import os
import sys
from pathlib import Path

from django.conf import settings
from django.template import engines
from django.urls import get_resolver
from django.utils import translation
from gunicorn import glogging

from config import logs

preload_app = True
worker_class = "gthread"
workers = 2
threads = 8
timeout = 60
graceful_timeout = 20
keepalive = 5
# A personal link stands in the path: no access log holds it.
accesslog = None
limit_request_line = 8190
control_socket_disable = True


class Logger(glogging.Logger):
    """What gunicorn says of itself, outside development in lines like the site's."""

    def setup(self, cfg):
        super().setup(cfg)
        if os.environ.get("DEVELOPMENT") != "yes":
            for handler in self.error_log.handlers:
                handler.setStream(sys.stdout)
                handler.setFormatter(logs.Json())


logger_class = Logger

# Garbage is looked for after so many new objects, not after 700: a page makes several
# thousand, most of which go by themselves when it has been sent. What Django ties into
# a circle stays until then, and if it was in use meanwhile until a later look: the
# second at what was left comes after three of the first kind, the last after twelve,
# or ten megabytes of it would lie about.
LESS_OFTEN, OF_WHAT_WAS_LEFT, OF_ALL = 10_000, 1, 3


def when_ready(server):
    """What is loaded before the workers start stays: no garbage is looked for in it."""
    load()
    gc.collect()
    gc.freeze()
    # Python looks through all only when it has grown by a quarter of what was there
    # the last time: from here on that is nothing.
    gc.collect()
    gc.set_threshold(LESS_OFTEN, OF_WHAT_WAS_LEFT, OF_ALL)


def load():
    """Views, addresses, translations and templates, once for all workers.

    Each of them would load the same within its first thousand pages, and keep it.
    """
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            get_resolver().reverse_dict  # noqa: B018 imports every view
    templates = engines["django"]
    for folder in map(Path, templates.template_dirs):
        for file in folder.rglob("*.html"):
            templates.get_template(file.relative_to(folder).as_posix())
