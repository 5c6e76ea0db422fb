"""The site that takes a database that is away for its own fault: for the control."""

from config import failure
from config.wsgi import application

__all__ = ["application"]

failure.is_away = lambda error: False
