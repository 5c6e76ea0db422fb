"""Pages for what was sent and cannot be taken: too old, too much, or garbled."""

from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import transaction
from django.shortcuts import render

# Their pages show a form again, filled, and save nothing.
WITH_FORMS = {"registrations", "partnerships"}
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def csrf_failure(request, reason=""):
    """Show the same form again, filled, with a fresh token: one press goes on.

    The view is told that nothing may be saved; whatever it would write all the same
    is rolled back.
    """
    match = request.resolver_match
    if match and match.app_name in WITH_FORMS:
        request.is_outdated = True
        with transaction.atomic():
            response = match.func(request, *match.args, **match.kwargs)
            if hasattr(response, "render"):
                response.render()
            transaction.set_rollback(True)
        if response.status_code == 200:
            response.status_code = 403
            return response
    return render(request, "registrations/outdated.html", status=403)


def bad_request(request, exception=None):
    """A request that Django refuses to read; too much of it is said in words."""
    is_too_much = isinstance(exception, TOO_MUCH)
    return render(
        request,
        "registrations/bad_request.html",
        {"is_too_much": is_too_much},
        status=413 if is_too_much else 400,
    )
