"""The site whose threads answer one after the other, slowly: for the control only."""

import threading
import time

from tests.deep.counted_wsgi import counted, site

__all__ = ["application"]

LOCK = threading.Lock()


def one_by_one(environ, start_response):
    with LOCK:
        time.sleep(0.4)
        return site(environ, start_response)


application = counted(one_by_one)
