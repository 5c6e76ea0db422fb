"""Who is signed in: the password, then a second factor, and not too long ago.

Between the two nobody is signed in yet, on no page of the site.
"""

import django_otp
from django.contrib.auth import get_user
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest

from config import logs


def known_by_password(request: HttpRequest) -> AbstractBaseUser | None:
    """Of the staff, and has given the password in this session."""
    user = get_user(request)
    if isinstance(user, AnonymousUser) or not (user.is_active and user.is_staff):
        return None
    return user


def complete(request, user, device) -> None:
    """The second factor was right: from now on this session may do something.

    It gets a new key, so that nobody holds it who knew the one of before.
    """
    request.session.cycle_key()
    request.user = user
    django_otp.login(request, device)
    request.session.end_in_time()
    logs.note(request, "signed in")
