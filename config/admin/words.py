"""What Django's admin says in no good German, or in none at all.

These sentences are Django's own. Here they get into our catalogues, which come before
Django's wherever a page is translated.
"""

from django.utils.translation import gettext_noop

BETTER_SAID = [
    gettext_noop("user"),
    gettext_noop("users"),
    gettext_noop("staff status"),
    gettext_noop("superuser status"),
    gettext_noop(
        "Designates whether this user should be treated as active. "
        "Unselect this instead of deleting accounts."
    ),
    gettext_noop("Designates whether the user can log into this admin site."),
    gettext_noop(
        "Designates that this user has all permissions without "
        "explicitly assigning them."
    ),
    gettext_noop(
        "The groups this user belongs to. A user will get all permissions "
        "granted to each of their groups."
    ),
    gettext_noop("Authentication and Authorization"),
    gettext_noop("object repr"),
    gettext_noop("History"),
    gettext_noop("Start typing to filter…"),
    gettext_noop("Change history: %s"),
    gettext_noop(
        "This object doesn’t have a change history. It probably wasn’t added via "
        "this admin site."
    ),
    gettext_noop(
        "After you’ve created a user, you’ll be able to edit more user options."
    ),
    gettext_noop("Reset password"),
    gettext_noop("Set password"),
    gettext_noop(
        "Enable password-based authentication for this user by setting a password."
    ),
    gettext_noop(
        "Raw passwords are not stored, so there is no way to see the user’s password."
    ),
]
