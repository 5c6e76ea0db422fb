"""How gunicorn serves the site: two workers of eight threads, the code loaded once.

Threads, since six slow visitors would block two plain workers for everybody.
"""

import gc
import os
import sys

from django.urls import get_resolver
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
# thousand, nearly all of which go by themselves when it has been sent.
LESS_OFTEN = 10_000


def when_ready(server):
    """What is loaded before the workers start stays: no garbage is looked for in it."""
    get_resolver().url_patterns  # noqa: B018 imports every view
    gc.collect()
    gc.freeze()
    gc.set_threshold(LESS_OFTEN)
