"""Who asks for an address, in the words of the tables."""

# Members of staff, each in one group, and one who may do everything.
TEXTS = "Redaktion"
REGISTRATION = "Anmeldung"
NEEDS = "Ernährung und Barrierefreiheit"
VISA = "Visum"
CHIEF = "superuser"
STAFF = frozenset({TEXTS, REGISTRATION, NEEDS, VISA, CHIEF})

# Those who have got in nowhere: without a session, with the password only, dismissed.
NOBODY = "anonymous"
HALF = "without the second factor"
DISMISSED = "no longer staff"
OUTSIDE = (NOBODY, HALF, DISMISSED)

# Whose personal link it is.
GERMAN = "German side"
PARTNER = "partner side"
PERSON = "participant"
BOTH = (GERMAN, PARTNER)
# Links that open nothing any more, or never did.
DEAD = ("unknown", "revoked", "expired")


def staff(*groups: str) -> frozenset[str]:
    """These groups, and always who may do everything."""
    return frozenset({*groups, CHIEF})


ONLY_CHIEF = staff()
NO_ONE = frozenset[str]()
