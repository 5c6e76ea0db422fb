"""The page for what went wrong here: our fault, or a database that is away."""

import sys

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template

from config import logs

RETRY_SECONDS = 10


def server_error(request):
    """Our fault, unless the database cannot be reached or cannot write.

    Then nothing is wrong with the request: the same one will be answered soon. The
    page of an error asks nothing of the database; its number leads to the line of it.
    """
    if is_away(sys.exc_info()[1]):
        return unavailable(request)
    page = get_template("500.html").render({"number": logs.REQUEST.get()[:8]})
    return HttpResponseServerError(page)


def is_away(error: BaseException | None) -> bool:
    """Whether an error says something about the database, and not about our SQL.

    psycopg2 raises a plain DatabaseError where a connection breaks in an answer.
    SQLite calls everything operational; a missing table is SQLITE_ERROR.
    """
    named = getattr(getattr(error, "__cause__", None), "sqlite_errorname", "")
    return named != "SQLITE_ERROR" and (
        isinstance(error, OperationalError | InterfaceError)
        or type(error) is DatabaseError
    )


def unavailable(request):
    response = render(request, "503.html", status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response
