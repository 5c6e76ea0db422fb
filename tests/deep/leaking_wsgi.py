"""The site that lets go of nothing: for the control only.

It keeps each answer and its bytes, leaves one file open for every ten, and asks the
database once more for every fifty.
"""

import os

from django.db import connection

from tests.deep.counted_wsgi import counted, site

__all__ = ["application"]

KEPT: list = []
FILES: list = []


def leak(environ, start_response):
    if len(KEPT) % 10 == 0:
        FILES.append(open(os.devnull))  # noqa: SIM115 never closed
    with connection.cursor() as cursor:
        for _number in range(len(KEPT) // 50):
            cursor.execute("SELECT 1")
    response = site(environ, start_response)
    KEPT.append((response, b"".join(response) if not response.streaming else b""))
    return response


application = counted(leak)
