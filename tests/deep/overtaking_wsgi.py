"""The site without its guard against overtaking: for the control only."""

from config.wsgi import application
from registrations import places

__all__ = ["application"]


def nobody_waits(edition) -> bool:
    return False


places.somebody_waits = nobody_waits
