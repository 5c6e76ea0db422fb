"""The page for what went wrong here: our fault, or a database that is away."""

import sys

from django.db import DatabaseError, InterfaceError, OperationalError, connection
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
    error = sys.exc_info()[1]
    if is_away(error):
        let_go(error, connection)
        return unavailable(request)
    page = get_template("500.html").render({"number": logs.REQUEST.get()[:8]})
    return HttpResponseServerError(page)


def let_go(error: BaseException | None, used) -> None:
    """Have SQLite opened anew where it can only be read.

    A connection that was opened while the disk took nothing never writes again; it is
    kept from request to request, so it would not when there is room either.
    """
    if _sqlite_name(error).startswith("SQLITE_READONLY") and not used.in_atomic_block:
        used.close()


def _sqlite_name(error: BaseException | None) -> str:
    return getattr(getattr(error, "__cause__", None), "sqlite_errorname", "")


def is_away(error: BaseException | None) -> bool:
    """Whether an error says something about the database, and not about our SQL.

    psycopg2 raises a plain DatabaseError where a connection breaks in an answer.
    SQLite calls everything operational; a missing table is SQLITE_ERROR.
    """
    return _sqlite_name(error) != "SQLITE_ERROR" and (
        isinstance(error, OperationalError | InterfaceError)
        or type(error) is DatabaseError
    )


def unavailable(request):
    response = render(request, "503.html", status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response
