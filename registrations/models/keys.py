"""By which people and sides are known outside the database, without a name."""

import secrets


def new_key() -> str:
    """It goes with the person: who comes instead gets another one."""
    return secrets.token_hex(16)
